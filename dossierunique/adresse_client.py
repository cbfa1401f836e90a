"""The client's address, behind as many trusted proxies as the settings say."""

from django.conf import settings
from django.http import HttpRequest


def adresse_client(request: HttpRequest) -> str:
    """The address that the outermost trusted proxy saw; the connection's own when there is none.

    Only the last MANDATAIRES entries of X-Forwarded-For were written by machines of ours: what
    stands before them is the client's word and must not let him out of a lockout.
    """
    chaine = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < settings.MANDATAIRES <= len(chaine) and chaine[-settings.MANDATAIRES].strip():
        return chaine[-settings.MANDATAIRES].strip()
    return request.META.get("REMOTE_ADDR", "")
