"""A year is published once: what is learnt afterwards moves no figure, and is counted in the next one."""

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

import pytest
from django.db import DatabaseError, transaction

from dossiers.models import Dossier
from dossierunique.securite.identite import systeme
from opex.models import Exercice, FaitArrete
from opex.recensement.comptage import SUJETS, Mesure, compter
from opex.recensement.exercices import arreter, dernier_a_arreter, parution
from opex.recensement.tableaux import par_annee, tableau
from opex.recensement.tasks import arreter as tache
from tests.opex import fabriques as opex
from tests.opex.recensement.conftest import PARUTION, _poser

pytestmark = pytest.mark.django_db


def tout_ce_qui_est_publie() -> dict:
    """Every number that a reader of the page could have kept."""
    annees = list(Exercice.objects.values_list("annee", flat=True))
    return {
        **{sujet: par_annee(SUJETS[sujet], annees) for sujet in SUJETS},
        **{
            (annee, sujet.code, dimensions): tableau(sujet, dimensions, annee)
            for annee in annees
            for sujet in SUJETS.values()
            for dimensions in sujet.tableaux
        },
    }


@pytest.mark.parametrize(
    ("jour", "annee"),
    [
        (date(2026, 1, 1), 2024),
        (date(2026, 3, 31), 2024),
        (date(2026, 4, 1), 2025),
        (date(2026, 12, 31), 2025),
    ],
)
def test_a_year_waits_for_late_papers(jour, annee):
    assert dernier_a_arreter(jour) == annee
    assert parution(2025) == date(2026, 4, 1)


def test_two_days_compared_tell_nothing(aides, gestionnaire):
    """One more person in every place that may still move: a new wound, an aid, a correction, a withdrawal."""
    assert arreter(PARUTION) == list(range(2013, 2027))
    avant = tout_ce_qui_est_publie()
    nouveau = opex.dossier_opex(endormi=False)
    opex.blessure_inscrite(nouveau, survenue_le=date(2014, 3, 2), theatre="Sahel")
    _poser([nouveau], opex.genre_aide("uneo"), gestionnaire, 777, date(2015, 5, 1))
    opex.ContributionOpex.objects.filter(dossier=aides[0][1]).update(montant=5)
    opex.ContributionOpex.objects.filter(dossier=aides[1][1]).update(etat="annulee")
    assert arreter(date(2028, 3, 30)) == []
    assert tout_ce_qui_est_publie() == avant


def test_what_is_learnt_late_is_counted_in_the_next_year(blesses):
    arreter(PARUTION)
    for _ in range(5):
        opex.blessure_inscrite(opex.dossier_opex(endormi=False), survenue_le=date(2014, 3, 2))
    opex.blessure_inscrite(opex.dossier_opex(endormi=False), survenue_le=date(2026, 3, 2))
    assert arreter(date(2028, 3, 30)) == []
    assert arreter(date(2028, 3, 31)) == [2027]
    comptes = compter(SUJETS["blesses"])
    assert comptes[2027].total == Mesure(6)
    assert comptes[2014].total == Mesure(17)


def test_years_missed_are_published_one_by_one(blesses):
    arreter(PARUTION)
    assert arreter(date(2030, 6, 1)) == [2027, 2028, 2029]


def test_nothing_is_published_while_the_old_wounded_are_being_entered(blesses):
    """They were wounded in 2013 and entered in 2026: the first publication is that of 2026, with all before it."""
    assert tache() == arreter(date(2027, 3, 31)) == []
    assert arreter(date(2027, 4, 1))[0] == 2013


def test_without_any_dossier_nothing_is_due(db):
    assert arreter(date(2040, 1, 1)) == []


@pytest.mark.parametrize("graine", range(12))
def test_each_fact_is_counted_once_whenever_it_is_recorded(graine, gestionnaire):
    """Random lives: an aid of some year, recorded in that year or later, against a list kept by hand."""
    hasard, genre = Random(graine), opex.genre_aide("uneo")
    dossiers = [opex.dossier_opex(endormi=False) for _ in range(3)]
    Dossier.objects.update(ouvert_le=datetime(2018, 1, 1, tzinfo=UTC))
    premiere, a_la_main, vus = 2018, Counter(), {}
    for annee in range(premiere, 2023):
        for _ in range(hasard.randrange(4)):
            du_fait = hasard.randrange(premiere, annee + 2)
            _poser(
                [hasard.choice(dossiers)],
                genre,
                gestionnaire,
                montant := hasard.randrange(1, 99),
                date(du_fait, 5, 1),
            )
            # A first publication gives each past year its own figures.
            a_la_main[max(du_fait, annee) if Exercice.objects.exists() else du_fait] += montant
        arreter(date(annee + 1, 5, 1))
        montants = {a: c.total.montant for a, c in compter(SUJETS["aides"]).items()}
        assert montants == {a: Decimal(m) for a, m in a_la_main.items() if a <= annee}
        assert {a: montants[a] for a in vus} == vus
        vus = montants


def test_the_database_keeps_what_is_published(blesses):
    arreter(PARUTION)
    for change in (
        lambda: FaitArrete.objects.update(montant=1),
        lambda: FaitArrete.objects.all().delete(),
        lambda: Exercice.objects.filter(annee=2014).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), systeme("essai"):
            change()
