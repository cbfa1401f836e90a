"""French wording used outside templates: letters, history, messages. Amounts and dates as the screens write them."""

from collections.abc import Sequence
from datetime import date

from dossierunique.ui import formats
from dossierunique.ui.formats import euros

__all__ = ["enumerer", "euros", "jour"]


def jour(valeur: date | str) -> str:
    """22 novembre 2026, from a date or its ISO form (events keep dates as text)."""
    return formats.jour(date.fromisoformat(valeur) if isinstance(valeur, str) else valeur)


def enumerer(mots: Sequence[str]) -> str:
    """« a, b et c »."""
    if len(mots) < 2:
        return "".join(mots)
    return f"{', '.join(mots[:-1])} et {mots[-1]}"
