"""The CNMSS's gestures on a demande, through their pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.demandes.models import Demande
from dossiers.echanges.models import Courrier, GenreCourrier
from dossiers.justificatifs.models import TypePiece
from dossierunique.journal.actes import Acte
from dossierunique.journal.models import LigneJournal
from dossierunique.notifications.models import Notification
from dossierunique.notifications.sortie import vider
from tests import fabriques

pytestmark = pytest.mark.django_db


def adresse(nom: str, demande: Demande) -> str:
    return reverse(f"demandes:{nom}", args=[demande.numero])


def relue(demande: Demande) -> Demande:
    return Demande.objects.get(pk=demande.pk)


def journal_depuis(pk: int) -> list[str]:
    return list(LigneJournal.objects.filter(pk__gt=pk).order_by("pk").values_list("action", flat=True))


def dernier() -> int:
    return LigneJournal.objects.order_by("-pk").values_list("pk", flat=True)[0]


@pytest.fixture
def demande(dossier):
    return fabriques.demande(dossier)


@pytest.fixture
def client(connexion, gestionnaire):
    return connexion(gestionnaire)


def saisie(demande: Demande, *codes: str, mot: str = "", jours: int = 15) -> dict[str, str]:
    types = TypePiece.objects.filter(code__in=codes)
    return {
        "version": str(relue(demande).version),
        "echeance": (timezone.localdate() + timedelta(days=jours)).isoformat(),
        **{f"piece_{t.pk}": "on" for t in types},
        **{f"mot_{t.pk}": mot for t in types},
    }


def test_the_page_ticks_what_is_missing_and_says_what_will_happen(client, demande):
    fabriques.piece(demande, "rib")
    avant = dernier()
    reponse = client.get(adresse("demander_pieces", demande))
    cochees = {ligne["type"].code for ligne in reponse.context["form"].lignes if ligne["case"].value()}
    assert cochees == {"attestation-droits", "avis-imposition", "devis", "certificat-medical"}
    page = reponse.content.decode()
    assert "délai de réponse est suspendu" in page
    assert (timezone.localdate() + timedelta(days=15)).isoformat() in page
    assert journal_depuis(avant) == [Acte.CONSULTER]


def test_asking_suspends_the_demande_tells_the_unit_and_writes_to_the_person(client, demande, correspondant):
    vider()
    avant = dernier()
    reponse = client.post(
        adresse("demander_pieces", demande), saisie(demande, "rib", "livret-famille", mot="recto et verso")
    )
    assert reponse["Location"] == adresse("detail", demande)
    assert journal_depuis(avant) == [Acte.MODIFIER]
    assert relue(demande).etat == "incomplete"
    assert relue(demande).echeance == timezone.localdate() + timedelta(days=15)
    demandees = demande.pieces_demandees.values_list("type__code", "precision")
    assert set(demandees) == {("rib", "recto et verso"), ("livret-famille", "recto et verso")}
    vider()
    assert Courrier.objects.get(demande=demande, genre=GenreCourrier.PIECES).fichier is not None
    recue = Notification.objects.get(destinataire=correspondant.utilisateur, genre="pieces_demandees")
    assert demande.numero in recue.texte


def test_a_piece_already_asked_for_is_not_asked_twice(client, demande):
    client.post(adresse("demander_pieces", demande), saisie(demande, "rib"))
    ligne = next(
        ligne for ligne in client.get(adresse("demander_pieces", demande)).context["form"].lignes
        if ligne["type"].code == "rib"
    )  # fmt: skip
    assert ligne["case"].field.disabled
    client.post(adresse("demander_pieces", demande), saisie(demande, "rib", "devis"))
    assert demande.pieces_demandees.filter(etat="attendue").count() == 2


def test_nothing_chosen_or_a_date_gone_by_is_refused(client, demande):
    rien = client.post(adresse("demander_pieces", demande), saisie(demande))
    assert "Choisissez au moins une pièce" in rien.content.decode()
    passe = client.post(adresse("demander_pieces", demande), saisie(demande, "rib", jours=0))
    assert passe.context["form"].errors["echeance"] == ["La date limite doit être à venir."]
    assert relue(demande).etat == "soumise"


def test_a_stale_page_keeps_what_was_typed_and_passes_the_second_time(client, demande):
    donnees = saisie(demande, "rib", mot="en couleurs")
    Demande.objects.filter(pk=demande.pk).update(version=9)
    refuse = client.post(adresse("demander_pieces", demande), donnees)
    assert "a modifié cette demande" in refuse.content.decode()
    assert "en couleurs" in refuse.content.decode()
    donnees["version"] = refuse.context["form"]["version"].value()
    assert client.post(adresse("demander_pieces", demande), donnees).status_code == 302


def test_complete_is_refused_while_something_is_missing(client, demande):
    reponse = client.post(adresse("declarer_complete", demande), follow=True)
    assert "Il manque encore" in reponse.content.decode()
    assert relue(demande).etat == "soumise"


def test_complete_then_taken(client, gestionnaire, dossier):
    demande = fabriques.demande(dossier, etat="en_completude")
    fabriques.deposer_toutes(demande)
    for piece in demande.justificatifs.filter(etat="a_verifier"):
        if piece.type.classe != "medical":
            client.post(reverse("pieces:valider", args=[piece.reference]))
    avant = dernier()
    client.post(adresse("declarer_complete", demande))
    client.post(adresse("prendre", demande))
    assert journal_depuis(avant) == [Acte.MODIFIER, Acte.MODIFIER]
    assert relue(demande).etat == "en_instruction"
    assert relue(demande).instruite_par == gestionnaire


def test_the_second_to_take_is_told(connexion, dossier):
    demande = fabriques.demande(dossier, etat="complete")
    premiere, seconde = (connexion(fabriques.habilitation("gestionnaire")) for _ in range(2))
    premiere.post(adresse("prendre", demande))
    reponse = seconde.post(adresse("prendre", demande), follow=True)
    assert "ce geste n’est plus possible" in reponse.content.decode()


def test_classing_is_asked_twice(client, demande):
    donnees = {"version": demande.version, "fin": "sans_suite", "motif": "Sans nouvelles depuis six mois."}
    avant = dernier()
    relecture = client.post(adresse("classer", demande), donnees)
    assert "Classer définitivement" in relecture.content.decode()
    assert relue(demande).etat == "soumise"
    corrige = client.post(adresse("classer", demande), {**donnees, "corriger": "1"})
    assert "Sans nouvelles depuis six mois." in corrige.content.decode()
    client.post(adresse("classer", demande), {**donnees, "confirmer": "1"})
    assert relue(demande).etat == "sans_suite"
    assert journal_depuis(avant) == [Acte.CONSULTER, Acte.CONSULTER, Acte.MODIFIER]


def test_classing_needs_a_reason_and_an_end_that_exists(client, dossier):
    demande = fabriques.demande(dossier, etat="complete")
    reponse = client.post(adresse("classer", demande), {"version": demande.version, "fin": "irrecevable"})
    assert set(reponse.context["form"].errors) == {"fin", "motif"}
    offertes = [code for code, _ in reponse.context["form"].fields["fin"].choices]
    assert offertes == ["sans_suite", "reorientee", "annulee"]


@pytest.mark.parametrize("geste", ["demander_pieces", "classer"])
@pytest.mark.parametrize("qui", ["correspondant", "uneo", "mspp"])
def test_only_the_cnmss_makes_these_gestures(connexion, demande, request, qui, geste):
    client = connexion(request.getfixturevalue(qui))
    assert client.get(adresse(geste, demande)).status_code == 404
    assert client.post(adresse(geste, demande), {"fin": "annulee", "motif": "x"}).status_code == 404


@pytest.mark.parametrize("geste", ["declarer_complete", "prendre"])
def test_plain_buttons_are_posts_of_the_cnmss(connexion, client, correspondant, demande, geste):
    assert client.get(adresse(geste, demande)).status_code == 405
    assert connexion(correspondant).post(adresse(geste, demande)).status_code == 404
    refus = LigneJournal.objects.filter(action=Acte.REFUS).order_by("-pk")[0]
    assert refus.objet == demande.dossier.numero
