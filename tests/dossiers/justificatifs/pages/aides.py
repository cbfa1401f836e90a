"""Files to send, and the addresses of papers."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from dossiers.justificatifs.models import Justificatif
from tests import fabriques

PNG = b"\x89PNG\r\n\x1a\n"


def televerse(nom: str = "avis.pdf", contenu: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(nom, contenu or fabriques.pdf(nom), content_type="application/pdf")


def image(couleur: str = "navy") -> bytes:
    tampon = io.BytesIO()
    Image.new("RGB", (60, 80), couleur).save(tampon, "JPEG")
    return tampon.getvalue()


def lire(piece: Justificatif, vue: str = "lire", *autres: int) -> str:
    return reverse(f"pieces:{vue}", args=[piece.reference, *autres])


def depot(demande) -> str:
    return reverse("pieces:deposer", args=[demande.numero])
