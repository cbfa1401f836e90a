"""From what a person uploads to what we keep: always a PDF, parsed, still, without hidden content."""

import io
from itertools import islice
from typing import BinaryIO, NamedTuple

import filetype
import img2pdf
import pikepdf
from PIL import Image, ImageFile, ImageOps, ImageSequence

from dossierunique.fichiers import apercus, reglages
from dossierunique.fichiers.actif import desarmer
from dossierunique.fichiers.erreurs import FichierRefuse

IMAGES = {"image/jpeg", "image/png", "image/tiff"}
# A4 at 300 dots per inch needs 3508: beyond, a photo weighs more and reads no better.
COTE_MAX = 4000
A4 = (img2pdf.mm_to_pt(210), img2pdf.mm_to_pt(297))

FORMAT_INCONNU = (
    "Ce fichier n’est ni un PDF ni une image JPEG, PNG ou TIFF, quel que soit son nom. "
    "Ouvrez-le avec le logiciel d’origine, enregistrez-le en PDF, puis déposez-le de nouveau."
)
PROTEGE = (
    "Ce PDF est protégé par un mot de passe : enregistrez-le sans protection, puis déposez-le de nouveau."
)
PDF_ENDOMMAGE = (
    "Ce PDF est endommagé et ne peut pas être lu. Ouvrez-le, imprimez-le en PDF "
    "ou numérisez de nouveau le document, puis déposez le nouveau fichier."
)
IMAGE_ENDOMMAGEE = (
    "Cette image est endommagée et ne peut pas être lue. "
    "Reprenez la photo ou numérisez de nouveau le document."
)
IMAGE_DEMESUREE = (
    "Cette image est trop grande. Numérisez le document à 300 points par pouce, puis déposez-le de nouveau."
)


class Propre(NamedTuple):
    """A cleaned document."""

    contenu: BinaryIO
    taille: int
    pages: int


def nettoyer(source: BinaryIO) -> Propre:
    """The PDF to keep, from an uploaded PDF or image; raises FichierRefuse with a message to show."""
    source.seek(0)
    debut = source.read(4096)
    source.seek(0)
    if b"%PDF-" in debut[:1024]:
        return _nettoyer_pdf(source)
    genre = filetype.guess_mime(debut)
    if genre in IMAGES:
        return _nettoyer_image(source)
    raise FichierRefuse(FORMAT_INCONNU)


def compter_pages(octets: bytes) -> int:
    """Number of pages of one of our own PDFs."""
    with pikepdf.open(io.BytesIO(octets)) as pdf:
        return len(pdf.pages)


def _nettoyer_pdf(source: BinaryIO) -> Propre:
    sortie = io.BytesIO()
    try:
        with pikepdf.open(source) as pdf:
            pages = len(pdf.pages)
            _verifier_pages(pages)
            desarmer(pdf)
            pdf.save(sortie, encryption=False, deterministic_id=True)
    except pikepdf.PasswordError as erreur:
        raise FichierRefuse(PROTEGE) from erreur
    except (pikepdf.PdfError, ValueError, RecursionError) as erreur:
        raise FichierRefuse(PDF_ENDOMMAGE) from erreur
    if not apercus.est_lisible(sortie.getvalue()):
        raise FichierRefuse(PDF_ENDOMMAGE)
    return _propre(sortie, pages)


def _verifier_pages(pages: int) -> None:
    if pages == 0:
        raise FichierRefuse(PDF_ENDOMMAGE)
    if pages > reglages.pages_max():
        raise FichierRefuse(
            f"Ce document compte {pages} pages, la limite est de {reglages.pages_max()}. "
            "Partagez-le en plusieurs fichiers, puis déposez-les l’un après l’autre."
        )


def _nettoyer_image(source: BinaryIO) -> Propre:
    # WeasyPrint, in the same process, lets Pillow fill a cut image with grey: a paper must be whole.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(source, formats=["JPEG", "PNG", "TIFF", "MPO"]) as image:
            nombre = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            _verifier_pages(nombre)
            vues = [_redresser(vue) for vue in islice(ImageSequence.Iterator(image), nombre)]
    except Image.DecompressionBombError as erreur:
        raise FichierRefuse(IMAGE_DEMESUREE) from erreur
    except (OSError, SyntaxError, ValueError) as erreur:
        raise FichierRefuse(IMAGE_ENDOMMAGEE) from erreur
    mise_en_page = img2pdf.get_layout_fun(pagesize=A4, fit=img2pdf.FitMode.into, auto_orient=True)
    pdf = img2pdf.convert(vues, layout_fun=mise_en_page, nodate=True, producer="Dossier unique")
    return _propre(io.BytesIO(pdf), nombre)


def _redresser(image: Image.Image) -> bytes:
    """One view, upright, on white, without any metadata, as JPEG (PNG when it is black and white)."""
    if image.width * image.height > reglages.pixels_max():
        raise FichierRefuse(IMAGE_DEMESUREE)
    droite = ImageOps.exif_transpose(image)
    noir_et_blanc = droite.mode == "1"
    if not noir_et_blanc:
        droite = _sur_blanc(droite)
        droite.thumbnail((COTE_MAX, COTE_MAX), Image.Resampling.LANCZOS)
    # A bare copy: what Pillow carries in `info` (EXIF, comments, profiles) would follow into the file.
    nue = Image.new(droite.mode, droite.size)
    nue.paste(droite)
    sortie = io.BytesIO()
    nue.save(sortie, **({"format": "PNG"} if noir_et_blanc else {"format": "JPEG", "quality": 85}))
    return sortie.getvalue()


def _sur_blanc(image: Image.Image) -> Image.Image:
    """Grey or RGB, transparency laid on white."""
    if image.mode in ("L", "RGB") and "transparency" not in image.info:
        return image
    if image.mode.startswith("I"):
        return image.point(lambda v: v / 256).convert("L")
    couleur = image.convert("RGBA")
    fond = Image.new("RGB", couleur.size, "white")
    fond.paste(couleur, mask=couleur.getchannel("A"))
    return fond


def _propre(sortie: io.BytesIO, pages: int) -> Propre:
    taille = sortie.seek(0, io.SEEK_END)
    sortie.seek(0)
    return Propre(sortie, taille, pages)
