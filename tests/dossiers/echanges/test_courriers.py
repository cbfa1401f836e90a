"""Who opens which letter, and how it is served."""

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements.actions import retirer_consentement
from dossiers.echanges.models import Courrier, GenreCourrier
from dossiers.echanges.policies import courrier_lisible, courriers_lisibles, genres_lisibles
from dossiers.partages.profils import Regard
from dossierunique.journal.actes import Acte
from dossierunique.journal.models import LigneJournal
from dossierunique.notifications.sortie import vider
from partners.habilitations.models import Profil
from tests import fabriques

pytestmark = pytest.mark.django_db
GUICHET = {"accuse_reception", "demande_pieces", "recu_consentement", "recu_retrait"}
TOUS = set(GenreCourrier.values)
ATTENDUS = {
    Profil.GESTIONNAIRE: TOUS,
    Profil.SECRETAIRE: TOUS,
    Profil.CORRESPONDANT: TOUS - {GenreCourrier.NOTIFICATION},
}


@pytest.mark.parametrize("profil", Profil.values)
def test_one_table_says_which_kinds(profil, dossier):
    regard = Regard(fabriques.habilitation(profil))
    assert genres_lisibles(regard) == ATTENDUS.get(Profil(profil), set())
    for genre in TOUS:
        assert courrier_lisible(regard, Courrier(genre=genre)) == (genre in genres_lisibles(regard))


@pytest.fixture
def notifiee(dossier, gestionnaire):
    """A demande notified: acknowledgement, consent receipt and notification are produced; a withdrawal follows."""
    demande = fabriques.demande(dossier, etat="decidee", gestionnaire=gestionnaire)
    retirer_consentement(gestionnaire, dossier, [fabriques.organisme("asd")], signe_le=timezone.localdate())
    vider()
    vider()
    return demande


def ouvrir(client, courrier, **criteres):
    return client.get(reverse("courriers:ouvrir", args=[courrier.reference]), criteres)


@pytest.mark.parametrize("qui", ["gestionnaire", "correspondant", "uneo", "mspp", "etranger"])
def test_the_page_follows_the_table(connexion, request, notifiee, qui):
    habilitation = request.getfixturevalue(qui)
    client = connexion(habilitation)
    lisibles = {"gestionnaire": TOUS, "correspondant": GUICHET}.get(qui, set())
    for courrier in notifiee.dossier.courriers.all():
        attendu = 200 if courrier.genre in lisibles else 404
        assert ouvrir(client, courrier).status_code == attendu, courrier.genre


def test_the_tab_lists_what_the_page_opens(notifiee, gestionnaire, correspondant, uneo):
    for habilitation, attendus in (
        (gestionnaire, TOUS - {"demande_pieces"}),
        (correspondant, GUICHET),
        (uneo, set()),
    ):
        montres = {c.genre for c in courriers_lisibles(Regard(habilitation), notifiee.dossier)}
        assert montres == attendus - {"demande_pieces"}


def test_it_is_served_as_it_was_sent_and_leaves_one_row(connexion, gestionnaire, notifiee):
    courrier = notifiee.courriers.get(genre="notification")
    client = connexion(gestionnaire)
    avant = LigneJournal.objects.count()
    reponse = ouvrir(client, courrier)
    octets = b"".join(reponse.streaming_content)
    assert octets.startswith(b"%PDF")
    assert reponse["Content-Type"] == "application/pdf"
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in reponse["Cache-Control"]
    assert f"notification-{notifiee.numero}.pdf" in reponse["Content-Disposition"]
    assert reponse["Content-Disposition"].startswith("inline")
    assert LigneJournal.objects.count() == avant + 1
    ligne = LigneJournal.objects.order_by("-pk")[0]
    assert (ligne.action, ligne.objet) == (Acte.TELECHARGER, notifiee.dossier.numero)
    assert ouvrir(client, courrier, telecharger="1")["Content-Disposition"].startswith("attachment")


def test_a_letter_in_preparation_says_so(connexion, gestionnaire, dossier):
    demande = fabriques.demande(dossier)
    courrier = Courrier.objects.get(demande=demande)
    reponse = connexion(gestionnaire).get(reverse("courriers:ouvrir", args=[courrier.reference]), follow=True)
    assert "en préparation" in reponse.content.decode()


def test_an_unknown_letter_is_not_found(connexion, gestionnaire, dossier):
    assert (
        connexion(gestionnaire).get(reverse("courriers:ouvrir", args=[dossier.assure.reference])).status_code
        == 404
    )
