"""The bars of a table: one a heading, as long as its number of persons. Every bar has its words beside it."""

from django.utils.safestring import SafeString

from dossierunique.ui.remplir import remplir, suite
from opex.recensement.tableaux import LigneTableau, Tableau

GRAPHE = '<ul class="graphe">{}</ul>'
LIGNE = '<li><span class="graphe__titre">{}</span>{}<b class="graphe__nombre">{}</b></li>'
BARRE = (
    '<svg class="graphe__barre" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
    '<rect class="ton-2" width="{:.2f}" height="8"/></svg>'
)
SANS_BARRE = SafeString('<span class="graphe__barre" aria-hidden="true"></span>')


def barres(tableau: Tableau) -> SafeString:
    """The chart of the numbers of persons, row by row; what is not published has no bar."""
    maximum = max((ligne.total.personnes or 0 for ligne in tableau.lignes), default=0)
    return remplir(GRAPHE, suite(LIGNE, (_ligne(ligne, maximum) for ligne in tableau.lignes)))


def _ligne(ligne: LigneTableau, maximum: int) -> tuple[str, SafeString, str]:
    personnes = ligne.total.personnes
    barre = SafeString(BARRE.format(100 * personnes / maximum)) if personnes else SANS_BARRE
    return ligne.libelle, barre, ligne.total.personnes_dites
