"""Reading the journal. The rooms above decide who may: this view is bare, and mounted by them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import acteur_de, journaliser
from dossierunique.journal.forms import FiltreJournal
from dossierunique.ui.pagination import Page, page_par_cle

TAILLE = 50


@require_GET
def liste(request: HttpRequest, gabarit: str = "journal/liste.html") -> HttpResponse:
    """The journal, newest first, by dossier, agent, act and period. Reading it is journalled too."""
    formulaire = FiltreJournal(request.GET)
    page = Page([])
    if formulaire.is_valid():
        page = page_par_cle(formulaire.lignes(), request, cles=("-quand", "-pk"), taille=TAILLE)
        journaliser(acteur_de(request), Acte.LISTER, "journal", details=formulaire.resume())
    return render(request, gabarit, {"formulaire": formulaire, "page": page})
