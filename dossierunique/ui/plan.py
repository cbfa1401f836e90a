"""Geometry of the financing bar: widths laid end to end, never beyond the cost."""

from collections.abc import Iterable
from typing import Any


def segments(lignes: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The drawn lines with their abscissa, on a scale of 100."""
    x, traces = 0.0, []
    for ligne in lignes:
        largeur = min(max(float(ligne.get("largeur") or 0), 0.0), 100.0 - x)
        if largeur > 0:
            traces.append({"x": x, "largeur": largeur, "ton": ligne.get("ton", 1)})
            x += largeur
    return traces
