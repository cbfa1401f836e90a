"""The pages that one reads: an organisme, a service, a person; and the button that says that all is exact."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from annuaire import policies
from annuaire.fiches import actions
from annuaire.fiches.competences import en_mots
from annuaire.fiches.lecture import (
    contact_lisible,
    organisme_lisible,
    personnes_de,
    service_lisible,
    services_de,
)
from annuaire.fiches.telephones import a_composer
from dossierunique.ui.pagination import page_par_cle
from partners.aides import aides
from partners.habilitations.acces import habilitation_requise

SERVICES_MAX = 100


@require_GET
@habilitation_requise()
def organisme(request: HttpRequest, code: str) -> HttpResponse:
    """A partner: how to reach it, its services, its people, what became of it."""
    montre = organisme_lisible(code)
    services = list(services_de(request.habilitation, montre)[: SERVICES_MAX + 1])
    connues = aides()
    contexte = {
        "organisme": montre,
        "tel": a_composer(montre.telephone),
        "predecesseurs": montre.predecesseurs.order_by("sigle", "pk"),
        "anciens_noms": montre.anciens_noms.all(),
        "services": [(s, en_mots(s.competences.all(), connues)) for s in services[:SERVICES_MAX]],
        "encore": len(services) > SERVICES_MAX,
        "page": page_par_cle(personnes_de(request.habilitation, montre), request, cles=("tri", "pk")),
        "tient": policies.tient(request.habilitation, montre),
        "mon_organisme": montre.pk == request.habilitation.organisme_id,
    }
    return render(request, "annuaire/fiches/organisme.html", contexte)


@require_GET
@habilitation_requise()
def service(request: HttpRequest, pk: int) -> HttpResponse:
    """A service: what it does, when it answers, for whom, and its people."""
    montre = service_lisible(request.habilitation, pk)
    gens = policies.contacts_lisibles(request.habilitation).select_related("suppleant").filter(service=montre)
    contexte = {
        "service": montre,
        "organisme": montre.organisme,
        "competences": en_mots(montre.competences.all(), aides()),
        "page": page_par_cle(gens, request, cles=("tri", "pk")),
        "tient": policies.tient(request.habilitation, montre.organisme),
    }
    return render(request, "annuaire/fiches/service.html", contexte)


@require_GET
@habilitation_requise()
def personne(request: HttpRequest, pk: int) -> HttpResponse:
    """A person: whether she is there, who stands in, how to reach her."""
    montree = contact_lisible(request.habilitation, pk)
    contexte = {
        "personne": montree,
        "service": montree.service,
        "organisme": montree.service.organisme,
        "tient": policies.tient(request.habilitation, montree.service.organisme),
        "la_mienne": policies.est_la_sienne(request.habilitation, montree),
    }
    return render(request, "annuaire/fiches/personne.html", contexte)


@require_POST
@habilitation_requise()
def service_exact(request: HttpRequest, pk: int) -> HttpResponse:
    """« Tout est exact », of a service."""
    entree = actions.confirmer(request.habilitation, service_lisible(request.habilitation, pk))
    messages.success(request, f"« {entree} » est vérifié aujourd’hui.")
    return _revenir(request, "annuaire:service", pk)


@require_POST
@habilitation_requise()
def personne_exacte(request: HttpRequest, pk: int) -> HttpResponse:
    """« Tout est exact », of a person or of oneself."""
    entree = actions.confirmer(request.habilitation, contact_lisible(request.habilitation, pk))
    messages.success(request, f"La fiche de {entree} est vérifiée aujourd’hui.")
    return _revenir(request, "annuaire:personne", pk)


def _revenir(request: HttpRequest, vue: str, pk: int) -> HttpResponse:
    """Where one was: the list of what is to verify, or the entry."""
    if request.POST.get("retour") == "a_verifier":
        return redirect("annuaire:a_verifier")
    return redirect(vue, pk)
