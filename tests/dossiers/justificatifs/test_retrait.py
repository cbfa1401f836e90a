"""A paper taken back from a draft leaves for good: filing the demande does not share it."""

import pytest
from django.urls import reverse

from dossiers.demandes.actions import soumettre
from dossiers.justificatifs.actions import rejeter_piece, retirer_piece
from dossiers.justificatifs.models import Justificatif
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.models import LigneJournal
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def brouillon(dossier, correspondant):
    return fabriques.demande(dossier, "brouillon", par=correspondant)


def lire(piece: Justificatif, vue: str = "lire", *autres: int) -> str:
    return reverse(f"pieces:{vue}", args=[piece.reference, *autres])


def test_une_piece_retiree_n_est_pas_partagee_au_depot(
    brouillon, correspondant, uneo, gestionnaire, connexion
):
    piece = fabriques.piece(brouillon, "avis-imposition", par=correspondant)
    retirer_piece(correspondant, piece)
    soumettre(correspondant, brouillon)
    for habilitation in (uneo, gestionnaire, correspondant):
        client = connexion(habilitation)
        liste = client.get(reverse("dossiers:pieces", args=[brouillon.dossier.numero])).content.decode()
        assert str(piece.reference) not in liste
        assert "remplacée" not in liste
        for adresse in (lire(piece), lire(piece, "fichier"), lire(piece, "apercu", 1)):
            assert client.get(adresse).status_code == 404


def test_une_piece_remplacee_apres_un_rejet_reste_lisible(dossier, correspondant, gestionnaire, connexion):
    demande = fabriques.demande(dossier, par=correspondant)
    piece = fabriques.piece(demande, "rib", par=correspondant)
    rejeter_piece(gestionnaire, piece, "Le document est illisible.")
    fabriques.piece(demande, "rib", par=correspondant)
    client = connexion(gestionnaire)
    liste = client.get(reverse("dossiers:pieces", args=[dossier.numero])).content.decode()
    assert str(piece.reference) in liste
    assert client.get(lire(piece)).status_code == 200


def test_retirer_deux_fois_laisse_une_ligne(brouillon, correspondant):
    piece = fabriques.piece(brouillon, par=correspondant)
    avant = LigneJournal.objects.count()
    retirer_piece(correspondant, piece)
    with pytest.raises(ActionRefusee, match="déjà retirée"):
        retirer_piece(correspondant, piece)
    assert LigneJournal.objects.count() == avant + 1


def test_un_second_clic_sur_retirer_le_dit(brouillon, correspondant, connexion):
    piece, client = fabriques.piece(brouillon, par=correspondant), connexion(correspondant)
    client.post(lire(piece, "retirer"))
    page = client.post(lire(piece, "retirer"), follow=True)
    assert page.status_code == 200
    assert "Cette pièce est déjà retirée." in page.content.decode()
