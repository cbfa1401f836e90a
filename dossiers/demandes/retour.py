"""The browser's back button on the steps of a draft.

A page brought back by the browser carries an old version. Its author is not told that someone else changed the
draft when every version since then is her own: the session remembers which ones she wrote.
"""

from django.http import HttpRequest

from dossiers.demandes.models import Demande

CLE = "brouillons_ecrits"
RETENUS = 10


def version_lue(request: HttpRequest, demande: Demande, envoyee: int) -> int:
    """The version to check against: the present one when all that followed `envoyee` was written in this session."""
    debut, fin = request.session.get(CLE, {}).get(demande.numero, (0, 0))
    return demande.version if debut <= envoyee <= fin == demande.version else envoyee


def retenir(request: HttpRequest, numero: str, de: int, vers: int) -> None:
    """Remember that this session took the draft from one version to another."""
    ecrits = dict(request.session.get(CLE, {}))
    debut, fin = ecrits.pop(numero, (de, de))
    ecrits[numero] = (debut if fin == de else de, vers)
    request.session[CLE] = dict(list(ecrits.items())[-RETENUS:])
