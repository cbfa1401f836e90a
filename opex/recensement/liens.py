"""Two dimensions of which one nearly tells the other: a kind of aid belongs to a partner, and all know whose it is.

The amounts of a partner, less those of its kinds that are shown, would be the amount of the one that is hidden. The
two tables are therefore hidden together. What a reader does not know is drawn as a graph: an edge for each kind of each
partner in which money was paid, between the kind and the partner; an edge from each hidden total to the sum of the
hidden totals, which anybody works out. Each node is an equation, and an amount can be worked out exactly when its edge
is a bridge: when no cycle goes through it. So the smallest totals still shown are hidden too, until no edge that
speaks of a handful of people is a bridge.
"""

from collections import defaultdict
from collections.abc import Iterator

from opex.recensement.suppression import Croisement, Ligne, Nombres, masquer, petit

Noeud = tuple[str, str]
Arete = tuple[Noeud, Noeud]
GENRES: Noeud = ("somme", "genres")
PARTENAIRES: Noeud = ("somme", "partenaires")
FERMEE = Ligne(publiee=False)


def masquer_ensemble(
    payes: Croisement, genres: Nombres, partenaires: Nombres, total: int
) -> tuple[Ligne, Ligne]:
    """What the tables of the kinds and of the partners may show, given together.

    `payes`: how many persons each kind of each partner paid money to; those in kind and the loans are known to be of no
    amount, and hide nothing.
    """
    avec: tuple[set[str], set[str]] = (set(), set())
    while True:
        vues = masquer(genres, total, avec[0]), masquer(partenaires, total, avec[1])
        if not (vues[0].publiee and vues[1].publiee):
            return FERMEE, FERMEE
        if not _trahis(payes, genres, partenaires, vues):
            return vues
        montres = [
            (nombres[cle], rang, cle)
            for rang, nombres in enumerate((genres, partenaires))
            for cle in nombres
            if nombres[cle] and vues[rang].montre(cle)
        ]
        if not montres:
            return FERMEE, FERMEE
        _, rang, cle = min(montres)
        avec[rang].add(cle)


def _trahis(payes: Croisement, genres: Nombres, partenaires: Nombres, vues: tuple[Ligne, Ligne]) -> bool:
    """Whether the amount of a handful of people can be worked out."""
    aretes: dict[Arete, int] = {}
    for (genre, partenaire), nombre in payes.items():
        aretes[("g", genre), ("p", partenaire)] = nombre
        if not vues[0].montre(genre):
            aretes[("g", genre), GENRES] = genres[genre]
        if not vues[1].montre(partenaire):
            aretes[("p", partenaire), PARTENAIRES] = partenaires[partenaire]
    return any(petit(nombre) and _est_un_pont(arete, aretes) for arete, nombre in aretes.items())


def _est_un_pont(arete: Arete, aretes: dict[Arete, int]) -> bool:
    """Whether its ends are no longer joined without it."""
    voisins: dict[Noeud, set[Noeud]] = defaultdict(set)
    for a, b in aretes:
        if (a, b) != arete:
            voisins[a].add(b)
            voisins[b].add(a)
    return arete[1] not in set(_atteints(arete[0], voisins))


def _atteints(depart: Noeud, voisins: dict[Noeud, set[Noeud]]) -> Iterator[Noeud]:
    vus, pile = {depart}, [depart]
    while pile:
        ici = pile.pop()
        yield ici
        pile += [n for n in voisins[ici] if n not in vus]
        vus |= voisins[ici]
