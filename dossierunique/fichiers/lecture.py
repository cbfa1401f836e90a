"""The only way out: authenticated, in chunks, with headers that keep a document from acting."""

from collections.abc import Iterator
from itertools import chain

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from dossierunique.fichiers import apercus, entrepot
from dossierunique.fichiers.apercus import PageAbsente
from dossierunique.fichiers.erreurs import FichierAltere, FichierIndisponible
from dossierunique.fichiers.models import Fichier

__all__ = [
    "FichierAltere",
    "FichierIndisponible",
    "PageAbsente",
    "apercu",
    "flux",
    "lire",
    "ouvrir",
    "reponse",
]


def flux(fichier: Fichier) -> Iterator[bytes]:
    """The content whatever the state: for the antivirus and the checks, never for a person."""
    return entrepot.reprendre(fichier.chemin, fichier.reference)


def ouvrir(fichier: Fichier) -> Iterator[bytes]:
    """The content in chunks; raises FichierIndisponible unless the file is `disponible`."""
    if not fichier.disponible:
        raise FichierIndisponible(fichier.get_etat_display())
    return flux(fichier)


def lire(fichier: Fichier) -> bytes:
    """The whole content."""
    return b"".join(ouvrir(fichier))


def apercu(fichier: Fichier, page: int, largeur: int = 900) -> bytes:
    """Page `page` (from 1) as a PNG; raises PageAbsente."""
    return apercus.page_png(lire(fichier), page, largeur)


def reponse(fichier: Fichier, *, telecharger: bool) -> StreamingHttpResponse:
    """The file as an HTTP answer. The caller has checked the right and journalled."""
    contenu = ouvrir(fichier)
    # The first chunk is drawn now: a missing or altered object is an error page, not a cut download.
    debut = next(contenu, b"")
    http = StreamingHttpResponse(chain([debut], contenu), content_type=fichier.type_mime)
    http["Content-Length"] = str(fichier.taille)
    http["Content-Disposition"] = content_disposition_header(telecharger, fichier.nom) or "inline"
    http["X-Content-Type-Options"] = "nosniff"
    http["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    )
    http["Cross-Origin-Resource-Policy"] = "same-origin"
    http["Cache-Control"] = "private, no-store"
    return http
