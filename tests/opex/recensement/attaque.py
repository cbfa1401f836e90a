"""A reader who has pencil and paper: whether whole numbers exist that agree with all that was published.

A table of which sums are known is a flow: each edge has a least and a greatest value.
"""

from collections import defaultdict, deque
from collections.abc import Hashable

INFINI = 10**9


class Flot:
    """Edges with bounds; `possible` says whether a flow respects them all."""

    def __init__(self) -> None:
        self.capacites: dict[Hashable, dict[Hashable, int]] = defaultdict(lambda: defaultdict(int))
        self.exces: dict[Hashable, int] = defaultdict(int)
        self.impossible = False

    def relier(self, de: Hashable, vers: Hashable, bas: int, haut: int) -> None:
        """An edge whose flow is between `bas` and `haut`."""
        if bas > haut:
            self.impossible = True
        self.capacites[de][vers] += haut - bas
        self.exces[vers] += bas
        self.exces[de] -= bas

    def possible(self, source: Hashable, puits: Hashable) -> bool:
        """Whether the least values can all be met (a circulation closed by an edge back to the source)."""
        if self.impossible:
            return False
        self.capacites[puits][source] += INFINI
        attendu = 0
        for noeud, exces in list(self.exces.items()):
            if exces > 0:
                self.capacites["S"][noeud] += exces
                attendu += exces
            elif exces < 0:
                self.capacites[noeud]["T"] += -exces
        return self._maximum("S", "T") == attendu

    def _maximum(self, source: Hashable, puits: Hashable) -> int:
        total = 0
        while (chemin := self._chemin(source, puits)) is not None:
            passe = min(self.capacites[a][b] for a, b in chemin)
            for a, b in chemin:
                self.capacites[a][b] -= passe
                self.capacites[b][a] += passe
            total += passe
        return total

    def _chemin(self, source: Hashable, puits: Hashable) -> list[tuple[Hashable, Hashable]] | None:
        venus: dict[Hashable, Hashable] = {source: source}
        file = deque([source])
        while file:
            ici = file.popleft()
            for la, capacite in list(self.capacites[ici].items()):
                if capacite > 0 and la not in venus:
                    venus[la] = ici
                    file.append(la)
        if puits not in venus:
            return None
        chemin, ici = [], puits
        while ici != source:
            chemin.append((venus[ici], ici))
            ici = venus[ici]
        return chemin
