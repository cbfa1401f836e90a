"""A refused or unfinished form shows its page again: that is a reading, and it leaves one row (rule 2)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from dossierunique.journal.models import LigneJournal
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def une_ligne(dossier, connexion):
    """Post as someone, and check that the page shown again left exactly one row."""

    def _une_ligne(habilitation, vue: str, numero: str, saisie: dict[str, str]) -> None:
        client, avant = connexion(habilitation), LigneJournal.objects.count()
        reponse = client.post(reverse(vue, args=[numero]), saisie)
        assert reponse.status_code in (200, 422)
        assert "<html" in reponse.content.decode()
        nouvelles = LigneJournal.objects.order_by("-pk")[: LigneJournal.objects.count() - avant]
        assert [(ligne.action, ligne.objet) for ligne in nouvelles] == [("consulter", dossier.numero)]

    return _une_ligne


@pytest.mark.parametrize("vue", ["besoin", "ressources", "cout", "recapitulatif"])
def test_les_etapes_d_un_brouillon(dossier, correspondant, une_ligne, vue):
    brouillon = fabriques.demande(dossier, "brouillon", par=correspondant)
    une_ligne(correspondant, f"demandes:{vue}", brouillon.numero, {"x": "1"})


def test_un_depot_refuse_a_la_relecture(dossier, correspondant, une_ligne):
    brouillon = fabriques.demande(dossier, "brouillon", par=correspondant)
    perimee = {"deposer": "1", "version": str(brouillon.version + 1)}
    une_ligne(correspondant, "demandes:recapitulatif", brouillon.numero, perimee)


def test_une_nouvelle_demande(dossier, correspondant, une_ligne):
    une_ligne(correspondant, "demandes:creer", dossier.numero, {"x": "1"})


@pytest.mark.parametrize("vue", ["demandes:classer", "demandes:demander_pieces"])
def test_les_gestes_de_la_cnmss(dossier, correspondant, gestionnaire, une_ligne, vue):
    demande = fabriques.demande(dossier, par=correspondant)
    une_ligne(gestionnaire, vue, demande.numero, {"x": "1"})


def test_un_classement_a_confirmer(dossier, correspondant, gestionnaire, une_ligne):
    demande = fabriques.demande(dossier, par=correspondant)
    saisie = {"version": str(demande.version), "fin": "sans_suite", "motif": "Sans nouvelles."}
    une_ligne(gestionnaire, "demandes:classer", demande.numero, saisie)


def test_la_decision(dossier, gestionnaire, une_ligne):
    demande = fabriques.demande(dossier, "en_instruction", gestionnaire=gestionnaire)
    une_ligne(gestionnaire, "decisions:enregistrer", demande.numero, {"x": "1"})


def test_la_contribution(dossier, correspondant, uneo, une_ligne):
    demande = fabriques.demande(dossier, par=correspondant)
    une_ligne(uneo, "contributions:enregistrer", demande.numero, {"x": "1"})


@pytest.mark.parametrize("vue", ["enregistrer", "retirer"])
def test_le_consentement(dossier, correspondant, une_ligne, vue):
    une_ligne(correspondant, f"consentements:{vue}", dossier.numero, {"x": "1"})


def test_un_retrait_a_confirmer(dossier, uneo, une_ligne):
    saisie = {"signe_le": timezone.localdate().isoformat(), "canal": "papier", "signataire": "personne"}
    une_ligne(uneo, "consentements:retirer", dossier.numero, saisie | {"portee": "tout"})
