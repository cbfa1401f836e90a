"""Filing papers through the browser."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dossiers.justificatifs.models import TypePiece
from dossierunique.fichiers.models import Fichier
from dossierunique.journal.models import LigneJournal
from tests import fabriques
from tests.dossiers.justificatifs.pages.aides import depot, image, lire, televerse

pytestmark = pytest.mark.django_db


def test_une_piece_medicale_de_son_brouillon_se_retire_sans_s_ouvrir(dossier, correspondant, connexion):
    brouillon = fabriques.demande(dossier, "brouillon", par=correspondant)
    piece = fabriques.piece(brouillon, "certificat-medical", par=correspondant)
    client = connexion(correspondant)
    assert client.get(lire(piece)).status_code == 404
    page = client.get(reverse("demandes:pieces", args=[brouillon.numero])).content.decode()
    assert "certificat-medical.pdf" not in page
    assert lire(piece, "retirer") in page
    client.post(lire(piece, "retirer"))
    piece.refresh_from_db()
    assert piece.etat == "remplace"


def test_un_depot_refuse_montre_la_demande_et_laisse_une_ligne(demande, correspondant, connexion):
    faux = SimpleUploadedFile("faux.pdf", b"MZ programme", "application/pdf")
    for envoi in ({"type": "devis"}, {"type": "devis", "fichiers": faux}):
        client, avant = connexion(correspondant), LigneJournal.objects.count()
        assert client.post(depot(demande), envoi).status_code == 422
        assert LigneJournal.objects.count() == avant + 1


def test_ce_qui_est_rejete_se_depose_de_nouveau(demande, correspondant, gestionnaire, connexion):
    ancienne = fabriques.piece(demande, "rib", par=correspondant)
    connexion(gestionnaire).post(lire(ancienne, "rejeter"), {"motif": "illisible"})
    fabriques.demandes.demander_pieces(
        gestionnaire,
        demande,
        [(TypePiece.objects.get(code="rib"), "L’original.")],
        fabriques.date(2999, 1, 1),
    )
    client = connexion(correspondant)
    page = client.get(depot(demande)).content.decode()
    assert "Le document est illisible." in page
    assert "L’original." in page
    reponse = client.post(depot(demande), {"type": "rib", "fichiers": televerse("rib.pdf")})
    assert reponse.url == reverse("demandes:detail", args=[demande.numero])
    ancienne.refresh_from_db()
    demande.refresh_from_db()
    assert ancienne.etat == "remplace"
    assert demande.etat == "en_completude"
    assert demande.pieces_demandees.get().etat == "fournie"


def test_plusieurs_fichiers_et_une_photo(demande, correspondant, connexion):
    fichiers = [televerse("recto.pdf"), SimpleUploadedFile("verso l’original.jpg", image(), "image/jpeg")]
    client, avant = connexion(correspondant), LigneJournal.objects.count()
    reponse = client.post(depot(demande), {"type": "livret-famille", "fichiers": fichiers})
    assert reponse.status_code == 302
    noms = set(demande.justificatifs.values_list("fichier__nom", flat=True))
    assert noms == {"recto.pdf", "verso l’original.pdf"}
    assert LigneJournal.objects.count() == avant + 2  # one for each paper


def test_un_fichier_refuse_laisse_passer_les_autres(demande, correspondant, connexion, caplog):
    fichiers = [televerse("bon.pdf"), SimpleUploadedFile("faux.pdf", b"MZ programme", "application/pdf")]
    with caplog.at_level(logging.DEBUG):
        reponse = connexion(correspondant).post(depot(demande), {"type": "devis", "fichiers": fichiers})
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "faux.pdf" in page
    assert "1\xa0fichier est déposé" in page
    assert demande.justificatifs.get().fichier.nom == "bon.pdf"
    assert "faux.pdf" not in caplog.text


def test_le_meme_document_envoye_deux_fois_est_garde_une_fois(demande, correspondant, connexion):
    client, contenu = connexion(correspondant), fabriques.pdf("Avis")
    client.post(depot(demande), {"type": "devis", "fichiers": televerse("a.pdf", contenu)})
    second = client.post(depot(demande), {"type": "devis", "fichiers": televerse("b.pdf", contenu)})
    assert "déjà joint" in second.content.decode()
    assert demande.justificatifs.count() == 1
    assert Fichier.objects.filter(nom="b.pdf").count() == 0


def test_un_nom_de_fichier_refuse_ne_montre_pas_de_nir(demande, correspondant, connexion):
    faux = SimpleUploadedFile("284058832102532 avis.pdf", b"MZ", "application/pdf")
    page = connexion(correspondant).post(depot(demande), {"type": "devis", "fichiers": faux}).content.decode()
    assert "numéro masqué avis.pdf" in page
    assert "2840588321025" not in page


def test_sans_fichier_ou_sans_type_l_ecran_le_dit(demande, correspondant, connexion):
    client = connexion(correspondant)
    assert "Choisissez au moins un fichier" in client.post(depot(demande), {"type": "devis"}).content.decode()
    sans_type = client.post(depot(demande), {"fichiers": televerse()})
    assert "Choisissez le type de la pièce." in sans_type.content.decode()
    assert client.post(depot(demande), {"type": "n-existe-pas", "fichiers": televerse()}).status_code == 422
    assert not demande.justificatifs.exists()


def test_une_demande_finie_ne_recoit_plus_rien(demande, correspondant, gestionnaire, connexion):
    fabriques.demandes.classer(gestionnaire, demande, "sans_suite", "Sans nouvelles.")
    client = connexion(correspondant)
    assert "ne reçoit plus de pièces" in client.get(depot(demande)).content.decode()
    reponse = client.post(depot(demande), {"type": "devis", "fichiers": televerse()})
    assert reponse.status_code == 422
    assert not Fichier.objects.exclude(courrier__isnull=False).exists()


@pytest.mark.parametrize("profil", ["medecin", "partenaire", "assistant_social", "secretaire", "dpo"])
def test_qui_ne_depose_pas(demande, connexion, profil):
    client = connexion(fabriques.habilitation(profil))
    assert client.get(depot(demande)).status_code == 404
    assert client.post(depot(demande), {"type": "devis", "fichiers": televerse()}).status_code == 404
    assert not demande.justificatifs.exists()


def test_un_brouillon_d_un_autre_organisme_ne_se_touche_pas(dossier, correspondant, gestionnaire, connexion):
    brouillon = fabriques.demande(dossier, "brouillon", par=correspondant)
    piece = fabriques.piece(brouillon, par=correspondant)
    client = connexion(gestionnaire)
    assert client.post(depot(brouillon), {"type": "devis", "fichiers": televerse()}).status_code == 404
    assert client.post(lire(piece, "retirer")).status_code == 404
    piece.refresh_from_db()
    assert piece.etat == "a_verifier"
