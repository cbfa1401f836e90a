"""What printed documents need and screens do not."""

from datetime import date, datetime

from django import template
from django.utils.dates import MONTHS
from django.utils.timezone import localtime

register = template.Library()


@register.filter
def jour_lettre(valeur: date | str | None) -> str:
    """`1er janvier 2026` from a date, kept on one line; a text passes as it is, nothing gives ""."""
    if not isinstance(valeur, date):
        return str(valeur or "")
    if isinstance(valeur, datetime):
        valeur = localtime(valeur)
    quantieme = "1er" if valeur.day == 1 else str(valeur.day)
    return f"{quantieme}\u00a0{MONTHS[valeur.month]}\u00a0{valeur.year}"
