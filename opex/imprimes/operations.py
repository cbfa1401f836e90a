"""The catalogue of operations, kept by the CNMSS."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossiers.vues import tenter
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.ui.formulaires import differences
from opex.imprimes.acces import exiger_depart
from opex.imprimes.actions import ajouter_operation, modifier_operation
from opex.imprimes.forms import FormOperation
from opex.imprimes.models import Operation
from partners.habilitations.acces import habilitation_requise
from partners.models import Habilitation


def _exiger(habilitation: Habilitation) -> None:
    exiger_depart(habilitation)
    exiger(habilitation, Droit.GERER_GENRES)


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def operations(request: HttpRequest) -> HttpResponse:
    """The catalogue, and a new operation."""
    _exiger(request.habilitation)
    form = FormOperation(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        operation = tenter(form, lambda: ajouter_operation(request.habilitation, form.champs()))
        if operation:
            messages.success(request, f"L’opération {operation.nom} est proposée sur les imprimés.")
            return redirect("imprimes:operations")
    journaliser(request.habilitation, Acte.LISTER, details={"liste": "operations"})
    contexte = {"form": form, "operations": Operation.objects.all()}
    return render(request, "opex/imprimes/operations.html", contexte, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def operation(request: HttpRequest, code: str) -> HttpResponse:
    """Correct an operation, or say when it ended."""
    _exiger(request.habilitation)
    tenue = Operation.objects.filter(code=code).first()
    if tenue is None:
        raise AccesRefuse(motif="opération inconnue")
    form = FormOperation(
        request.POST if request.method == "POST" else None, instance=tenue, initial={"version": tenue.version}
    )
    if form.is_bound and form.is_valid() and tenter(
        form,
        lambda: modifier_operation(
            request.habilitation, tenue, form.champs(), form.cleaned_data["version"]
        ),
    ):  # fmt: skip
        messages.success(request, "L’opération est enregistrée.")
        return redirect("imprimes:operations")
    journaliser(request.habilitation, Acte.CONSULTER, details={"page": "operation", "operation": tenue.code})
    conflit = getattr(form, "conflit", None)
    contexte = {"form": form, "operation": tenue, "conflit": differences(form, conflit) if conflit else None}
    return render(request, "opex/imprimes/operation.html", contexte, status=422 if form.errors else 200)
