"""Counting the wounded and what they received, over all the dossiers: only aggregates leave this module.

Whoever reads the figures opens no dossier: the statement runs as a job of the system, and gives numbers per whole
dimension. What of it may be shown is `tableaux.py`'s to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from dossierunique.securite.identite import systeme


@dataclass(frozen=True)
class Dimension:
    """What a table is drawn by: its code in addresses, its words, and the column of the statement."""

    code: str
    libelle: str
    colonne: str
    # When nothing is known of it.
    absent: str = "non précisé"


ANNEE_BLESSURE = Dimension("annee", "Année de la blessure", "annee")
ANNEE_VERSEMENT = Dimension("annee", "Année du versement", "annee")
ARMEE = Dimension("armee", "Armée ou service", "armee")
THEATRE = Dimension("theatre", "Théâtre", "theatre", "sans blessure rattachée")
GENRE = Dimension("genre", "Genre d’aide", "genre")
PARTENAIRE = Dimension("partenaire", "Organisme", "partenaire")
# A kind belongs to a partner: what one table hides, the other could tell (liens.py).
LIEES = (GENRE, PARTENAIRE)

BLESSES = """
    SELECT b.dossier_id AS personne, extract(year FROM b.survenue_le)::int::text AS annee, o.nom AS armee,
           NULLIF(btrim(b.theatre), '') AS theatre, 0::numeric AS montant
      FROM opex_blessure b
      JOIN dossiers_dossier d ON d.id = b.dossier_id
      JOIN partners_unite u ON u.id = d.unite_id
      JOIN partners_organisme o ON o.id = u.organisme_id
     WHERE b.survenue_le <= %(jour)s
"""
# One row a contribution and year in which something of it was paid: as many instalments at the end of the year as
# before it, and nothing was. Loans are to be paid back: they help somebody, and are no amount paid.
_FAITS = """
    SELECT c.dossier_id AS personne, an::text AS annee, o.nom AS armee, t.theatre, g.nom AS genre,
           p.sigle AS partenaire,
           CASE WHEN g.forme = 'pret' THEN 0
                ELSE opex_verse(c.etat, c.periodicite, c.montant, c.debut, c.fin, bornes.fin)
                   - opex_verse(c.etat, c.periodicite, c.montant, c.debut, c.fin, bornes.veille) END AS montant,
           g.forme <> 'pret' AND c.montant > 0 AS en_argent
      FROM opex_contribution c
      JOIN opex_genre_contribution g ON g.id = c.genre_id
      JOIN partners_organisme p ON p.id = c.organisme_id
      JOIN dossiers_dossier d ON d.id = c.dossier_id
      JOIN partners_unite u ON u.id = d.unite_id
      JOIN partners_organisme o ON o.id = u.organisme_id
      LEFT JOIN LATERAL (
        SELECT NULLIF(btrim(b.theatre), '') AS theatre FROM opex_blessure b
         WHERE b.id = c.blessure_id OR (c.blessure_id IS NULL AND b.dossier_id = c.dossier_id)
         ORDER BY b.survenue_le, b.id LIMIT 1) t ON true
      CROSS JOIN LATERAL generate_series(
        extract(year FROM c.debut)::int, extract(year FROM LEAST(COALESCE(c.fin, %(jour)s), %(jour)s))::int) an
      CROSS JOIN LATERAL (
        SELECT LEAST(make_date(an, 12, 31), COALESCE(c.fin, %(jour)s), %(jour)s) AS fin,
               make_date(an - 1, 12, 31) AS veille) bornes
     WHERE c.etat IN ('en_versement', 'versee')
       AND opex_versements(c.periodicite, c.debut, bornes.fin) > opex_versements(c.periodicite, c.debut, bornes.veille)
"""
# Counted apart: five persons helped, of whom one alone with money, would give away what that one received.
AIDES = f"SELECT * FROM ({_FAITS}) tous WHERE en_argent"  # noqa: S608
SANS_ARGENT = f"SELECT * FROM ({_FAITS}) tous WHERE NOT en_argent"  # noqa: S608


@dataclass(frozen=True)
class Sujet:
    """What is counted, by which dimensions."""

    code: str
    titre: str
    dimensions: tuple[Dimension, ...]
    source: str
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
        Sujet("blesses", "Personnes blessées", (ANNEE_BLESSURE, ARMEE, THEATRE), BLESSES, False),
        Sujet(
            "aides",
            "Personnes aidées en argent et montants versés",
            (ANNEE_VERSEMENT, ARMEE, THEATRE, GENRE, PARTENAIRE),
            AIDES,
            True,
        ),
        Sujet(
            "prets-nature",
            "Personnes aidées en nature ou par un prêt",
            (ANNEE_VERSEMENT, ARMEE, THEATRE, GENRE, PARTENAIRE),
            SANS_ARGENT,
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


def compter(sujet: Sujet, paire: Sequence[Dimension] = (), jour: date | None = None) -> Comptes:
    """Count a subject by each of its dimensions, and by one pair of them, on a day (today by default)."""
    with systeme("recensement"), connection.cursor() as curseur:
        curseur.execute(_enonce(sujet, paire), {"jour": jour or timezone.localdate()})
        lignes = curseur.fetchall()
    comptes = Comptes(marges={dimension.code: {} for dimension in sujet.dimensions})
    for ligne in lignes:
        _ranger(comptes, sujet, ligne)
    return comptes


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
        f"SELECT {', '.join(f'GROUPING({c}) = 0, {c}' for c in colonnes)}, "  # noqa: S608
        f"count(DISTINCT personne), sum(montant) FROM ({sujet.source}) faits "
        f"GROUP BY GROUPING SETS ({', '.join(ensembles)})"
    )


def _ranger(comptes: Comptes, sujet: Sujet, ligne: tuple[Any, ...]) -> None:
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
