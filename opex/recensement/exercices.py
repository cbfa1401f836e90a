"""Publishing the figures year by year: each fact is counted in one exercice, laid down once and never again.

Figures that were counted anew each day could be subtracted from those of the day before: what is left would be the one
person recorded in between. So a year is laid down when it is well over (RECENSEMENT_ATTENTE_JOURS), and what is learnt
of it later is counted in the next one to be published: no two publications share a fact.
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from dossierunique.securite.identite import systeme
from opex.recensement.models import Exercice

# One who arrests the figures at a time; the number is only known to this module.
VERROU = 20_261_128

# The year of the first fact, when the programme has been in use since the year to be published: before that, what is
# old is still being entered, and would be late as soon as entered.
PREMIERE = """
    SELECT extract(year FROM least(
        (SELECT min(survenue_le) FROM opex_blessure), (SELECT min(debut) FROM opex_contribution)))::int
     WHERE (SELECT min(ouvert_le) FROM dossiers_dossier WHERE programme = 'OPEX') < make_date(%s + 1, 1, 1)
"""
_COLONNES = "cle, exercice_id, sujet, personne, armee, theatre, genre, partenaire, montant"
BLESSES = f"""
    INSERT INTO opex_fait_arrete ({_COLONNES})
    SELECT 'b' || b.id, %(annee)s, 'blesses', b.dossier_id, o.nom, btrim(b.theatre), '', '', 0
      FROM opex_blessure b
      JOIN dossiers_dossier d ON d.id = b.dossier_id
      JOIN partners_unite u ON u.id = d.unite_id
      JOIN partners_organisme o ON o.id = u.organisme_id
     WHERE b.survenue_le <= %(fin)s
    ON CONFLICT (cle) DO NOTHING
"""  # noqa: S608
# One row an aid and year in which something of it was paid: as many instalments at the end of the year as before it,
# and nothing was. Loans are to be paid back: they help somebody, and are no amount paid. Those helped without money
# are counted apart: five persons helped, of whom one alone with money, would give away what that one received.
AIDES = f"""
    INSERT INTO opex_fait_arrete ({_COLONNES})
    SELECT 'c' || c.id || '-' || an, %(annee)s,
           CASE WHEN g.forme <> 'pret' AND c.montant > 0 THEN 'aides' ELSE 'prets-nature' END,
           c.dossier_id, o.nom, COALESCE(t.theatre, ''), g.nom, p.sigle,
           CASE WHEN g.forme = 'pret' THEN 0
                ELSE opex_verse(c.etat, c.periodicite, c.montant, c.debut, c.fin, bornes.fin)
                   - opex_verse(c.etat, c.periodicite, c.montant, c.debut, c.fin, bornes.veille) END
      FROM opex_contribution c
      JOIN opex_genre_contribution g ON g.id = c.genre_id
      JOIN partners_organisme p ON p.id = c.organisme_id
      JOIN dossiers_dossier d ON d.id = c.dossier_id
      JOIN partners_unite u ON u.id = d.unite_id
      JOIN partners_organisme o ON o.id = u.organisme_id
      LEFT JOIN LATERAL (
        SELECT btrim(b.theatre) AS theatre FROM opex_blessure b
         WHERE b.id = c.blessure_id OR (c.blessure_id IS NULL AND b.dossier_id = c.dossier_id)
         ORDER BY b.survenue_le, b.id LIMIT 1) t ON true
      CROSS JOIN LATERAL generate_series(
        extract(year FROM c.debut)::int, extract(year FROM LEAST(COALESCE(c.fin, %(fin)s), %(fin)s))::int) an
      CROSS JOIN LATERAL (
        SELECT LEAST(make_date(an, 12, 31), COALESCE(c.fin, %(fin)s), %(fin)s) AS fin,
               make_date(an - 1, 12, 31) AS veille) bornes
     WHERE c.etat IN ('en_versement', 'versee')
       AND opex_versements(c.periodicite, c.debut, bornes.fin) > opex_versements(c.periodicite, c.debut, bornes.veille)
    ON CONFLICT (cle) DO NOTHING
"""  # noqa: S608


def annees_publiees() -> list[int]:
    """The years whose figures are published, the last one first."""
    return list(Exercice.objects.values_list("annee", flat=True))


def dernier_a_arreter(jour: date) -> int:
    """The last year that may be published on a day: it is over, and late papers had their time to come."""
    return (jour - timedelta(days=settings.RECENSEMENT_ATTENTE_JOURS)).year - 1


def parution(annee: int) -> date:
    """The day from which a year may be published."""
    return date(annee + 1, 1, 1) + timedelta(days=settings.RECENSEMENT_ATTENTE_JOURS)


def arreter(jour: date | None = None) -> list[int]:
    """Publish the years that are due on a day (today by default), oldest first; those published are not touched.

    The first time, when the year in which the programme began is due, each year before it is published by itself.
    Returns the years published.
    """
    derniere = dernier_a_arreter(jour or timezone.localdate())
    with systeme("recensement"), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU])
        annees = list(range(_suivante(curseur, derniere), derniere + 1))
        for annee in annees:
            Exercice.objects.create(annee=annee)
            bornes = {"annee": annee, "fin": date(annee, 12, 31)}
            curseur.execute(BLESSES, bornes)
            curseur.execute(AIDES, bornes)
    return annees


def _suivante(curseur: Any, derniere: int) -> int:
    """The first year to publish; beyond `derniere`, there is none."""
    if publiees := annees_publiees():
        return publiees[0] + 1
    curseur.execute(PREMIERE, [derniere])
    premiere = curseur.fetchone()
    return premiere[0] if premiere and premiere[0] else derniere + 1
