"""Saving what is being typed, finding it again, sending it or throwing it away."""

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_GET, require_POST

from dossierunique.ui import formats
from partners.comptes import brouillons
from partners.comptes.brouillons import Saisie

# What a person reads of an act that was suspended, when the button says more than « envoyer ».
ACTES = {"dossiers:reveler_nir": "Afficher le NIR"}


@login_required
@require_POST
def garder(request: HttpRequest) -> HttpResponse:
    """Save what is in a form, at the demand of the page."""
    try:
        champs = [(str(nom), str(valeur)) for nom, valeur in json.loads(request.POST.get("champs", ""))]
    except (ValueError, TypeError):
        return HttpResponseBadRequest()
    saisie = Saisie(request.POST.get("page", ""), request.POST.get("action", ""), champs)
    brouillon = brouillons.garder(request.user, saisie)
    return JsonResponse({"reference": str(brouillon.reference) if brouillon else ""})


@login_required
@require_POST
def retrouver(request: HttpRequest) -> JsonResponse:
    """The drafts of the forms of one page; asked by POST, for the address may hold a name that was searched for."""
    trouves = brouillons.de_la_page(request.user, request.POST.get("page", ""))[:5]
    return JsonResponse(
        {
            "brouillons": [
                {
                    "reference": str(b.reference),
                    "quand": formats.moment(b.ecrit_le),
                    **dict(zip(("action", "champs"), brouillons.lire(b)[1:], strict=True)),
                }
                for b in trouves
            ]
        }
    )


@login_required
@require_GET
def reprendre(request: HttpRequest, reference: str) -> HttpResponse:
    """What was being sent when the session ended, or before proving oneself again."""
    brouillon = brouillons.trouver(request.user, str(reference))
    if brouillon is None:
        return redirect("accueil")
    saisie = brouillons.lire(brouillon)
    contexte = {
        "brouillon": brouillon,
        "saisie": saisie,
        "acte": ACTES.get(_vue(saisie.action), ""),
        "champs": [(nom, valeur) for nom, valeur in saisie.champs if valeur],
        "page": saisie.page if saisie.page != saisie.action or _se_lit(saisie.page) else "",
    }
    reponse = render(request, "partners/comptes/reprendre.html", contexte)
    reponse["Cache-Control"] = "private, no-store"
    return reponse


@login_required
@require_POST
def effacer(request: HttpRequest, reference: str) -> HttpResponse:
    """The draft is no longer wanted."""
    brouillons.effacer(request.user, str(reference))
    return HttpResponse(status=204) if request.headers.get("X-Brouillon") else redirect("accueil")


def _vue(adresse: str) -> str:
    try:
        return resolve(adresse.partition("?")[0]).view_name
    except Resolver404:
        return ""


def _se_lit(adresse: str) -> bool:
    # An address that only receives has no page to go back to.
    return _vue(adresse) not in ACTES and bool(_vue(adresse))
