"""The space of the correspondants d’unité: their own work, sheets to print, proofs about to suspend a share."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from dossiers.consentements.models import PreuveAConfirmer
from dossierunique.journal.models import LigneJournal
from tests import fabriques

pytestmark = pytest.mark.django_db
ESPACE = "/espace-correspondant/"


def lue(client) -> str:
    reponse = client.get(ESPACE)
    assert reponse.status_code == 200
    return reponse.content.decode().split("<main")[1].split("<footer")[0]


@pytest.fixture
def a_confirmer(correspondant):
    """A dossier of the unit whose proof nobody has confirmed."""
    dossier = fabriques.dossier(par=correspondant)
    consentement = dossier.consentements.first()
    PreuveAConfirmer.objects.get_or_create(consentement=consentement, defaults={"dossier": dossier})
    return dossier


def test_the_proofs_of_the_unit_come_with_the_day_of_the_suspension(connexion, correspondant, a_confirmer):
    page = lue(connexion(correspondant))
    assert a_confirmer.numero in page and "Suspendu après le" in page
    assert reverse("consentements:detail", args=[a_confirmer.numero]) in page
    ligne = LigneJournal.objects.order_by("-pk").first()
    assert ligne.objets == [a_confirmer.numero]


def test_those_of_another_unit_are_not_named(connexion, a_confirmer):
    autre = fabriques.habilitation("correspondant", unites=[fabriques.unite("2e-rep")])
    page = lue(connexion(autre))
    assert a_confirmer.numero not in page
    assert "les consentements de votre unité sont confirmés" in page


def test_sheets_and_forms_are_printed_and_the_habilitation_is_told(connexion, correspondant):
    fabriques.organisme("cnmss")
    call_command("charger_documentation", verbosity=0)
    correspondant.formation_le = date(2026, 3, 2)
    correspondant.save(update_fields=["formation_le"])
    page = lue(connexion(correspondant))
    for slug in (
        "fiche-naissance-difficile",
        "fiche-retour-d-hospitalisation",
        "fiche-blesse",
        "formulaires-a-imprimer",
    ):
        assert reverse("documentation:lire", args=[slug]) in page
        assert reverse("documentation:pdf", args=[slug]) in page
    assert "Valable jusqu’au 30\xa0novembre\xa02027" in page
    assert "2\xa0mars\xa02026" in page and "90\xa0jours sans usage" in page


def test_it_is_theirs_alone(connexion, correspondant, gestionnaire, uneo):
    for autre in (gestionnaire, uneo):
        client = connexion(autre)
        assert client.get(ESPACE).status_code == 404
        assert "Espace correspondant" not in client.get("/").content.decode()
    assert "Espace correspondant" in connexion(correspondant).get("/").content.decode()


def test_the_page_is_a_constant_number_of_queries(
    connexion, correspondant, a_confirmer, django_assert_max_num_queries
):
    client = connexion(correspondant)
    lue(client)
    for _ in range(3):
        dossier = fabriques.dossier(par=correspondant)
        PreuveAConfirmer.objects.update_or_create(
            consentement=dossier.consentements.first(),
            defaults={"dossier": dossier, "depuis": dossier.ouvert_le - timedelta(days=2)},
        )
    with django_assert_max_num_queries(24):
        lue(client)
