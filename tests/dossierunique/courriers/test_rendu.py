"""The PDFs: archivable, accessible, in our font, and they say what they must say."""

import io
import re
from datetime import date

import pikepdf
import pypdfium2
import pytest
from django.template import engines

from dossierunique.courriers import rendu
from dossierunique.courriers.rendu import AdresseInterdite, rendre_pdf

PERSONNE = {
    "nom": "MARTIN-FICTIF",
    "prenoms": "Éloïse, Marie",
    "date_naissance": date(1984, 5, 1),
    "nir_masque": "2 84 05 •• ••• ••• ••",
    "unite": "1er RPIMa, Bayonne",
}
CONSENTEMENT = {
    "personne": PERSONNE,
    "texte": {"version": "3", "titre": "Ce que vous acceptez", "corps_html": "Un texte."},
    "organismes": [
        {"nom": "Action sociale de la défense", "sigle": "ASD", "type_libelle": "action sociale"},
        {"nom": "Unéo", "sigle": "Unéo", "type_libelle": "mutuelle"},
    ],
    "reference": "FC-7Q2M-4K1D",
}


def consentement(**plus) -> bytes:
    return rendre_pdf(
        "courriers/formulaire_consentement.html", {**CONSENTEMENT, **plus}, titre="Recueil du consentement"
    )


def texte(octets: bytes) -> str:
    with pypdfium2.PdfDocument(octets) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    return re.sub(r"\s+", " ", "\n".join(pages))


def polices(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [
        o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
    ]


@pytest.fixture(scope="module")
def formulaire() -> bytes:
    return consentement()


def test_archivable_et_accessible(formulaire):
    with pikepdf.open(io.BytesIO(formulaire)) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
        assert re.search(rb'pdfaid:part(="|>)3', xmp) and re.search(rb'pdfaid:conformance(="|>)A', xmp)
        assert b"<pdfuaid:part>1</pdfuaid:part>" in xmp and b"pdfaExtension:schemas" in xmp
        assert pdf.Root.Lang == "fr" and pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.docinfo.Title == "Recueil du consentement"
        assert "/StructTreeRoot" in pdf.Root and "/OutputIntents" in pdf.Root


def test_notre_police_est_incorporee(formulaire):
    with pikepdf.open(io.BytesIO(formulaire)) as pdf:
        descripteurs = polices(pdf)
        assert descripteurs
        for descripteur in descripteurs:
            assert "Atkinson" in str(descripteur.FontName), descripteur.FontName
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descripteur.keys())


def test_balises_utiles(formulaire):
    """Headings, tables with headers, lists: what a screen reader walks by."""
    with pikepdf.open(io.BytesIO(formulaire)) as pdf:
        balises = {
            str(o.S)
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/StructElem"
        }
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI", "/P"} <= balises


def test_formulaire_de_consentement(formulaire):
    dit = texte(formulaire)
    assert "MARTIN-FICTIF" in dit and "1er mai 1984" in dit and "2 84 05 ••" in dit
    assert "FC-7Q2M-4K1D" in dit and "texte version 3" in dit
    assert dit.count("j’accorde") == dit.count("je refuse") == 2
    assert "Action sociale de la défense (ASD)" in dit and "Unéo · mutuelle" in dit
    for attendu in ("Refuser est sans conséquence", "changer d’avis à tout moment", "Signature", "1 / 2"):
        assert attendu in dit


@pytest.mark.parametrize(("nombre", "pages"), [(0, 2), (12, 2), (40, 3)])
def test_autant_d_organismes_que_voulu(nombre, pages):
    organismes = [
        {"nom": f"Organisme numéro {i}", "sigle": f"O{i}", "type_libelle": "mutuelle"} for i in range(nombre)
    ]
    octets = consentement(organismes=organismes)
    with pypdfium2.PdfDocument(octets) as pdf:
        assert len(pdf) <= pages
        # The signature never stands alone: who signs is on the same page.
        derniere = pdf[len(pdf) - 1].get_textpage().get_text_bounded()
    assert "Qui signe" in derniere and "Signature" in derniere
    assert texte(octets).count("j’accorde") == nombre


def test_mention_de_demonstration(settings):
    settings.MODE_DEMO = True
    assert "Document de démonstration, personnes fictives" in texte(consentement())
    settings.MODE_DEMO = False
    assert "démonstration" not in texte(consentement())


def test_synthese():
    contexte = {
        "dossier": {"numero": "DU-2026-0001234-K", "ouvert_le": date(2026, 11, 12), "etat": "ouvert"},
        "personne": PERSONNE,
        "demandes": [
            {
                "numero": "DM-2026-0004821-R",
                "type_aide": "Aide ménagère",
                "deposee_le": date(2026, 11, 12),
                "etat": "incomplète",
                "cout": 720,
                "reste": 180,
                "plan": [{"organisme": "CNMSS", "etat": "demandé", "montant": 1360}],
            }
        ],
        "contributions": [],
    }
    dit = texte(rendre_pdf("courriers/synthese.html", contexte, titre="Synthèse"))
    assert "DU-2026-0001234-K" in dit and "Aide ménagère" in dit and "Reste à charge 180,00 €" in dit
    assert "1 360,00 €" in dit


def test_document_generique():
    contexte = {
        "reference": "X-1",
        "version": "2",
        "sections": [
            {"titre": "Identité", "champs": [("Nom", "MARTIN <b>")]},
            {"titre": "Choix", "cases": ["oui", "non"]},
            {"titre": "Suite", "tableau": {"colonnes": ["a", "b"], "lignes": [["1", "2"]]}},
            {"titre": "Mot", "texte": "Bonjour"},
        ],
        "signature": "Lu et approuvé",
    }
    dit = texte(rendre_pdf("courriers/document.html", contexte, titre="Formulaire"))
    for attendu in ("Formulaire", "MARTIN <b>", "oui", "Lu et approuvé", "version 2", "1 / 1"):
        assert attendu in dit


@pytest.mark.parametrize(
    "adresse", ["https://exemple.invalid/a.png", "file:///etc/passwd", "/absent.png", "../../../etc/passwd"]
)
def test_rien_du_reseau_ni_du_disque(monkeypatch, adresse):
    page = f'<html lang="fr"><body><img src="{adresse}" alt="x"></body></html>'
    monkeypatch.setattr(rendu, "render_to_string", lambda *_: page)
    with pytest.raises(AdresseInterdite):
        rendre_pdf("x", {}, titre="x")


def test_jour_lettre():
    gabarit = engines["django"].from_string(
        "{% load courriers %}{{ a|jour_lettre }}|{{ b|jour_lettre }}|{{ c|jour_lettre }}"
    )
    rendu_ = gabarit.render({"a": date(2026, 1, 1), "b": "le 2 mars", "c": None})
    assert rendu_ == "1er\u00a0janvier\u00a02026|le 2 mars|"
