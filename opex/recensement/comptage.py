"""Counting the wounded and what they received, exercice by exercice: only aggregates leave this module.

Whoever reads the figures opens no dossier: the statement runs as a job of the system, on the facts that `exercices.py`
laid down, and gives numbers per whole dimension. What of it may be shown is `tableaux.py`'s to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection

from dossierunique.securite.identite import systeme


@dataclass(frozen=True)
class Dimension:
    """What a table is drawn by: its code in addresses, its words, and the column of the statement."""

    code: str
    libelle: str
    colonne: str
    # When nothing is known of it.
    absent: str = "non précisé"


ANNEE = Dimension("annee", "Année", "exercice_id")
ARMEE = Dimension("armee", "Armée ou service", "armee")
THEATRE = Dimension("theatre", "Théâtre", "theatre", "sans blessure rattachée")
GENRE = Dimension("genre", "Genre d’aide", "genre")
PARTENAIRE = Dimension("partenaire", "Organisme", "partenaire")
# A kind belongs to a partner: what one table hides, the other could tell (liens.py).
LIEES = (GENRE, PARTENAIRE)

FAITS = "FROM opex_fait_arrete WHERE sujet = %(sujet)s AND (%(annee)s IS NULL OR exercice_id = %(annee)s)"


@dataclass(frozen=True)
class Sujet:
    """What is counted, by which dimensions inside an exercice."""

    code: str
    titre: str
    # In the heading of a column.
    court: str
    dimensions: tuple[Dimension, ...]
    avec_montants: bool

    @property
    def tableaux(self) -> list[tuple[Dimension, ...]]:
        """Every table: each dimension, then each pair in one order only (both would show more than either).

        Kinds are not crossed with partners: most of them are of one partner, whose total they would be.
        """
        paires = [
            (a, b)
            for rang, a in enumerate(self.dimensions)
            for b in self.dimensions[rang + 1 :]
            if {a, b} != set(LIEES)
        ]
        return [*((d,) for d in self.dimensions), *paires]


SUJETS: dict[str, Sujet] = {
    sujet.code: sujet
    for sujet in (
        Sujet("blesses", "Personnes blessées", "Blessées", (ARMEE, THEATRE), False),
        Sujet(
            "aides",
            "Personnes aidées en argent et montants versés",
            "Aidées en argent",
            (ARMEE, THEATRE, GENRE, PARTENAIRE),
            True,
        ),
        Sujet(
            "prets-nature",
            "Personnes aidées en nature ou par un prêt",
            "En nature ou prêt",
            (ARMEE, THEATRE, GENRE, PARTENAIRE),
            False,
        ),
    )
}


@dataclass(frozen=True)
class Mesure:
    """How many persons, each counted once, and what was paid."""

    personnes: int = 0
    montant: Decimal = Decimal(0)


@dataclass
class Comptes:
    """What one statement counted: the whole, each dimension of the subject, and the pair asked for."""

    total: Mesure = field(default_factory=Mesure)
    marges: dict[str, dict[str, Mesure]] = field(default_factory=dict)
    croisement: dict[tuple[str, str], Mesure] = field(default_factory=dict)
    # Kind by kind of each partner: never shown, but what the other tables hide depends on it.
    postes: dict[tuple[str, str], Mesure] = field(default_factory=dict)
    postes_croises: dict[tuple[str, str, str], Mesure] = field(default_factory=dict)


def vides(sujet: Sujet) -> Comptes:
    """What there is to say of an exercice in which nothing was counted."""
    return Comptes(marges={dimension.code: {} for dimension in sujet.dimensions})


def compter(sujet: Sujet, paire: Sequence[Dimension] = (), annee: int | None = None) -> dict[int, Comptes]:
    """Count a subject in each exercice (in one, when `annee` is given), by each dimension and by one pair of them."""
    with systeme("recensement"), connection.cursor() as curseur:
        curseur.execute(_enonce(sujet, paire), {"sujet": sujet.code, "annee": annee})
        lignes = curseur.fetchall()
    exercices: dict[int, Comptes] = {}
    for exercice, *ligne in lignes:
        _ranger(exercices.setdefault(exercice, vides(sujet)), sujet, ligne)
    return exercices


def _enonce(sujet: Sujet, paire: Sequence[Dimension]) -> str:
    colonnes = [dimension.colonne for dimension in sujet.dimensions]
    ensembles = ["()", *(f"({colonne})" for colonne in colonnes)]
    if paire:
        ensembles.append(f"({', '.join(dimension.colonne for dimension in paire)})")
    if set(LIEES) <= set(sujet.dimensions):
        postes = ", ".join(dimension.colonne for dimension in LIEES)
        ensembles.append(f"({postes})")
        if set(LIEES) & set(paire):
            ensembles.append(f"({paire[0].colonne}, {postes})")
    # Only names written in this module are put together here.
    return (
        f"SELECT exercice_id, {', '.join(f'GROUPING({c}) = 0, {c}' for c in colonnes)}, "
        f"count(DISTINCT personne), sum(montant) {FAITS} "
        f"GROUP BY exercice_id, GROUPING SETS ({', '.join(ensembles)})"
    )


def _ranger(comptes: Comptes, sujet: Sujet, ligne: Sequence[Any]) -> None:
    """Put a row where its grouping says: the columns that it is grouped by come with true."""
    *valeurs, personnes, montant = ligne
    mesure = Mesure(personnes, montant or Decimal(0))
    cles = [
        (dimension, valeurs[2 * rang + 1] or dimension.absent)
        for rang, dimension in enumerate(sujet.dimensions)
        if valeurs[2 * rang]
    ]
    noms = tuple(nom for _, nom in cles)
    match [dimension for dimension, _ in cles]:
        case []:
            comptes.total = mesure
        case [dimension]:
            comptes.marges[dimension.code][noms[0]] = mesure
        case [une, autre] if (une, autre) == LIEES:
            comptes.postes[noms] = mesure  # type: ignore[index]
        case [_, _]:
            comptes.croisement[noms] = mesure  # type: ignore[index]
        case _:
            comptes.postes_croises[noms] = mesure  # type: ignore[index]
