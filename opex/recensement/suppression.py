"""Hiding what would tell of a handful of people: no number from 1 to 4 is published, nor can be worked out.

Pure: tables of whole numbers in, what may be shown out. `SEUIL` is the smallest number that is shown. Zero is not
hidden: it speaks of nobody.

**One dimension.** The numbers under SEUIL are hidden. That is not enough: one hidden number is the total less the
others, and a reader who knows that k numbers are hidden, each at least 1, knows that none exceeds their sum less
(k - 1). So the smallest of those still shown are hidden too, until two at least are hidden and each of them could
still be SEUIL or more. When that cannot be reached, or the total itself is under SEUIL, nothing is published.

**Two dimensions.** The margins are those of the two tables of one dimension, already published. The rows and columns
hidden there are never shown here, but count as one group: what the shown columns of a row leave to them is worked out
from its total, and must be 0 or at least SEUIL. A row with a number under SEUIL is shown by its total only. Its numbers
could be worked out column by column from the other rows, so that further rows, the smallest first, lose theirs
until, in each column, the hidden rows come to 0 or to SEUIL at least, and two rows at least are hidden.
Then every hidden number may be SEUIL or more: in a table of which only sums are known, a cell may reach
the smaller of what its row and its column leave unknown, and both are 0 or at least SEUIL.

There are no filters and no tables of three dimensions: the difference between two filtered tables would be a cell.
`tests/opex/recensement/test_suppression.py` plays the reader who adds and subtracts everything.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

SEUIL = 5
# The group of the rows, or of the columns, that the table of one dimension hides.
AUTRES = "\x00autres"
Nombres = Mapping[str, int]
Croisement = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Ligne:
    """What a table of one dimension shows. `publiee` False: nothing of it, not even its headings."""

    publiee: bool
    masquees: frozenset[str] = frozenset()

    def montre(self, cle: str) -> bool:
        """Whether the number of this key is shown."""
        return self.publiee and cle not in self.masquees


@dataclass(frozen=True)
class Grille:
    """What a table of two dimensions shows, beside the margins of `lignes` and `colonnes`."""

    lignes: Ligne
    colonnes: Ligne
    # Rows whose total alone is shown.
    fermees: frozenset[str] = field(default_factory=frozenset)

    @property
    def publiee(self) -> bool:
        return self.lignes.publiee and self.colonnes.publiee

    def montre(self, ligne: str, colonne: str) -> bool:
        """Whether the number of this cell is shown."""
        return self.lignes.montre(ligne) and self.colonnes.montre(colonne) and ligne not in self.fermees


def petit(nombre: int) -> bool:
    """Whether a number tells of a handful of people."""
    return 0 < nombre < SEUIL


def masquer(nombres: Nombres, total: int | None = None, avec: Set[str] = frozenset()) -> Ligne:
    """What may be shown of a table of one dimension, whose total is published with it.

    Arguments: total, when it is not the sum (somebody helped by two partners is counted once in it); avec, what is to
    be hidden besides.
    """
    if petit(sum(nombres.values()) if total is None else total):
        return Ligne(publiee=False)
    masquees = {cle for cle, nombre in nombres.items() if petit(nombre) or cle in avec}
    for cle in _plus_petites(nombres, masquees):
        if not masquees or _protegees(nombres, masquees):
            break
        masquees.add(cle)
    return Ligne(not masquees or _protegees(nombres, masquees), frozenset(masquees))


def croiser(cellules: Croisement, lignes: Ligne, colonnes: Ligne, *, chacune: bool = False) -> Grille:
    """What may be shown of a table of two dimensions, given what its margins show.

    `chacune`: the hidden columns are not taken together, for another table tells something of each.
    """
    if not (lignes.publiee and colonnes.publiee):
        return Grille(lignes, colonnes)
    groupees = _grouper(cellules, lignes, colonnes)
    fermees = {cle for cle, nombres in groupees.items() if any(map(petit, nombres.values()))}
    if chacune:
        fermees |= {
            ligne for (ligne, _), nombre in cellules.items() if petit(nombre) and lignes.montre(ligne)
        }
    if AUTRES in groupees:
        fermees.add(AUTRES)
    sommes = {cle: sum(nombres.values()) for cle, nombres in groupees.items()}
    for cle in _plus_petites(sommes, fermees):
        if not fermees or _colonnes_protegees(groupees, fermees, lignes):
            break
        fermees.add(cle)
    return Grille(lignes, colonnes, frozenset(fermees - {AUTRES}))


def _plus_petites(nombres: Nombres, deja: Iterable[str]) -> list[str]:
    """What may be hidden besides, the smallest first; zeros protect nothing."""
    return sorted((c for c in nombres if c not in set(deja) and nombres[c]), key=lambda c: (nombres[c], c))


def _protegees(nombres: Nombres, masquees: set[str]) -> bool:
    """Whether each hidden number may be SEUIL or more, the others being at least 1."""
    combien = len(masquees)
    return combien >= 2 and sum(nombres[cle] for cle in masquees) - (combien - 1) >= SEUIL


def _grouper(cellules: Croisement, lignes: Ligne, colonnes: Ligne) -> dict[str, dict[str, int]]:
    """The cells, with the rows and the columns that the margins hide taken together."""
    groupees: dict[str, dict[str, int]] = {}
    for (ligne, colonne), nombre in cellules.items():
        rangee = groupees.setdefault(ligne if lignes.montre(ligne) else AUTRES, {})
        cle = colonne if colonnes.montre(colonne) else AUTRES
        rangee[cle] = rangee.get(cle, 0) + nombre
    return groupees


def _colonnes_protegees(groupees: dict[str, dict[str, int]], fermees: set[str], lignes: Ligne) -> bool:
    combien = len(fermees - {AUTRES}) + (len(lignes.masquees) if AUTRES in fermees else 0)
    sommes: dict[str, int] = {}
    for cle in fermees:
        for colonne, nombre in groupees[cle].items():
            sommes[colonne] = sommes.get(colonne, 0) + nombre
    return combien >= 2 and not any(map(petit, sommes.values()))
