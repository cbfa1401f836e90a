"""What spreadsheets are given: texts that they take for texts, and the CSV that French ones open by a double click."""

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO

Valeur = str | int | Decimal
FORMULES = ("=", "+", "-", "@", "\t", "\r", "\n")


def inerte(texte: str) -> str:
    """A text that no spreadsheet takes for a formula: people type some of what is exported."""
    return f"'{texte}" if texte.startswith(FORMULES) else texte


def en_csv(rangees: Iterable[Sequence[Valeur]]) -> bytes:
    """Rows with semicolons, decimal commas, inert texts, and the mark that says UTF-8."""
    tampon = StringIO()
    csv.writer(tampon, delimiter=";").writerows([_cellule(valeur) for valeur in rangee] for rangee in rangees)
    return tampon.getvalue().encode("utf-8-sig")


def _cellule(valeur: Valeur) -> str:
    return inerte(valeur) if isinstance(valeur, str) else str(valeur).replace(".", ",")
