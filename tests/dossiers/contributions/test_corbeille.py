"""The partner's basket: what was asked of it, while the person lets it read."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements.actions import retirer_consentement
from dossiers.contributions.actions import enregistrer_contribution
from dossiers.contributions.models import Contribution
from dossiers.demandes.actions import classer
from dossierunique.journal.actes import Acte
from dossierunique.journal.models import LigneJournal
from tests import fabriques

pytestmark = pytest.mark.django_db
URL = reverse("contributions:corbeille")
CODES = ("a-etudier", "en-instruction", "repondues", "toutes")


def montrees(client, code: str) -> list[str]:
    return [c.demande.numero for c in client.get(URL, {"voir": code}).context["page"]]


def repondre(habilitation, demande, etat, montant="0"):
    contribution = Contribution.objects.get(demande=demande, organisme=habilitation.organisme)
    enregistrer_contribution(
        habilitation, contribution, etat=etat, montant=Decimal(montant),
        date_effet=timezone.localdate(), version=contribution.version,
    )  # fmt: skip


def test_a_demande_goes_from_filter_to_filter(connexion, uneo, dossier):
    demande = fabriques.demande(dossier)
    fabriques.demande(dossier, etat="brouillon")
    client = connexion(uneo)
    for etat, montant, code in (
        (None, "0", "a-etudier"),
        ("en_instruction", "0", "en-instruction"),
        ("accord", "180", "repondues"),
        ("versee", "180", "repondues"),
    ):
        if etat:
            repondre(uneo, demande, etat, montant)
        assert [c for c in CODES if montrees(client, c)] == [code, "toutes"]


def test_the_oldest_asked_comes_first(connexion, uneo, dossier):
    numeros = [fabriques.demande(dossier).numero for _ in range(3)]
    assert montrees(connexion(uneo), "a-etudier") == numeros
    assert montrees(connexion(uneo), "toutes") == numeros[::-1]


def test_the_row_shows_cost_rest_and_my_amount(connexion, uneo, asd, dossier):
    demande = fabriques.demande(dossier)
    repondre(asd, demande, "accord", "100")
    repondre(uneo, demande, "accord", "220.50")
    page = connexion(uneo).get(URL, {"voir": "repondues"}).content.decode()
    for montant in ("720,00", "399,50", "220,50"):
        assert f"{montant}\xa0€" in page


def test_the_rest_does_not_tell_a_decision_before_its_notification(connexion, uneo, dossier):
    fabriques.demande(dossier, etat="decidee", montant="313.13")
    page = connexion(uneo).get(URL).content.decode()
    assert "406,87" not in page


def test_refused_or_withdrawn_it_holds_nothing(connexion, uneo, mspp, gestionnaire, dossier):
    fabriques.demande(dossier)
    retirer_consentement(gestionnaire, dossier, [uneo.organisme], signe_le=timezone.localdate())
    for partenaire in (uneo, mspp):
        for code in CODES:
            assert montrees(connexion(partenaire), code) == []


def test_a_demande_that_ended_is_no_longer_to_study(connexion, uneo, gestionnaire, dossier):
    demande = fabriques.demande(dossier)
    classer(gestionnaire, demande, "annulee", "La personne renonce.")
    assert montrees(connexion(uneo), "a-etudier") == []
    assert montrees(connexion(uneo), "toutes") == [demande.numero]


def test_one_row_of_the_journal_names_the_dossiers_shown(connexion, uneo, dossier):
    fabriques.demande(dossier)
    client = connexion(uneo)
    avant = LigneJournal.objects.count()
    montrees(client, "a-etudier")
    assert LigneJournal.objects.count() == avant + 1
    ligne = LigneJournal.objects.order_by("-pk")[0]
    assert (ligne.action, ligne.objets) == (Acte.LISTER, [dossier.numero])


@pytest.mark.parametrize("profil", ["correspondant", "gestionnaire", "medecin", "dpo", "superviseur"])
def test_it_belongs_to_partners(connexion, profil):
    assert connexion(fabriques.habilitation(profil)).get(URL).status_code == 404


def test_an_empty_filter_says_so(connexion, uneo):
    for code in CODES:
        assert 'class="vide"' in connexion(uneo).get(URL, {"voir": code}).content.decode()


def test_the_list_costs_the_same_whatever_its_length(connexion, uneo, correspondant):
    client = connexion(uneo)
    fabriques.demande(fabriques.dossier(par=correspondant))
    montrees(client, "a-etudier")
    with CaptureQueriesContext(connection) as une:
        montrees(client, "a-etudier")
    for _ in range(4):
        fabriques.demande(fabriques.dossier(par=correspondant))
    with CaptureQueriesContext(connection) as cinq:
        assert len(montrees(client, "a-etudier")) == 5
    assert len(cinq) == len(une) <= 21
