"""Pages as images. PDFium is not thread-safe: one at a time in a process."""

import io
from threading import Lock

import pypdfium2

LARGEUR_MAX = 2400
_verrou = Lock()


class PageAbsente(LookupError):
    """The document has no such page."""


def est_lisible(octets: bytes) -> bool:
    """Whether the engine of the previews opens the document and its first page."""
    try:
        with _verrou, pypdfium2.PdfDocument(octets) as pdf:
            return len(pdf) > 0 and pdf[0].get_width() > 0
    except pypdfium2.PdfiumError:
        return False


def page_png(octets: bytes, page: int, largeur: int) -> bytes:
    """Page number `page` (from 1) as a PNG of `largeur` pixels."""
    largeur = max(60, min(largeur, LARGEUR_MAX))
    with _verrou, pypdfium2.PdfDocument(octets) as pdf:
        if not 1 <= page <= len(pdf):
            raise PageAbsente(page)
        pdf.init_forms()
        feuille = pdf[page - 1]
        # A very long page (a till receipt) is bounded by its height as well.
        echelle = min(largeur / feuille.get_width(), 3 * LARGEUR_MAX / feuille.get_height())
        image = feuille.render(scale=echelle).to_pil()
    sortie = io.BytesIO()
    image.save(sortie, "PNG")
    return sortie.getvalue()
