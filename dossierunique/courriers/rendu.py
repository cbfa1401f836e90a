"""Django template → WeasyPrint → a PDF that is both PDF/A-3a (archiving) and PDF/UA-1 (accessible)."""

import io
import mimetypes
from functools import cache
from pathlib import Path
from threading import Lock
from urllib.parse import unquote, urlsplit

import pikepdf
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from dossierunique.courriers import expediteur
from dossierunique.courriers.typographie import typographier
from dossierunique.courriers.xmp import DECLARATION_UA

FEUILLE = "css/courriers/courriers.css"
# Not a real address: it gives relative addresses something to stand on, and the fetcher reads it.
STATIQUE = "https://statique.invalid/"
# One configuration of fonts a process, measured 0.82× the time; Pango's side of it is not thread-safe.
_verrou = Lock()


class AdresseInterdite(FatalURLFetchingError):
    """A document asked for something else than one of our static files."""


class NosFichiers(URLFetcher):
    """Fetches our static files and `data:` only: no rendering ever goes to the network or the disk."""

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        if not url.startswith(STATIQUE):
            raise AdresseInterdite(f"adresse interdite dans un document : {url}")
        chemin = unquote(urlsplit(url).path).lstrip("/")
        trouve = finders.find(chemin)
        if not trouve:
            raise AdresseInterdite(f"fichier statique absent : {chemin}")
        genre = mimetypes.guess_type(chemin)[0] or "application/octet-stream"
        return URLFetcherResponse(url, Path(trouve).read_bytes(), {"Content-Type": genre})


@cache
def _atelier() -> tuple[FontConfiguration, CSS]:
    polices = FontConfiguration()
    feuille = CSS(url=STATIQUE + FEUILLE, url_fetcher=NosFichiers(), font_config=polices)
    return polices, feuille


def rendre_pdf(gabarit: str, contexte: dict, *, titre: str) -> bytes:
    """Render a template as a tagged, archivable PDF in French."""
    commun = {"titre": titre, "expediteur": expediteur.expediteur(), "demo": settings.MODE_DEMO}
    html = typographier(render_to_string(gabarit, {**commun, **contexte}))
    with _verrou:
        polices, feuille = _atelier()
        pdf = HTML(string=html, base_url=STATIQUE, url_fetcher=NosFichiers()).write_pdf(
            stylesheets=[feuille], font_config=polices, pdf_variant="pdf/a-3a", pdf_tags=True
        )
    return _declarer_accessible(pdf)


def _declarer_accessible(octets: bytes) -> bytes:
    """Add to a PDF/A what makes it PDF/UA too: the declaration, and the title shown in the window."""
    sortie = io.BytesIO()
    with pikepdf.open(io.BytesIO(octets)) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
        fin = xmp.rindex(b"</rdf:RDF>")
        pdf.Root.Metadata.write(xmp[:fin] + DECLARATION_UA + xmp[fin:])
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdf.save(sortie, deterministic_id=True)
    return sortie.getvalue()
