"""What the rooms lay between the header and the page, whatever the page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

Bande = Callable[[HttpRequest], str]
_bandes: list[Bande] = []


def enregistrer(bande: Bande) -> Bande:
    """Add a room's strip, drawn by its template; called from AppConfig.ready."""
    if bande not in _bandes:
        _bandes.append(bande)
    return bande


def dessiner(request: Any) -> SafeString:
    """The strips of this page; none without a request."""
    if request is None:
        return mark_safe("")
    return mark_safe("".join(bande(request) for bande in _bandes))  # noqa: S308  drawn by templates
