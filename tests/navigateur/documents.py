"""Papers to upload and PDFs to read."""

import io
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw

from dossierunique.fichiers.exemples import pdf_exemple


def pdf(nom: str, titre: str, *lignes: str, pages: int = 1) -> dict[str, Any]:
    """A PDF as Playwright uploads it."""
    octets = pdf_exemple(titre, list(lignes) or [f"{titre}, document fictif."], pages=pages)
    return {"name": nom, "mimeType": "application/pdf", "buffer": octets}


def numerisation(nom: str, titre: str) -> dict[str, Any]:
    """A scanned page: a PDF that holds a picture and no text."""
    image = Image.new("L", (1240, 1754), 250)
    crayon = ImageDraw.Draw(image)
    crayon.text((120, 160), titre, fill=30, font_size=48)
    crayon.line([(160, 1480), (300, 1400), (420, 1500), (560, 1390)], fill=20, width=6)
    sortie = io.BytesIO()
    image.save(sortie, "PDF", resolution=150)
    return {"name": nom, "mimeType": "application/pdf", "buffer": sortie.getvalue()}


def pages(octets: bytes) -> int:
    """How many pages a PDF has."""
    document = pypdfium2.PdfDocument(octets)
    try:
        return len(document)
    finally:
        document.close()


def texte(octets: bytes) -> str:
    """The text of a PDF, on one line with plain spaces."""
    assert octets.startswith(b"%PDF-"), octets[:60]
    document = pypdfium2.PdfDocument(octets)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).replace("\ufffe", "-").split())
