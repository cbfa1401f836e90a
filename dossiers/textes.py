"""French wording used outside templates: letters, history, messages."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format

INSECABLE = "\u00a0"


def euros(montant: Decimal | str | int) -> str:
    """1 234,56 € with its unbreakable spaces."""
    entier, _, decimales = f"{Decimal(montant):.2f}".partition(".")
    groupes = f"{int(entier):,}".replace(",", "\u202f")
    return f"{groupes},{decimales}{INSECABLE}€"


def jour(valeur: date | str) -> str:
    """22 novembre 2026, from a date or its ISO form."""
    if isinstance(valeur, str):
        valeur = date.fromisoformat(valeur)
    premier = "1er" if valeur.day == 1 else str(valeur.day)
    return f"{premier} {date_format(valeur, 'F Y')}"


def enumerer(mots: Sequence[str]) -> str:
    """« a, b et c »."""
    if len(mots) < 2:
        return "".join(mots)
    return f"{', '.join(mots[:-1])} et {mots[-1]}"
