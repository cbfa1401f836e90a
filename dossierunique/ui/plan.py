"""The financing bar with its legend and what is left to pay: widths laid end to end, never beyond the cost."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString

from dossierunique.ui.formats import euros
from dossierunique.ui.remplir import remplir, suite

BARRE = (
    '<svg class="barre" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>\n'
    '<ul class="legende">{}</ul>\n'
)
SEGMENT = '<rect class="ton-{}" x="{:.2f}" width="{:.2f}" height="8"/>'
LIGNE = (
    '<li><i class="ton-{}{}" aria-hidden="true"></i><span>{} <span class="doux petit">{}</span></span>'
    "<b{}>{}</b></li>"
)
RESTE = '<p class="reste"><span>Reste à charge{}</span><b>{}</b></p>'
SUR = '<br><span class="doux petit">sur {}{}</span>'
RESUME = "Répartition du financement, détaillée ci-dessous"
VAGUE, DOUX = SafeString(" vague"), SafeString(' class="doux"')


def segments(lignes: Iterable[dict[str, Any]]) -> list[tuple[int, float, float]]:
    """The drawn lines as (tone, abscissa, width), on a scale of 100."""
    x, traces = 0.0, []
    for ligne in lignes:
        largeur = min(max(float(ligne.get("largeur") or 0), 0.0), 100.0 - x)
        if largeur > 0:
            traces.append((ligne.get("ton", 1), x, largeur))
            x += largeur
    return traces


def dessiner(
    lignes: list[dict[str, Any]], cout: Any = None, reste: Any = None, resume: str = "", precision: str = ""
) -> SafeString:
    """The whole figure.

    Arguments: lignes, dicts of libelle, etat (word), montant (Decimal or None), largeur (0-100 of the cost), ton (1-4);
    resume, the text alternative; reste and cout (Decimal or None); precision, such as "par mois".
    """
    barre = SafeString("".join(SEGMENT.format(*trace) for trace in segments(lignes)))
    figure = remplir(BARRE, resume or RESUME, barre, suite(LIGNE, map(_ligne, lignes)))
    if reste is None:
        return figure
    sur = remplir(SUR, euros(cout), f" {precision}" if precision else "") if cout else ""
    return SafeString(figure + remplir(RESTE, sur, euros(reste)))


def _ligne(ligne: dict[str, Any]) -> tuple[Any, ...]:
    dessinee = bool(ligne.get("largeur"))
    return (
        ligne.get("ton", 1),
        "" if dessinee else VAGUE,
        ligne["libelle"],
        ligne["etat"],
        "" if dessinee else DOUX,
        euros(ligne["montant"]),
    )
