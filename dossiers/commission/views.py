"""Recording a decision: first the letter is read again, then it is final."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dossiers.commission.actions import decider, verifier_decision
from dossiers.commission.forms import FormDecision
from dossiers.commission.models import Decision
from dossiers.demandes.models import Demande
from dossiers.demandes.plan import plan
from dossiers.echanges.lettres import lettre_de_decision
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossiers.vues import contexte_dossier, demande_visible, tenter
from dossierunique.courriers.composition import Lettre
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from partners.habilitations.acces import habilitation_requise


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def enregistrer(request: HttpRequest, numero: str) -> HttpResponse:
    """The form, the letter to read again (`relire`), then the decision."""
    demande = demande_visible(request.habilitation, numero)
    regard = exiger(request.habilitation, Droit.DECIDER, demande.dossier)
    form = FormDecision(request.POST or None, initial={"version": demande.version}, demande=demande)
    lettre = None
    if form.is_valid():
        if "confirmer" in request.POST:
            prise = tenter(
                form,
                lambda: decider(
                    request.habilitation, demande, **form.decision(), version=form.cleaned_data["version"]
                ),
            )
            if prise is not None:
                messages.success(
                    request, "La décision est enregistrée. Le courrier se prépare, puis chacun est prévenu."
                )
                return redirect("demandes:detail", numero)
        elif "corriger" not in request.POST:
            lettre = tenter(form, lambda: _projet_de_lettre(demande, form.decision()))
    journaliser(
        request.habilitation,
        Acte.CONSULTER,
        demande.dossier.numero,
        details={"page": "decision", "demande": demande.numero},
    )
    contexte = contexte_dossier(request.habilitation, demande.dossier, "demandes")
    contexte |= {"demande": demande, "form": form, "lettre": lettre, "plan": plan(demande, regard)}
    return render(request, "dossiers/commission/decision.html", contexte)


def _projet_de_lettre(demande: Demande, decision: dict[str, Any]) -> Lettre:
    """The letter of the decision as it would be: what would be refused is refused now."""
    verifier_decision(demande, **decision)
    return lettre_de_decision(Decision(demande=demande, **decision))
