"""Papers of an OPEX dossier, filed with no demande: the same ways, the same secrets."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dossiers.avis.models import NoteMedicale
from dossiers.justificatifs.actions import deposer_piece_au_dossier, rejeter_piece, valider_piece
from dossiers.justificatifs.models import TypePiece
from dossierunique.fichiers.depot import enregistrer_pdf
from dossierunique.journal.refus import AccesRefuse
from dossierunique.securite.identite import systeme
from partners.habilitations.identite import agir_pour
from tests import fabriques
from tests.opex.fabriques import dossier_opex

pytestmark = pytest.mark.django_db


def deposer(par, dossier, code="devis"):
    fichier = enregistrer_pdf(fabriques.pdf(), nom=f"{code}.pdf", cree_par=par)
    return deposer_piece_au_dossier(par, dossier, TypePiece.objects.get(code=code), fichier)


def client_de(habilitation):
    client = Client()
    client.force_login(habilitation.utilisateur, backend="partners.comptes.backends.Comptes")
    return client


@pytest.fixture
def gestionnaire():
    return fabriques.habilitation("gestionnaire")


@pytest.fixture
def dossier():
    return dossier_opex(endormi=False)


def test_a_paper_is_filed_from_the_screen_and_kept_once(dossier):
    client = client_de(dossier.ouvert_par)
    adresse = reverse("pieces:deposer_au_dossier", args=[dossier.numero])
    assert client.get(adresse).status_code == 200

    def envoyer():
        fichier = SimpleUploadedFile("devis.pdf", fabriques.pdf("Devis"), "application/pdf")
        return client.post(adresse, {"type": "devis", "fichiers": [fichier]})

    assert envoyer().status_code == 302
    encore = envoyer()
    assert encore.status_code == 422
    assert "déjà joint au dossier" in encore.content.decode()
    assert dossier.justificatifs.get().demande is None
    assert "Devis" in client.get(reverse("dossiers:pieces", args=[dossier.numero])).content.decode()


def test_nothing_chosen_is_said_beside_its_field(dossier):
    reponse = client_de(dossier.ouvert_par).post(
        reverse("pieces:deposer_au_dossier", args=[dossier.numero]), {"type": "devis"}
    )
    assert reponse.status_code == 422
    assert "Choisissez au moins un fichier" in reponse.content.decode()


def test_a_dossier_of_the_other_programme_takes_papers_with_its_demandes(gestionnaire):
    autre = fabriques.dossier()
    with pytest.raises(AccesRefuse):
        deposer(gestionnaire, autre)
    adresse = reverse("pieces:deposer_au_dossier", args=[autre.numero])
    assert client_de(gestionnaire).get(adresse).status_code == 404


def test_it_is_read_by_those_who_read_the_dossier_and_by_nobody_else(dossier, gestionnaire):
    piece = deposer(gestionnaire, dossier)
    adresse = reverse("pieces:lire", args=[piece.reference])
    qui = {
        "gestionnaire": gestionnaire, "partenaire": fabriques.habilitation("partenaire"),
        "refuse": fabriques.habilitation("partenaire", organisme="mspp", programmes=["DU"]),
        "ailleurs": fabriques.habilitation("correspondant", unites=[fabriques.unite("2e-rep")]),
    }  # fmt: skip
    statuts = {nom: client_de(h).get(adresse).status_code for nom, h in qui.items()}
    assert statuts == {"gestionnaire": 200, "partenaire": 200, "refuse": 404, "ailleurs": 404}


def test_it_is_checked_and_leads_back_to_the_papers(dossier, gestionnaire):
    piece, autre = deposer(gestionnaire, dossier), deposer(gestionnaire, dossier, "rib")
    client = client_de(gestionnaire)
    assert client.post(reverse("pieces:valider", args=[piece.reference])).url.endswith(
        reverse("pieces:lire", args=[autre.reference])
    )
    valider_piece(gestionnaire, autre)
    reponse = client.post(
        reverse("pieces:rejeter", args=[autre.reference]), {"motif": "illisible", "precision": ""}
    )
    assert reponse.url == reverse("dossiers:pieces", args=[dossier.numero])


def test_a_medical_paper_is_for_the_medecin_and_so_are_the_words_of_its_rejection(dossier, gestionnaire):
    piece = deposer(gestionnaire, dossier, "certificat-medical")
    medecin = fabriques.habilitation("medecin")
    assert client_de(gestionnaire).get(reverse("pieces:lire", args=[piece.reference])).status_code == 404
    assert client_de(medecin).get(reverse("pieces:lire", args=[piece.reference])).status_code == 200
    with agir_pour(medecin):
        rejeter_piece(medecin, piece, "Le diagnostic manque.", "incomplete")
    piece.refresh_from_db()
    assert piece.motif_rejet == "Le document est incomplet : il manque des pages."
    with agir_pour(medecin):
        assert NoteMedicale.objects.get().piece_id == piece.pk
    with agir_pour(gestionnaire):
        assert not NoteMedicale.objects.exists()
    with systeme("essai"):
        assert NoteMedicale.objects.get().demande is None
