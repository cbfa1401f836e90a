"""Addresses of pages by the dozen: Django looks each name up once, then the number is put in its place."""

from functools import cache
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.urls import get_script_prefix, reverse

# What stands for the number or the reference in a page's address; neither is ever given to a real one.
REPERES: dict[type, Any] = {str: "NUMERO-A-METTRE", UUID: UUID(int=2**128 - 1)}


@cache
def _modele(_prefixe: str, _urls: str, vue: str, nature: type | None) -> str:
    return reverse(vue, args=[REPERES[nature]] if nature else [])


def adresse(vue: str, valeur: str | UUID | None = None) -> str:
    """The address of a page without argument, or whose only one is a public number or a reference."""
    nature = None if valeur is None else UUID if isinstance(valeur, UUID) else str
    modele = _modele(get_script_prefix(), settings.ROOT_URLCONF, vue, nature)
    return modele.replace(str(REPERES[nature]), quote(str(valeur), safe="")) if nature else modele
