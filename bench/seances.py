"""Signed-in sessions, as the sign-in page leaves them."""

import time
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_backends


def ouvrir(utilisateur: Any, **autres: object) -> dict[str, str]:
    """The cookies of a person who has just signed in; `autres` is what the portal remembers beside."""
    seance = import_module(settings.SESSION_ENGINE).SessionStore()
    seance[SESSION_KEY] = str(utilisateur.pk)
    seance[BACKEND_SESSION_KEY] = _chemin()
    seance[HASH_SESSION_KEY] = utilisateur.get_session_auth_hash()
    maintenant = int(time.time())
    seance.update({"session_debut": maintenant, "session_vue": maintenant, **autres})
    seance.save()
    return {settings.SESSION_COOKIE_NAME: seance.session_key}


def _chemin() -> str:
    """The first backend that knows a user by name and password."""
    for chemin, backend in zip(settings.AUTHENTICATION_BACKENDS, get_backends(), strict=True):
        if "axes" not in chemin and hasattr(backend, "get_user"):
            return chemin
    raise RuntimeError("aucun backend d’authentification")
