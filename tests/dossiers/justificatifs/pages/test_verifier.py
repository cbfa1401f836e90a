"""Checking papers through the browser."""

import pytest
from django.urls import reverse

from dossiers.justificatifs.actions import rejeter_piece
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.models import LigneJournal
from tests import fabriques
from tests.dossiers.justificatifs.pages.aides import lire

pytestmark = pytest.mark.django_db


def test_les_mots_du_medecin_ne_vont_qu_au_medecin_et_la_raison_a_qui_doit_redeposer(
    demande, correspondant, uneo, asd, connexion
):
    piece = fabriques.piece(demande, "certificat-medical", par=correspondant)
    rejeter_piece(
        fabriques.habilitation("medecin"), piece, "Le certificat parle de chimiothérapie sans date."
    )
    adresses = [
        reverse("demandes:detail", args=[demande.numero]),
        *(
            reverse(f"dossiers:{vue}", args=[demande.dossier.numero])
            for vue in ("apercu", "pieces", "histoire")
        ),
    ]
    for habilitation, lit in (
        (uneo, False), (asd, False), (fabriques.habilitation("secretaire"), False), (correspondant, True),
    ):  # fmt: skip
        client = connexion(habilitation)
        for adresse in adresses:
            page = client.get(adresse).content.decode()
            assert "chimiothérapie" not in page, (habilitation, adresse)
            assert ("Autre raison, que le service" in page) is lit, (habilitation, adresse)
    medecin = connexion(fabriques.habilitation("medecin"))
    assert "chimiothérapie" in medecin.get(lire(piece)).content.decode()


def test_valider_mene_a_la_piece_suivante_puis_a_la_demande(demande, gestionnaire, connexion):
    premiere, seconde = fabriques.piece(demande, "avis-imposition"), fabriques.piece(demande, "devis")
    fabriques.piece(demande, "certificat-medical")  # not hers to check
    client = connexion(gestionnaire)
    assert lire(seconde) in client.get(lire(premiere)).content.decode()
    assert client.post(lire(premiere, "valider")).url == lire(seconde)
    assert client.post(lire(seconde, "valider")).url == reverse("demandes:detail", args=[demande.numero])
    premiere.refresh_from_db()
    assert (premiere.etat, premiere.verifie_par) == ("valide", gestionnaire)


def test_valider_deux_fois_ne_casse_rien(demande, gestionnaire, connexion):
    piece, client = fabriques.piece(demande), connexion(gestionnaire)
    for _ in range(2):
        assert client.post(lire(piece, "valider")).status_code == 302
    assert demande.evenements.filter(genre="piece_validee").count() == 1


def test_rejeter_demande_une_raison_et_la_garde(demande, gestionnaire, connexion):
    piece, client = fabriques.piece(demande), connexion(gestionnaire)
    vide = client.post(lire(piece, "rejeter"), {"motif": "autre", "precision": ""})
    assert vide.status_code == 422
    assert "Dites en quelques mots" in vide.content.decode()
    assert client.post(lire(piece, "rejeter"), {}).status_code == 422
    precision = "Il manque l’avis d’impôt de « l’autre » parent."
    client.post(lire(piece, "rejeter"), {"motif": "incomplete", "precision": precision})
    piece.refresh_from_db()
    assert piece.etat == "rejete"
    assert piece.motif_rejet == f"Le document est incomplet : il manque des pages. {precision}"


def test_un_rejet_sans_raison_montre_la_piece_et_laisse_une_ligne(demande, gestionnaire, connexion):
    piece, client = fabriques.piece(demande), connexion(gestionnaire)
    avant = LigneJournal.objects.count()
    assert client.post(lire(piece, "rejeter"), {}).status_code == 422
    assert LigneJournal.objects.count() == avant + 1
    assert LigneJournal.objects.order_by("-pk").first().details["piece"] == str(piece.reference)


@pytest.mark.parametrize("fin", ["decidee", "notifiee", "sans_suite"])
def test_les_pieces_d_une_demande_finie_ne_se_verifient_plus(dossier, gestionnaire, connexion, fin):
    demande = fabriques.demande(dossier, "soumise" if fin == "sans_suite" else fin, gestionnaire=gestionnaire)
    piece = demande.justificatifs.filter(type__classe="financier").first() or fabriques.piece(demande)
    if fin == "sans_suite":
        fabriques.demandes.classer(gestionnaire, demande, fin, "Sans nouvelles.")
    etat = piece.etat
    with pytest.raises(ActionRefusee, match="ne se vérifient plus"):
        rejeter_piece(gestionnaire, piece, "Trop tard.")
    piece.refresh_from_db()
    assert piece.etat == etat
    assert lire(piece, "rejeter") not in connexion(gestionnaire).get(lire(piece)).content.decode()
