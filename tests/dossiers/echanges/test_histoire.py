"""The history in words: one sentence an event, and who may read which part of it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dossiers.commission.actions import decider
from dossiers.consentements.actions import retirer_consentement
from dossiers.contributions.actions import enregistrer_contribution
from dossiers.contributions.models import Contribution
from dossiers.demandes.actions import classer, demander_pieces
from dossiers.echanges.histoire import DIRE, evenements_de, lignes
from dossiers.echanges.models import Genre
from dossiers.justificatifs.models import RaisonRejet
from dossiers.partages.profils import Regard
from dossierunique.notifications.sortie import vider
from tests import fabriques
from tests.dossiers.echanges.conftest import REJET, REJET_MEDICAL

pytestmark = pytest.mark.django_db
QUI = ("gestionnaire", "medecin", "secretaire", "correspondant", "uneo", "asd", "dpo")


@pytest.fixture
def regards(correspondant, gestionnaire, uneo, asd):
    connus = {"correspondant": correspondant, "gestionnaire": gestionnaire, "uneo": uneo, "asd": asd}
    return {qui: Regard(connus.get(qui) or fabriques.habilitation(qui)) for qui in QUI}


def dit(dossier, regard) -> str:
    """Everything a regard reads of the history, with ordinary spaces."""
    lues = lignes(evenements_de(dossier), regard)
    mots = " / ".join(f"{ligne.auteur} {ligne.texte} {ligne.detail}" for ligne in lues)
    return mots.replace("\u00a0", " ").replace("\u202f", " ")


def qui_lit(dossier, regards, mots: str) -> set[str]:
    return {qui for qui, regard in regards.items() if mots in dit(dossier, regard)}


def test_every_genre_has_its_words():
    assert set(DIRE) == set(Genre.values)


def test_a_contribution_without_its_amount_for_those_who_see_none(dossier, regards, uneo):
    demande = fabriques.demande(dossier)
    enregistrer_contribution(
        uneo, Contribution.objects.get(demande=demande, organisme=uneo.organisme), etat="accord",
        montant=Decimal("181.50"), date_effet=timezone.localdate(), version=1,
    )  # fmt: skip
    chiffres = {"gestionnaire", "medecin", "secretaire", "uneo", "asd"}
    assert qui_lit(dossier, regards, "accord, 181,50 €") == chiffres
    assert qui_lit(dossier, regards, "a répondu à la demande") == set(QUI) - chiffres


def test_a_decision_is_the_cnmss_s_until_it_is_notified(dossier, regards, gestionnaire):
    demande = fabriques.demande(dossier, etat="en_instruction", gestionnaire=gestionnaire)
    decider(
        gestionnaire, demande, issue="accord", montant=Decimal("303.30"), motif="Reste à charge trop lourd.",
        prise_le=timezone.localdate(), version=demande.version,
    )  # fmt: skip
    assert qui_lit(dossier, regards, "303,30 €") == {"gestionnaire", "medecin", "secretaire"}
    assert qui_lit(dossier, regards, "écision") == {"gestionnaire", "medecin", "secretaire"}
    vider()
    assert qui_lit(dossier, regards, "La décision est notifiée : accord") == set(QUI)
    chiffres = {"gestionnaire", "medecin", "secretaire", "uneo", "asd"}
    assert qui_lit(dossier, regards, "notifiée : accord, 303,30 €") == chiffres
    assert qui_lit(dossier, regards, "trop lourd") == set()


def test_consents_are_told_to_those_who_may_see_them(dossier, regards, mspp):
    consentements = {"gestionnaire", "secretaire", "correspondant", "dpo"}
    assert qui_lit(dossier, regards, "ASD et Unéo") == consentements
    assert qui_lit(dossier, regards, "Refusé : MSPP") == consentements
    assert qui_lit(dossier, regards, "vous a donné accès") == {"uneo", "asd"}
    for qui in ("uneo", "asd", "medecin"):
        assert "MSPP" not in dit(dossier, regards[qui])


def test_a_partner_learns_of_no_withdrawal(dossier, regards, gestionnaire, asd):
    retirer_consentement(gestionnaire, dossier, [asd.organisme], signe_le=timezone.localdate())
    assert qui_lit(dossier, regards, "retrait de l’accès de ASD") == {
        "gestionnaire",
        "secretaire",
        "correspondant",
        "dpo",
    }


def test_the_reason_of_a_rejection_goes_to_those_who_answer_or_may_read_the_paper(riche, regards):
    dossier = riche.dossier
    assert qui_lit(dossier, regards, "a rejeté une pièce : Certificat médical") | {"medecin"} == set(QUI)
    assert qui_lit(dossier, regards, REJET) == set(QUI) - {"dpo"}
    # A medical paper: those who must file it again read the ready reason, and nobody the médecin's words.
    assert qui_lit(dossier, regards, REJET_MEDICAL) == set()
    neutre = str(RaisonRejet.AUTRE.label)
    assert qui_lit(dossier, regards, neutre) == {"gestionnaire", "correspondant", "medecin"}


def test_the_reason_of_a_classing_is_not_for_the_unit(dossier, regards, gestionnaire):
    classer(gestionnaire, fabriques.demande(dossier), "reorientee", "Relève du département.")
    assert qui_lit(dossier, regards, "classé la demande : réorientée") | {"gestionnaire"} == set(QUI)
    assert qui_lit(dossier, regards, "Relève du département") == set(QUI) - {"correspondant", "dpo"}


def test_papers_asked_for_are_told_with_their_date(dossier, regards, gestionnaire, rib):
    demander_pieces(
        gestionnaire, fabriques.demande(dossier), [(rib, "")], timezone.localdate() + timedelta(days=9)
    )
    assert qui_lit(dossier, regards, "Relevé d’identité bancaire, à fournir avant le") == set(QUI)


def test_one_s_own_acts_are_conjugated_and_never_new(dossier, correspondant, gestionnaire):
    fabriques.demande(dossier, par=correspondant)
    depuis = timezone.now() - timedelta(hours=1)
    miennes = lignes(evenements_de(dossier), Regard(correspondant), depuis)
    assert ("Vous", "avez déposé la demande.") in [(ligne.auteur, ligne.texte) for ligne in miennes]
    assert not any(ligne.neuf for ligne in miennes)
    autres = lignes(evenements_de(dossier), Regard(gestionnaire), depuis)
    assert all(ligne.neuf for ligne in autres)
    assert str(correspondant.utilisateur) in autres[0].auteur


def test_the_history_costs_the_same_whatever_its_length(dossier, gestionnaire):
    def cout() -> int:
        with CaptureQueriesContext(connection) as requetes:
            lignes(evenements_de(dossier), Regard(gestionnaire))
        return len(requetes)

    fabriques.demande(dossier, etat="notifiee", gestionnaire=gestionnaire)
    une = cout()
    fabriques.demande(dossier, etat="notifiee", gestionnaire=gestionnaire)
    assert cout() == une <= 6
