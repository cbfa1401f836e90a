"""What may be told to the applicant: never an amount, a reason, nor anything medical."""

import pytest
from django.urls import reverse

from dossiers.commission.models import Issue
from dossiers.demandes.dire import PAR_ETAT, PAR_ISSUE, paroles
from dossiers.demandes.etats import EtatDemande
from dossiers.demandes.models import Demande
from tests import fabriques

pytestmark = pytest.mark.django_db


def page(client, demande) -> str:
    reponse = client.get(reverse("demandes:dire", args=[demande.numero]))
    assert reponse.status_code == 200
    return reponse.content.decode().split("<main")[1].split("<footer")[0]


def test_every_state_and_every_outcome_has_its_words():
    for etat in EtatDemande:
        assert etat in PAR_ETAT or paroles(Demande(etat=etat), []).maintenant
    assert set(PAR_ISSUE) == set(Issue)


def test_missing_papers_are_named_with_their_day(connexion, correspondant, dossier):
    demande = fabriques.demande(dossier, etat="incomplete", par=correspondant)
    lu = page(connexion(correspondant), demande)
    assert "Il manque des pièces" in lu and "À fournir avant le" in lu
    piece = demande.pieces_demandees.select_related("type").first()
    assert str(piece.type) in lu


@pytest.mark.parametrize("etat", ["en_instruction", "avis_demande", "avis_rendu"])
def test_an_avis_is_not_even_waited_for(connexion, correspondant, dossier, etat):
    demande = fabriques.demande(dossier, etat=etat, par=correspondant)
    lu = page(connexion(correspondant), demande)
    assert "La demande est complète" in lu and "La réponse est due avant le" in lu
    assert "avis médical" not in lu


def test_a_decision_is_told_once_notified_without_amount_nor_reason(connexion, correspondant, dossier):
    demande = fabriques.demande(dossier, etat="decidee", par=correspondant, issue="rejet", montant=0)
    client = connexion(correspondant)
    assert "la lettre est en préparation" in page(client, demande)
    fabriques.notifier_decision(demande.decisions.get())
    lu = page(client, demande)
    assert "La demande est refusée." in lu
    assert "Ressources et reste à charge" not in lu and "€" not in lu


def test_partners_do_not_speak_for_the_counter(connexion, uneo, correspondant, dossier):
    demande = fabriques.demande(dossier, par=correspondant)
    assert connexion(uneo).get(reverse("demandes:dire", args=[demande.numero])).status_code == 404


def test_the_page_is_a_constant_number_of_queries(
    connexion, correspondant, dossier, django_assert_max_num_queries
):
    demande = fabriques.demande(dossier, etat="incomplete", par=correspondant)
    client = connexion(correspondant)
    page(client, demande)
    with django_assert_max_num_queries(20):
        page(client, demande)
