"""Adding someone for whom an aid may be asked, in the middle of writing a demande."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dossiers.assures.actions import ajouter_ayant_droit
from dossiers.demandes.etats import EtatDemande
from dossiers.demandes.forms import FormAyantDroit
from dossiers.demandes.models import Demande
from dossiers.partages.models import Dossier
from dossiers.partages.policies import dossier_visible, exiger_sur
from dossiers.partages.profils import Droit
from dossiers.vues import tenter
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from partners.habilitations.acces import habilitation_requise

NOUVEAU = "nouveau"


def nouvel_ayant_droit(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    """Back from adding someone: she is the beneficiary proposed."""
    if request.GET.get("beneficiaire") != NOUVEAU:
        return {}
    return {"ayant_droit": dossier.assure.ayants_droit.order_by("pk").last()}


@require_http_methods(["GET", "HEAD", "POST"])
@habilitation_requise()
def ayant_droit(request: HttpRequest, numero: str) -> HttpResponse:
    """Add a possible beneficiary, then come back to the first step as it was left."""
    dossier = dossier_visible(request.habilitation, numero)
    exiger_sur(request.habilitation, Droit.DEPOSER_DEMANDE, dossier)
    brouillon = (
        Demande.objects.filter(
            dossier=dossier, etat=EtatDemande.BROUILLON, numero=request.GET.get("demande", "")
        )
        .visibles_par(request.habilitation)
        .first()
    )
    retour = reverse("demandes:besoin", args=[brouillon.numero]) if brouillon else (
        reverse("demandes:creer", args=[dossier.numero])
    )  # fmt: skip
    form = FormAyantDroit(request.POST or None)
    if form.is_valid():
        # Sent twice, added once.
        connu = dossier.assure.ayants_droit.filter(**form.cleaned_data).first()
        if connu or tenter(
            form, lambda: ajouter_ayant_droit(request.habilitation, dossier, **form.cleaned_data)
        ):
            return redirect(f"{retour}?beneficiaire={NOUVEAU}")
    journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "ayant_droit"})
    contexte = {"dossier": dossier, "form": form, "retour": retour}
    return render(
        request, "dossiers/demandes/ayant_droit.html", contexte, status=422 if form.is_bound else 200
    )
