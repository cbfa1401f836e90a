"""Two dimensions of which one nearly tells the other: a kind of aid belongs to a partner, and all know whose it is.

The amounts of a partner, less those of its kinds that are shown, would be the amount of the one that is hidden. The
two tables are therefore hidden together. What a reader does not know is drawn as a graph: an edge for each kind of each
partner in which money was paid, between the kind and the partner; an edge from each hidden total to the sum of the
hidden totals, which anybody works out. Each node is an equation, and an amount can be worked out exactly when its edge
is a bridge: when no cycle goes through it. So totals still shown are hidden too, those that tell the least of the rest
first, until no edge that speaks of a handful of people is a bridge.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeVar

from opex.recensement.suppression import Croisement, Ligne, Nombres, masquer, petit

Noeud = tuple[str, str]
Arete = tuple[Noeud, Noeud]
T = TypeVar("T")
# Of the kinds, then of the partners.
Deux = tuple[T, T]
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
    nombres, avec = (genres, partenaires), (frozenset[str](), frozenset[str]())
    while True:
        vues = masquer(genres, total, avec[0]), masquer(partenaires, total, avec[1])
        if not (vues[0].publiee and vues[1].publiee):
            return FERMEE, FERMEE
        if not _trahis(payes, nombres, vues):
            return vues
        suites = _suites(payes, nombres, vues, total, avec)
        if not suites:
            return FERMEE, FERMEE
        avec = min(suites)[-1]


def _suites(
    payes: Croisement, nombres: Deux[Nombres], vues: Deux[Ligne], total: int, avec: Deux[frozenset[str]]
) -> list[tuple[int, int, int, str, Deux[frozenset[str]]]]:
    """What hiding one total more would come to: what is still told first, then how much is lost."""
    suites = []
    for rang in (0, 1):
        for cle, nombre in nombres[rang].items():
            if not (nombre and vues[rang].montre(cle)):
                continue
            apres = (avec[0] | {cle}, avec[1]) if rang == 0 else (avec[0], avec[1] | {cle})
            ensuite = masquer(nombres[0], total, apres[0]), masquer(nombres[1], total, apres[1])
            suites.append((_trahis(payes, nombres, ensuite), nombre, rang, cle, apres))
    return suites


def _trahis(payes: Croisement, nombres: Deux[Nombres], vues: Deux[Ligne]) -> int:
    """How many amounts of a handful of people can be worked out."""
    aretes: dict[Arete, int] = {}
    for (genre, partenaire), nombre in payes.items():
        aretes[("g", genre), ("p", partenaire)] = nombre
        if not vues[0].montre(genre):
            aretes[("g", genre), GENRES] = nombres[0][genre]
        if not vues[1].montre(partenaire):
            aretes[("p", partenaire), PARTENAIRES] = nombres[1][partenaire]
    return sum(petit(nombre) and _est_un_pont(arete, aretes) for arete, nombre in aretes.items())


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
