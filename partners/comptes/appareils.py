"""Browsers that an account has already signed in from: others' guesses must not slow its owner there.

A signed cookie holds, for each account, a number drawn at its first sign-in. It opens nothing by itself: it only
puts the attempts of this browser under a counter of its own (see verrou.py).
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from dossierunique.securite.crypto import empreinte

COOKIE, SEL = "du_appareil", "comptes.appareil"
DUREE = timedelta(days=180)
# A shared workstation remembers its last users; a cookie has no room for a whole organisme.
COMPTES_RETENUS = 12


def reconnu(request: HttpRequest, identifiant: str) -> str:
    """The number of this browser for this account, or nothing if the account never signed in from it."""
    return _lire(request).get(_nom(identifiant), "")


def retenir(request: HttpRequest, identifiant: str) -> None:
    """Recognise this browser from now on: the account has just proved itself in it."""
    comptes = _lire(request)
    numero = comptes.pop(_nom(identifiant), None) or secrets.token_hex(12)
    gardes = dict(list(comptes.items())[-COMPTES_RETENUS + 1 :])
    request.appareil_a_poser = {**gardes, _nom(identifiant): numero}  # type: ignore[attr-defined]


def poser(request: HttpRequest, reponse: HttpResponseBase) -> None:
    """Write the cookie that `retenir` prepared, if it did."""
    comptes = getattr(request, "appareil_a_poser", None)
    if comptes is not None:
        reponse.set_cookie(
            COOKIE,
            signing.dumps(comptes, salt=SEL),
            max_age=DUREE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _lire(request: HttpRequest) -> dict[str, str]:
    try:
        lu = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SEL, max_age=DUREE)
    except signing.BadSignature:
        return {}
    return lu if isinstance(lu, dict) else {}


def _nom(identifiant: str) -> str:
    return empreinte(identifiant.strip().lower(), "comptes.appareil").hex()[:24]
