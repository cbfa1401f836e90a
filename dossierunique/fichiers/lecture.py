"""The only way out: authenticated, in chunks, with headers that keep a document from acting."""

from collections.abc import Iterator
from itertools import chain

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from dossierunique.fichiers import apercus, entrepot
from dossierunique.fichiers.apercus import PageAbsente
from dossierunique.fichiers.erreurs import FichierAltere, FichierIndisponible
from dossierunique.fichiers.models import Fichier
from dossierunique.securite.coffres import Coffre, CoffreFerme, exiger_ouvert

__all__ = [
    "CoffreFerme",
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
    """The content whatever the state and the safe: for the antivirus and the checks, never for a person."""
    return entrepot.reprendre(fichier.chemin, fichier.reference, Coffre(fichier.coffre_cle))


def ouvrir(fichier: Fichier, coffre: Coffre = Coffre.ORDINAIRE) -> Iterator[bytes]:
    """The content in chunks, for who opens its safe: `coffre` comes from the policy that says who may.

    Raises CoffreFerme for another safe, FichierIndisponible unless the file is `disponible`.
    """
    exiger_ouvert(fichier.coffre, coffre)
    if not fichier.disponible:
        raise FichierIndisponible(fichier.get_etat_display())
    return flux(fichier)


def lire(fichier: Fichier, coffre: Coffre = Coffre.ORDINAIRE) -> bytes:
    """The whole content."""
    return b"".join(ouvrir(fichier, coffre))


def apercu(fichier: Fichier, page: int, largeur: int = 900, coffre: Coffre = Coffre.ORDINAIRE) -> bytes:
    """Page `page` (from 1) as a PNG, made for this answer and kept nowhere; raises PageAbsente."""
    return apercus.page_png(lire(fichier, coffre), page, largeur)


def reponse(
    fichier: Fichier, *, telecharger: bool, coffre: Coffre = Coffre.ORDINAIRE
) -> StreamingHttpResponse:
    """The file as an HTTP answer. The caller has checked the right and journalled."""
    contenu = ouvrir(fichier, coffre)
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
