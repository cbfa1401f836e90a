"""What is kept of an upload: a still, parsed PDF, and nothing that acts or tells too much."""

import io
import zipfile

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from dossierunique.fichiers import nettoyage
from dossierunique.fichiers.erreurs import FichierRefuse
from dossierunique.fichiers.exemples import pdf_exemple


def nettoyer(octets: bytes) -> nettoyage.Propre:
    return nettoyage.nettoyer(io.BytesIO(octets))


def refus(octets: bytes) -> str:
    with pytest.raises(FichierRefuse) as erreur:
        nettoyer(octets)
    return str(erreur.value)


def couleurs(propre: nettoyage.Propre, *places: float) -> list[tuple[int, int, int]]:
    """Colours found at these heights (0 to 1) in the middle of the first page."""
    with pypdfium2.PdfDocument(propre.contenu.read()) as pdf:
        image = pdf[0].render().to_pil().convert("RGB")
    return [image.getpixel((image.width // 2, int(image.height * place))) for place in places]


def en_octets(image: Image.Image, genre: str, **options) -> bytes:
    sortie = io.BytesIO()
    image.save(sortie, genre, **options)
    return sortie.getvalue()


@pytest.fixture
def piege(pdf):
    """A PDF with everything that acts or hides, some of it deep in direct objects."""
    sortie = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as doc:
        script = Dictionary(S=Name.JavaScript, JS=String("app.alert('MALICE')"))
        doc.Root.OpenAction = script
        doc.Root.AA = Dictionary(WC=script)
        doc.Root.Names = Dictionary(
            JavaScript=Dictionary(Names=Array([String("a"), doc.make_indirect(script)]))
        )
        doc.attachments["MALICE.exe"] = b"MZ MALICE"
        cadre = Array([50, 50, 90, 90])
        champ = doc.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("c"),
                Rect=cadre,
                AA=Dictionary(K=script),
            )
        )
        doc.Root.AcroForm = Dictionary(Fields=Array([champ]), XFA=doc.make_stream(b"<xdp>MALICE</xdp>"))
        lancer = Dictionary(S=Name.GoTo, Next=Array([Dictionary(S=Name.Launch, F=String("MALICE.exe"))]))
        doc.pages[0].Annots = Array(
            [
                Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=cadre, A=script),
                Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=cadre, A=lancer),
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Link,
                    Rect=cadre,
                    A=Dictionary(S=Name.URI, URI=String("https://exemple.invalid/")),
                ),
                doc.make_indirect(
                    Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=cadre, NM=String("MALICE"))
                ),
                Dictionary(
                    Type=Name.Annot, Subtype=Name.FileAttachment, Rect=cadre, Contents=String("MALICE")
                ),
                champ,
            ]
        )
        doc.pages[1].AA = Dictionary(O=script)
        doc.save(sortie)
    return sortie.getvalue()


def test_pdf_simple_garde_son_texte_et_ses_pages(pdf):
    propre = nettoyer(pdf)
    with pypdfium2.PdfDocument(propre.contenu.read()) as lu:
        assert propre.pages == len(lu) == 2
        assert "Revenu fiscal de référence" in lu[0].get_textpage().get_text_bounded()


def test_meme_pdf_meme_resultat(pdf):
    assert nettoyer(pdf).contenu.read() == nettoyer(pdf).contenu.read()


def test_contenu_actif_retire(piege):
    propre = nettoyer(piege)
    with pikepdf.open(propre.contenu) as doc:
        clair = io.BytesIO()
        doc.save(clair, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        annotations = list(doc.pages[0].Annots)
        assert len(doc.attachments) == 0
    texte = clair.getvalue()
    for interdit in (
        b"MALICE",
        b"/JavaScript",
        b"/OpenAction",
        b"/AA",
        b"/Launch",
        b"/EmbeddedFile",
        b"/XFA",
        b"/RichMedia",
    ):
        assert interdit not in texte, interdit
    assert b"https://exemple.invalid/" in texte
    assert [str(a.Subtype) for a in annotations] == ["/Link", "/Link", "/Link", "/Widget"]


def test_attributs_de_structure_gardes(pdf):
    """Tagged PDFs also have /A and /S: stripping them would undo their accessibility."""
    sortie = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as doc:
        attributs = Dictionary(O=Name.Table, Scope=Name.Column)
        doc.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Dictionary(S=Name.TH, A=attributs))
        doc.save(sortie)
    with pikepdf.open(nettoyer(sortie.getvalue()).contenu) as doc:
        assert doc.Root.StructTreeRoot.K.A.Scope == Name.Column


def test_pdf_a_mot_de_passe_refuse(pdf):
    sortie = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as doc:
        doc.save(sortie, encryption=pikepdf.Encryption(owner="p", user="u", R=6))
    assert "protégé par un mot de passe" in refus(sortie.getvalue())


def test_pdf_restreint_mais_lisible_accepte(pdf):
    """Bank statements forbid editing, not reading: whoever has them may read them, so may we."""
    sortie = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as doc:
        doc.save(sortie, encryption=pikepdf.Encryption(owner="p", user="", R=6))
    with pikepdf.open(nettoyer(sortie.getvalue()).contenu) as doc:
        assert not doc.is_encrypted


def test_trois_cents_pages_numerisees(pdf):
    propre = nettoyer(pdf_exemple("Dossier complet", ["ligne"] * 40, 300))
    assert propre.pages == 300


def test_trop_de_pages(settings):
    settings.FICHIER_PAGES_MAX = 3
    assert "4 pages, la limite est de 3" in refus(pdf_exemple("Long", ["x"], 4))


@pytest.mark.parametrize(
    "octets",
    [
        b"MZ\x90\x00" + b"\0" * 5000,
        b"#!/bin/sh\nrm -rf /",
        b"<html><script>1</script>",
        b"GIF89a" + b"\0" * 50,
    ],
)
def test_ce_qui_n_est_ni_pdf_ni_image(octets):
    assert "ni un PDF ni une image" in refus(octets)


def test_archive_refusee():
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "ni un PDF ni une image" in refus(sortie.getvalue())


def test_executable_devant_un_pdf_disparait(pdf):
    propre = nettoyer(b"MZ" + b"\x90" * 500 + pdf)
    octets = propre.contenu.read()
    assert octets.startswith(b"%PDF-") and b"\x90" * 20 not in octets


@pytest.mark.parametrize(
    "octets", [b"%PDF-1.7\n", b"%PDF-1.7\nn'importe quoi\n%%EOF", b"%PDF-1.4" + b"\0" * 9000]
)
def test_pdf_endommage(octets):
    assert "endommagé" in refus(octets)


def test_photo_redressee_sans_exif(photo):
    propre = nettoyer(photo)
    octets = propre.contenu.read()
    propre.contenu.seek(0)
    haut, bas = couleurs(propre, 0.3, 0.7)
    assert haut[0] > 200 > 60 > haut[2] and bas[2] > 200 > 60 > bas[0]
    with pikepdf.open(io.BytesIO(octets)) as doc:
        (image,) = [
            o for o in doc.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == Name.Image
        ]
        brut = image.read_raw_bytes()
        largeur, hauteur = doc.pages[0].MediaBox[2:]
    assert b"Exif" not in brut and b"TelephoneBavard" not in brut and b"TelephoneBavard" not in octets
    assert (round(largeur), round(hauteur)) == (595, 842)


def test_image_couchee_sur_une_page_couchee():
    with pikepdf.open(nettoyer(en_octets(Image.new("RGB", (800, 300), "green"), "PNG")).contenu) as doc:
        assert doc.pages[0].MediaBox[2] > doc.pages[0].MediaBox[3]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_png_de_toutes_sortes(mode):
    image = (
        Image.new("RGBA", (60, 80), (0, 0, 0, 0)).convert("L").convert("I;16")
        if mode == "I;16"
        else Image.new("RGBA", (60, 80), (255, 255, 255, 0)).convert(mode)
    )
    assert nettoyer(en_octets(image, "PNG")).pages == 1


def test_transparence_sur_blanc():
    (milieu,) = couleurs(nettoyer(en_octets(Image.new("RGBA", (60, 80), (0, 0, 0, 0)), "PNG")), 0.5)
    assert min(milieu) > 245


def test_tiff_de_plusieurs_pages():
    vues = [Image.new("1", (200, 300), i % 2) for i in range(3)]
    assert nettoyer(en_octets(vues[0], "TIFF", save_all=True, append_images=vues[1:])).pages == 3


def test_image_tronquee(photo):
    assert "endommagée" in refus(photo[: len(photo) // 2])


def test_image_demesuree(settings):
    settings.FICHIER_PIXELS_MAX = 10_000
    assert "trop grande" in refus(en_octets(Image.new("L", (200, 100)), "PNG"))
