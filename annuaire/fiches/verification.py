"""What is to be verified again: the entries of an organisme that nobody has said to be exact for too long."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from annuaire import policies
from annuaire.fiches.entrees import limite_de_verification
from annuaire.fiches.models import Contact, Service
from dossierunique.ui.pagination import page_par_cle
from partners.habilitations.acces import habilitation_requise

SERVICES_MAX = 50


@require_GET
@habilitation_requise()
def a_verifier(request: HttpRequest) -> HttpResponse:
    """The stale entries of the organismes that one keeps, oldest first."""
    policies.exiger_tenue(request.habilitation)
    tenus = policies.organismes_tenus(request.habilitation).filter(jusque__isnull=True)
    services = (
        Service.objects.a_verifier()
        .filter(organisme__in=tenus)
        .select_related("organisme")
        .order_by("verifie_le", "pk")
    )
    personnes = (
        Contact.objects.a_verifier()
        .filter(service__visible=True, service__organisme__in=tenus)
        .select_related("service__organisme")
    )
    trouves = list(services[: SERVICES_MAX + 1])
    contexte = {
        "services": trouves[:SERVICES_MAX],
        "encore": len(trouves) > SERVICES_MAX,
        "page": page_par_cle(personnes, request, cles=("verifie_le", "pk")),
        "limite": limite_de_verification(),
    }
    return render(request, "annuaire/fiches/a_verifier.html", contexte)
