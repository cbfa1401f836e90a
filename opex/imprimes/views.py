"""The « imprime » tab of an OPEX dossier."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from opex.commun import contexte_opex, dossier_opex
from partners.habilitations.acces import habilitation_requise


@require_GET
@habilitation_requise()
def liste(request: HttpRequest, numero: str) -> HttpResponse:
    """The tab."""
    dossier = dossier_opex(request.habilitation, numero)
    journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "imprime"})
    return render(request, "opex/base.html", contexte_opex(request, dossier, "imprime"))
