"""Parts of the page that are the same for everybody, or for one person all day long, drawn once for a process.

A fragment sees the values that it is asked with and nothing else: what it shows cannot be another person's, and a
value that would be forgotten shows nothing.
"""

import secrets
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe

# Stands for the anti-forgery token, which is never the same twice.
_REPERE = secrets.token_hex(16)


@lru_cache(maxsize=1024)
def _dessiner(gabarit: str, _prefixe: str, _urls: str, valeurs: tuple[tuple[str, Any], ...]) -> SafeString:
    return get_template(gabarit).render({**dict(valeurs), "csrf_token": _REPERE})


def fragment(gabarit: str, jeton: Any = "", **valeurs: Any) -> SafeString:
    """The template drawn with these values (hashable, plain), and with the anti-forgery token of this answer."""
    dessin = _dessiner(gabarit, get_script_prefix(), settings.ROOT_URLCONF, tuple(valeurs.items()))
    return mark_safe(dessin.replace(_REPERE, str(jeton))) if _REPERE in dessin else dessin  # noqa: S308
