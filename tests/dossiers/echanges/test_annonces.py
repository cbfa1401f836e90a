"""Who is told of each event: exactly the entitled, decided when it is told."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.utils import timezone

from dossiers.commission.actions import decider
from dossiers.consentements.actions import retirer_consentement
from dossiers.contributions.actions import enregistrer_contribution
from dossiers.contributions.models import Contribution
from dossiers.demandes.actions import classer, demander_pieces
from dossiers.demandes.models import Demande
from dossiers.echanges.models import Genre
from dossiers.echanges.traitements import annoncer
from dossiers.justificatifs.actions import rejeter_piece
from dossierunique.notifications.models import Notification
from dossierunique.notifications.sortie import vider
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde(correspondant, gestionnaire, uneo, asd, mspp, etranger):
    """The people who might be told, by a short name."""
    return {
        "correspondant": correspondant,
        "collegue": fabriques.habilitation("correspondant"),
        "etranger": etranger,
        "gestionnaire": gestionnaire,
        "autre_gestionnaire": fabriques.habilitation("gestionnaire"),
        "medecin": fabriques.habilitation("medecin"),
        "uneo": uneo,
        "asd": asd,
        "mspp": mspp,
        "suspendue": fabriques.habilitation("partenaire", organisme="uneo", etat="suspendue"),
        "dpo": fabriques.habilitation("dpo"),
    }


def prevenus(monde, genre: str) -> set[str]:
    vider()
    vider()
    destinataires = set(Notification.objects.filter(genre=genre).values_list("destinataire", flat=True))
    noms = {h.utilisateur_id: nom for nom, h in monde.items()}
    assert destinataires <= set(noms), "une personne hors du monde a été prévenue"
    return {noms[pk] for pk in destinataires}


def repondre(qui, demande):
    enregistrer_contribution(
        qui, Contribution.objects.get(demande=demande, organisme=qui.organisme), etat="accord",
        montant=Decimal(10), date_effet=timezone.localdate(), version=1,
    )  # fmt: skip


GESTIONNAIRES = {"gestionnaire", "autre_gestionnaire"}


def test_a_demande_filed(monde, dossier, correspondant):
    fabriques.demande(dossier, par=correspondant)
    assert prevenus(monde, Genre.DEMANDE_SOUMISE) == GESTIONNAIRES | {"uneo", "asd"}


def test_a_paper_filed_goes_to_the_one_who_instructs(monde, dossier, correspondant, gestionnaire):
    demande = fabriques.demande(dossier, par=correspondant, etat="en_instruction", gestionnaire=gestionnaire)
    vider()
    Notification.objects.all().delete()
    fabriques.piece(demande, "livret-famille", par=correspondant)
    assert prevenus(monde, Genre.PIECE_DEPOSEE) == {"gestionnaire"}


def test_a_paper_rejected_or_asked_for_goes_to_the_unit(monde, dossier, correspondant, gestionnaire, rib):
    demande = fabriques.demande(dossier, par=correspondant)
    rejeter_piece(gestionnaire, fabriques.piece(demande, "devis", par=correspondant), "Illisible.")
    assert prevenus(monde, Genre.PIECE_REJETEE) == {"correspondant", "collegue"}
    demander_pieces(
        gestionnaire,
        Demande.objects.get(pk=demande.pk),
        [(rib, "")],
        timezone.localdate() + timedelta(days=9),
    )
    assert prevenus(monde, Genre.PIECES_DEMANDEES) == {"correspondant", "collegue"}


def test_completeness_and_classing_go_to_the_unit_and_the_partners(
    monde, dossier, correspondant, gestionnaire
):
    complete = fabriques.demande(dossier, par=correspondant, etat="complete", gestionnaire=gestionnaire)
    attendus = {"correspondant", "collegue", "uneo", "asd"}
    assert prevenus(monde, Genre.DEMANDE_COMPLETE) == attendus
    classer(gestionnaire, complete, "annulee", "La personne renonce.")
    assert prevenus(monde, Genre.DEMANDE_CLASSEE) == attendus


def test_a_contribution_goes_to_the_instructor_and_the_other_partners(
    monde, dossier, correspondant, gestionnaire, uneo
):
    demande = fabriques.demande(dossier, par=correspondant, etat="en_instruction", gestionnaire=gestionnaire)
    repondre(uneo, demande)
    assert prevenus(monde, Genre.CONTRIBUTION) == {"gestionnaire", "asd"}


@pytest.mark.parametrize("etat", ["en_instruction", "refus", "sans_objet", "non_ressortissant"])
def test_an_answer_that_gives_nothing_is_told_to_no_other_partner(
    etat, monde, dossier, correspondant, gestionnaire, uneo
):
    """They are not shown it either: that another reads the dossier says, by its absence, whom was refused (rule 8)."""
    demande = fabriques.demande(dossier, par=correspondant, etat="en_instruction", gestionnaire=gestionnaire)
    sienne = Contribution.objects.get(demande=demande, organisme=uneo.organisme)
    enregistrer_contribution(uneo, sienne, etat=etat, version=1)
    assert prevenus(monde, Genre.CONTRIBUTION) == {"gestionnaire"}


def test_a_decision_is_told_once_notified(monde, dossier, correspondant, gestionnaire):
    demande = fabriques.demande(dossier, par=correspondant, etat="en_instruction", gestionnaire=gestionnaire)
    decider(
        gestionnaire, demande, issue="rejet", montant=Decimal(0), motif="Ressources.",
        prise_le=timezone.localdate(), version=demande.version,
    )  # fmt: skip
    assert prevenus(monde, Genre.NOTIFICATION) == {"correspondant", "collegue", "gestionnaire", "uneo", "asd"}
    assert prevenus(monde, Genre.DECISION) == set()


def test_a_withdrawal_goes_to_the_unit_and_to_who_instructs(monde, dossier, correspondant, gestionnaire, asd):
    fabriques.demande(dossier, par=correspondant, etat="en_instruction", gestionnaire=gestionnaire)
    retirer_consentement(asd, dossier, [asd.organisme], signe_le=timezone.localdate())
    assert prevenus(monde, Genre.RETRAIT) == {"correspondant", "collegue", "gestionnaire"}


def test_a_partner_withdrawn_before_the_sending_is_told_nothing(
    monde, dossier, correspondant, gestionnaire, uneo
):
    fabriques.demande(dossier, par=correspondant)
    retirer_consentement(gestionnaire, dossier, [uneo.organisme], signe_le=timezone.localdate())
    assert prevenus(monde, Genre.DEMANDE_SOUMISE) == GESTIONNAIRES | {"asd"}
    assert not Notification.objects.filter(destinataire=uneo.utilisateur).exists()


def test_without_any_share_the_partners_are_told_nothing(monde, correspondant):
    """Rule 7: the same way, the CNMSS alone."""
    seul = fabriques.dossier(par=correspondant, accordes=(), refuses=())
    fabriques.demande(seul, par=correspondant)
    assert prevenus(monde, Genre.DEMANDE_SOUMISE) == GESTIONNAIRES


def test_what_is_told_names_the_number_only(monde, dossier, correspondant, gestionnaire):
    demande = fabriques.demande(dossier, par=correspondant, etat="notifiee", gestionnaire=gestionnaire)
    while vider():
        pass
    assert mail.outbox
    assure = dossier.assure
    textes = list(Notification.objects.values_list("texte", flat=True))
    textes += [f"{m.subject} {m.body} {m.alternatives}" for m in mail.outbox]
    assert any(demande.numero in texte for texte in textes)
    # The address of a notification holds its own number, which may happen to be one of the amounts.
    for texte in (re.sub(r"/notifications/\d+/", "", t) for t in textes):
        for secret in (assure.nom_naissance, assure.prenoms, assure.nir, "720", "360", "€"):
            assert secret not in texte


def test_told_once_even_if_the_work_is_done_again(monde, dossier, correspondant):
    demande = fabriques.demande(dossier, par=correspondant)
    prevenus(monde, Genre.DEMANDE_SOUMISE)
    avant = Notification.objects.count()
    annoncer({"evenement": demande.evenements.get(genre=Genre.DEMANDE_SOUMISE).pk})
    assert Notification.objects.count() == avant
