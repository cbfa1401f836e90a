"""The « Blessures et suivi » tab: one row of the journal, a constant number of questions, what each profile reads."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from opex.models import Echeance, Suivi
from opex.suivi.echeances import ajouter_echeance
from opex.suivi.relais import choisir_referent
from opex.suivi.suites import ajouter_evolution, ouvrir_dapias
from tests import fabriques
from tests.opex import fabriques as opex

pytestmark = pytest.mark.django_db


def page(client, dossier) -> str:
    return client.get(reverse("suivi:page", args=[dossier.numero])).content.decode()


@pytest.fixture
def rempli(dossier, blessure, referent):
    """A wound with everything that may follow it, and a referent."""
    _remplir(referent, blessure)
    choisir_referent(referent, dossier, referent, version=Suivi.objects.get(dossier=dossier).version)
    ajouter_echeance(referent, dossier, libelle="Rendez-vous", le=timezone.localdate() + timedelta(days=3))
    return dossier


def _remplir(par, blessure) -> None:
    for genre in ("hospitalisation", "reprise"):
        ajouter_evolution(par, blessure, genre=genre, depuis=blessure.survenue_le)
    ouvrir_dapias(par, blessure, reference=f"DAPIAS-{blessure.rang}", depuis=blessure.survenue_le)


def test_one_row_of_the_journal(rempli, referent, connexion, journal):
    client, avant = connexion(referent), journal()
    page(client, rempli)
    assert journal() == avant + 1


@pytest.mark.parametrize("profil", ["referent", "gestionnaire", "correspondant"])
def test_a_constant_number_of_questions(profil, rempli, blessure, referent, connexion, request):
    client = connexion(request.getfixturevalue(profil))
    page(client, rempli)
    with CaptureQueriesContext(connection) as peu:
        page(client, rempli)
    for theatre in ("Liban", "Tchad", "Irak"):
        _remplir(referent, opex.blessure(rempli, theatre=theatre))
    with CaptureQueriesContext(connection) as beaucoup:
        page(client, rempli)
    assert len(beaucoup) == len(peu)


def test_where_it_stands_and_who_follows(rempli, referent, connexion):
    vue = page(connexion(referent), rempli)
    for lu in (
        "activé",
        "Imprimé d’identification",
        str(referent.utilisateur),
        "Unéo",
        "Rendez-vous",
        "DAPIAS-1",
    ):
        assert lu in vue


def test_what_is_late_is_marked(rempli, referent, connexion):
    assert "en retard" not in page(connexion(referent), rempli)
    Echeance.objects.filter(dossier=rempli, genre="libre").update(le=timezone.localdate() - timedelta(days=1))
    assert "en retard" in page(connexion(referent), rempli)


@pytest.mark.parametrize(
    ("profil", "lus", "caches"),
    [
        ("gestionnaire", ["HIA Percy", "DAPIAS-1", "Hospitalisation"], []),
        ("medecin", ["HIA Percy", "DAPIAS-1", "Hospitalisation"], []),
        ("secretaire", ["HIA Percy", "Hospitalisation"], ["DAPIAS"]),
        ("dpo", ["Sahel", "non demandée", "Une déclaration"], ["HIA Percy", "DAPIAS-1", "Hospitalisation"]),
        ("numerisation", ["Rendez-vous"], ["Sahel", "DAPIAS", "EPFP", "Hospitalisation", "HIA Percy"]),
    ],
)
def test_each_profile_reads_what_its_row_says(profil, lus, caches, rempli, connexion):
    vue = page(connexion(fabriques.habilitation(profil)), rempli)
    assert [mot for mot in lus if mot not in vue] == []
    assert [mot for mot in caches if mot in vue] == []


def test_asleep_it_says_what_to_do(dormant, correspondant, connexion):
    vue = page(connexion(correspondant), dormant)
    assert "Ce dossier dort" in vue
    assert reverse("suivi:signaler", args=[dormant.numero]) in vue
    assert reverse("suivi:radiation", args=[dormant.numero]) in vue
    assert reverse("suivi:deces", args=[dormant.numero]) not in vue


def test_who_only_reads_is_offered_nothing(rempli, connexion):
    vue = page(connexion(fabriques.habilitation("medecin")), rempli)
    for nom in ("signaler", "referent", "relais", "deces", "echeance"):
        assert reverse(f"suivi:{nom}", args=[rempli.numero]) not in vue


@pytest.mark.parametrize(
    ("profil", "entrees"),
    [
        ("gestionnaire", {"suivi:echeances", "suivi:a_posteriori"}),
        ("correspondant", {"suivi:a_posteriori"}),
        ("assistant_social", {"suivi:echeances"}),
        ("partenaire", set()),
    ],
)
def test_the_menu_offers_what_may_be_done(profil, entrees, connexion):
    vue = connexion(fabriques.habilitation(profil)).get(reverse("dossiers:liste")).content.decode()
    for nom in ("suivi:echeances", "suivi:a_posteriori"):
        assert (reverse(nom) in vue) == (nom in entrees), nom


def test_a_dossier_of_the_other_programme_has_no_such_tab(correspondant, connexion):
    du = fabriques.dossier(par=correspondant)
    assert connexion(correspondant).get(reverse("suivi:page", args=[du.numero])).status_code == 404
