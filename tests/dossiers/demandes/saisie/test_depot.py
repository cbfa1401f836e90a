"""The summary, filing the demande, and what follows."""

from decimal import Decimal

import pytest
from django.urls import reverse

from dossiers.demandes.actions import enregistrer_etape
from dossiers.demandes.models import Demande
from dossiers.echanges.models import Courrier
from dossierunique.journal.models import LigneJournal
from tests import fabriques
from tests.dossiers.demandes.saisie.aides import url

pytestmark = pytest.mark.django_db


def test_le_recapitulatif_nomme_ce_qui_manque(client, correspondant, dossier):
    demande = fabriques.demande(dossier, "brouillon", par=correspondant, besoin=" ", cout=None)
    page = client.get(url("recapitulatif", demande)).content.decode()
    assert "Décrivez le besoin." in page
    assert "Indiquez le coût." in page
    assert "Dernier avis d’imposition" in page
    reponse = client.post(url("recapitulatif", demande), {"version": demande.version, "deposer": "oui"})
    assert reponse.status_code == 422
    demande.refresh_from_db()
    assert demande.etat == "brouillon"


def test_deposer_puis_deposer_encore_mene_a_la_meme_page(client, brouillon):
    donnees = {"version": brouillon.version, "deposer": "oui"}
    for _ in range(2):
        reponse = client.post(url("recapitulatif", brouillon), donnees)
        assert reponse.url == url("depose", brouillon)
    assert Courrier.objects.filter(demande=brouillon, genre="accuse_reception").count() == 1
    assert brouillon.evenements.filter(genre="demande_soumise").count() == 1


def test_deposer_ce_qu_un_autre_a_change_demande_de_relire(client, correspondant, brouillon):
    enregistrer_etape(correspondant, brouillon, {"cout": Decimal("999")}, 1)
    reponse = client.post(url("recapitulatif", brouillon), {"version": "1", "deposer": "oui"})
    assert reponse.status_code == 422
    assert "999,00" in reponse.content.decode()
    brouillon.refresh_from_db()
    assert brouillon.etat == "brouillon"


def test_la_page_de_depot_dit_la_suite_et_attend_l_accuse(client, correspondant, dossier):
    demande = fabriques.demande(dossier, par=correspondant)
    page = client.get(url("depose", demande)).content.decode()
    for mots in (demande.numero, "60 jours", "en préparation", "Certificat médical"):
        assert mots in page
    lignes = LigneJournal.objects.count()
    fragment = client.get(url("depose", demande), HTTP_HX_REQUEST="true").content.decode()
    assert "hx-get" in fragment
    assert LigneJournal.objects.count() == lignes  # waiting is not reading
    lasse = client.get(url("depose", demande) + "?essai=30", HTTP_HX_REQUEST="true").content.decode()
    assert "hx-get" not in lasse  # the session is not kept alive for ever
    assert "Actualiser la page" in lasse
    produire(demande)
    fragment = client.get(url("depose", demande), HTTP_HX_REQUEST="true").content.decode()
    assert "Ouvrir l’accusé de réception" in fragment
    assert "hx-get" not in fragment  # the waiting stops


def produire(demande: Demande) -> None:
    from dossierunique.fichiers.depot import enregistrer_pdf

    courrier = Courrier.objects.get(demande=demande, genre="accuse_reception")
    courrier.fichier = enregistrer_pdf(fabriques.pdf(), nom="accuse.pdf", cree_par=None)
    courrier.save()


def test_abandonner_un_brouillon(client, brouillon, dossier):
    assert client.get(url("abandonner", brouillon)).status_code == 405
    reponse = client.post(url("abandonner", brouillon))
    assert reponse.url == reverse("dossiers:apercu", args=[dossier.numero])
    brouillon.refresh_from_db()
    assert brouillon.etat == "annulee"
    assert client.get(url("besoin", brouillon)).status_code == 302


def test_une_demande_sans_partage_suit_le_meme_chemin(client, correspondant):
    dossier = fabriques.dossier(correspondant, accordes=(), refuses=())
    demande = fabriques.demande(dossier, "brouillon", par=correspondant)
    client.post(url("recapitulatif", demande), {"version": 1, "deposer": "oui"})
    demande.refresh_from_db()
    assert demande.etat == "soumise"
    assert not demande.contributions.exists()
