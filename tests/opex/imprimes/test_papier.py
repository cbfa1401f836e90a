"""The form on paper: what it says, the code that a scanner reads back; and its signed scan."""

import io
from datetime import date, timedelta

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dossierunique.erreurs import ActionRefusee
from dossierunique.fichiers.depot import enregistrer_pdf
from dossierunique.fichiers.models import Fichier
from dossierunique.journal.models import LigneJournal
from opex.imprimes.actions import enregistrer_imprime, joindre_scan
from opex.imprimes.codes import lire_code
from opex.models import Imprime
from tests import fabriques
from tests.opex import fabriques as opex
from tests.opex.imprimes.saisies import champs, personne

pytestmark = pytest.mark.django_db


@pytest.fixture
def imprime(correspondant, dossier):
    """The second version."""
    enregistrer_imprime(correspondant, dossier, champs(), [personne()])
    return enregistrer_imprime(
        correspondant, dossier, champs(operation=opex.operation()), [personne(prenoms="Marqueurprenom")]
    )


@pytest.fixture
def pdf(connexion, correspondant, imprime):
    reponse = connexion(correspondant).get(adresse("papier", imprime))
    assert (reponse.status_code, reponse["Content-Type"]) == (200, "application/pdf")
    return reponse.content


def adresse(nom: str, imprime: Imprime) -> str:
    return reverse(f"imprimes:{nom}", args=[imprime.dossier.numero, imprime.rang])


def pages(octets: bytes) -> list[str]:
    with pypdfium2.PdfDocument(octets) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


@pytest.mark.parametrize("points", [100, 150, 300])
def test_the_code_is_read_back_from_the_page(pdf, imprime, points):
    """As a scanner sees it, from a poor one to a good one."""
    with pypdfium2.PdfDocument(pdf) as document:
        image = document[0].render(scale=points / 72).to_pil().convert("L")
    (lu,) = zxingcpp.read_barcodes(image)
    assert lu.text == f"DU:{imprime.dossier.numero}:{imprime.reference}:2"
    assert lire_code(lu.text) == (imprime.dossier.numero, imprime.reference, 2)
    # Nothing of the person is in it.
    assure = imprime.dossier.assure
    for secret in (assure.nom_naissance, assure.nir, "1984"):
        assert secret not in lu.text


def test_the_paper_says_what_it_is_and_what_is_known(pdf, imprime):
    toutes = pages(pdf)
    for page in toutes:
        assert "version 2" in page and imprime.reference in page, "on each page"
    texte = " ".join(toutes)
    for dit in ("Marqueurprenom", "Barkhane", "caporal-chef", imprime.dossier.numero, "Signature"):
        assert dit in texte, dit
    assert imprime.dossier.assure.nir not in texte.replace(" ", "")


def test_the_paper_is_accessible(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.Lang == "fr" and document.Root.MarkInfo.Marked
        figures = [
            o
            for o in document.objects
            if isinstance(o, pikepdf.Dictionary) and str(o.get("/S", "")) == "/Figure"
        ]
        assert ["version 2" in str(figure.Alt) for figure in figures] == [True]


def test_printing_is_journalled_and_kept_to_who_fills_the_form(connexion, correspondant):
    dossier = opex.dossier_opex(correspondant, endormi=False)
    imprime = enregistrer_imprime(correspondant, dossier, champs(), [personne()])
    for profil in ("partenaire", "assistant_social", "medecin", "secretaire", "dpo"):
        assert connexion(fabriques.habilitation(profil)).get(adresse("papier", imprime)).status_code == 404
    connexion(fabriques.habilitation("gestionnaire")).get(adresse("papier", imprime))
    (ligne,) = LigneJournal.objects.filter(action="imprimer")
    assert (ligne.objet, ligne.details["ref"]) == (dossier.numero, imprime.reference)


# The signed paper.


def televerse(octets: bytes | None = None, nom: str = "scan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(nom, octets or fabriques.pdf("Imprimé signé"), "application/pdf")


def test_the_signed_paper_is_attached_and_opened(connexion, correspondant, imprime):
    client = connexion(correspondant)
    donnees = {"signe_le": timezone.localdate().isoformat(), "signe_a": "Bayonne", "preuve": televerse()}
    assert client.post(adresse("signer", imprime), donnees)["Location"] == adresse("detail", imprime)
    imprime.refresh_from_db()
    assert (imprime.signe_a, imprime.scan.nom) == ("Bayonne", "acte-signe.pdf")
    page = client.get(adresse("detail", imprime)).content.decode()
    assert adresse("scan", imprime) in page and adresse("signer", imprime) not in page
    reponse = client.get(adresse("scan", imprime))
    assert b"".join(reponse.streaming_content).startswith(b"%PDF")
    (ligne,) = LigneJournal.objects.filter(action="telecharger")
    assert ligne.details == {"imprime": imprime.reference, "version": 2}
    # A version has one signed paper.
    assert "déjà joint" in client.get(adresse("signer", imprime)).content.decode()
    assert client.post(adresse("signer", imprime), donnees | {"preuve": televerse()}).status_code == 422
    with pytest.raises(ActionRefusee, match="déjà joint"):
        joindre_scan(correspondant, imprime, fichier=imprime.scan, signe_le=date(2026, 1, 1), signe_a="Pau")


def test_the_scan_is_kept_when_another_field_is_to_be_corrected(connexion, correspondant, imprime):
    client = connexion(correspondant)
    demain = (timezone.localdate() + timedelta(days=1)).isoformat()
    page = client.post(
        adresse("signer", imprime), {"signe_le": demain, "signe_a": "Bayonne", "preuve": televerse()}
    )
    contenu = page.content.decode()
    assert page.status_code == 422
    assert "dans le futur" in contenu and "Fichier gardé" in contenu and "Bayonne" in contenu
    jeton = page.context["form"].data["preuve_gardee"]
    corrige = {"signe_le": timezone.localdate().isoformat(), "signe_a": "Bayonne", "preuve_gardee": jeton}
    assert client.post(adresse("signer", imprime), corrige).status_code == 302
    assert Fichier.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"preuve": ""}, "Joignez le formulaire signé"),
        ({"preuve": televerse(b"rien d'un PDF", "faux.pdf")}, "fichier"),
        ({"signe_a": ""}, "ville de signature"),
        ({"signe_le": ""}, "date de signature"),
    ],
)
def test_a_refused_scan_says_why(connexion, correspondant, imprime, change, message):
    donnees = {"signe_le": "2026-11-01", "signe_a": "Bayonne", "preuve": televerse(), **change}
    page = connexion(correspondant).post(adresse("signer", imprime), donnees)
    assert page.status_code == 422
    assert message in page.content.decode()
    imprime.refresh_from_db()
    assert imprime.scan is None


def test_an_unscanned_file_stays_closed(connexion, correspondant, imprime):
    scan = enregistrer_pdf(fabriques.pdf(), nom="scan.pdf", cree_par=correspondant)
    joindre_scan(correspondant, imprime, fichier=scan, signe_le=date(2026, 11, 1), signe_a="Pau")
    Fichier.objects.filter(pk=scan.pk).update(etat="en_analyse")
    assert connexion(correspondant).get(adresse("scan", imprime))["Location"] == adresse("detail", imprime)
    assert not LigneJournal.objects.filter(action="telecharger").exists()


def test_the_signed_paper_is_opened_by_who_reads_all_of_it(connexion, correspondant):
    dossier = opex.dossier_opex(correspondant, endormi=False)
    imprime = enregistrer_imprime(correspondant, dossier, champs(), [personne()])
    scan = enregistrer_pdf(fabriques.pdf(), nom="scan.pdf", cree_par=correspondant)
    joindre_scan(correspondant, imprime, fichier=scan, signe_le=date(2026, 11, 1), signe_a="Pau")
    assert connexion(fabriques.habilitation("gestionnaire")).get(adresse("scan", imprime)).status_code == 200
    # The social worker reads the family, and not the address that the paper shows.
    for profil in ("assistant_social", "referent_opex", "partenaire", "medecin", "secretaire", "dpo"):
        client = connexion(fabriques.habilitation(profil))
        assert client.get(adresse("scan", imprime)).status_code == 404, profil
        assert client.get(adresse("signer", imprime)).status_code == 404, profil
        assert adresse("scan", imprime) not in client.get(adresse("detail", imprime)).content.decode(), profil
