"""The forms of who keeps entries: a service, a person; and one's own card."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from annuaire import policies
from annuaire.fiches import actions, ma_fiche
from annuaire.fiches.forms_personnes import FormContact, FormMaFiche, FormMaPremiereFiche
from annuaire.fiches.forms_services import FormService
from annuaire.fiches.lecture import contact_lisible, fiche_de, organisme_lisible, service_lisible
from dossierunique.ui.formulaires import enregistrer
from partners.habilitations.acces import habilitation_requise
from partners.habilitations.policies import responsables

lire_ou_enregistrer = require_http_methods(["GET", "HEAD", "POST"])


def _saisie(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _montrer(request: HttpRequest, gabarit: str, form: Any, conflit: Any, **contexte: Any) -> HttpResponse:
    statut = 409 if conflit else 422 if form.errors else 200
    return render(request, gabarit, {"form": form, "conflit": conflit, **contexte}, status=statut)


@lire_ou_enregistrer
@habilitation_requise()
def nouveau_service(request: HttpRequest, code: str) -> HttpResponse:
    """Add a service to an organisme that one keeps."""
    organisme = organisme_lisible(code)
    policies.exiger_de_tenir(request.habilitation, organisme)
    form = FormService(_saisie(request), organisme=organisme)
    if form.is_valid():
        cree, _ = enregistrer(
            form, lambda: actions.creer_service(request.habilitation, organisme, form.cleaned_data)
        )
        if cree:
            messages.success(request, f"« {cree} » est dans l’annuaire.")
            return redirect("annuaire:service", cree.pk)
    return _montrer(request, "annuaire/fiches/service_saisie.html", form, None, organisme=organisme)


@lire_ou_enregistrer
@habilitation_requise()
def modifier_service(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a service."""
    service = service_lisible(request.habilitation, pk)
    policies.exiger_de_tenir(request.habilitation, service.organisme)
    form, conflit = FormService(_saisie(request), instance=service, organisme=service.organisme), None
    if form.is_valid():
        fait, conflit = enregistrer(
            form,
            lambda: actions.modifier_service(
                request.habilitation, service, form.cleaned_data, _version(form)
            ),
        )
        if fait:
            messages.success(request, f"« {fait} » est à jour.")
            return redirect("annuaire:service", pk)
    contexte = {"organisme": service.organisme, "service": service}
    return _montrer(request, "annuaire/fiches/service_saisie.html", form, conflit, **contexte)


@lire_ou_enregistrer
@habilitation_requise()
def nouvelle_personne(request: HttpRequest, code: str) -> HttpResponse:
    """Add a person to an organisme that one keeps."""
    organisme = organisme_lisible(code)
    policies.exiger_de_tenir(request.habilitation, organisme)
    initial = {"service": request.GET.get("service", "")}
    form = FormContact(_saisie(request), organisme=organisme, initial=initial)
    if form.is_valid():
        creee, _ = enregistrer(form, lambda: actions.creer_contact(request.habilitation, form.cleaned_data))
        if creee:
            messages.success(request, f"{creee} est dans l’annuaire.")
            return redirect("annuaire:personne", creee.pk)
    return _montrer(request, "annuaire/fiches/personne_saisie.html", form, None, organisme=organisme)


@lire_ou_enregistrer
@habilitation_requise()
def modifier_personne(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a person whom one keeps."""
    contact = contact_lisible(request.habilitation, pk)
    organisme = contact.service.organisme
    policies.exiger_de_tenir(request.habilitation, organisme)
    form, conflit = FormContact(_saisie(request), instance=contact, organisme=organisme), None
    if form.is_valid():
        faite, conflit = enregistrer(
            form,
            lambda: actions.modifier_contact(
                request.habilitation, contact, form.cleaned_data, _version(form)
            ),
        )
        if faite:
            messages.success(request, f"La fiche de {faite} est à jour.")
            return redirect("annuaire:personne", pk)
    contexte = {"organisme": organisme, "personne": contact}
    return _montrer(request, "annuaire/fiches/personne_saisie.html", form, conflit, **contexte)


@lire_ou_enregistrer
@habilitation_requise()
def la_mienne(request: HttpRequest) -> HttpResponse:
    """One's own card: hers to change; the first time, hers to make."""
    fiche = fiche_de(request.habilitation) or ma_fiche.reconnue(request.habilitation)
    if fiche is None:
        return _premiere_fiche(request)
    form, conflit = (
        FormMaFiche(_saisie(request), instance=fiche, organisme_id=fiche.service.organisme_id),
        None,
    )
    if form.is_valid():
        faite, conflit = enregistrer(
            form,
            lambda: ma_fiche.modifier_ma_fiche(
                request.habilitation, fiche, form.cleaned_data, _version(form)
            ),
        )
        if faite:
            messages.success(request, "Votre fiche est à jour.")
            return redirect("annuaire:personne", faite.pk)
    contexte = {"fiche": fiche, "organisme": fiche.service.organisme}
    return _montrer(request, "annuaire/fiches/ma_fiche.html", form, conflit, **contexte)


def _premiere_fiche(request: HttpRequest) -> HttpResponse:
    qui = request.habilitation.utilisateur
    initial = {"telephone": qui.telephone, "courriel": qui.email}
    form = FormMaPremiereFiche(_saisie(request), habilitation=request.habilitation, initial=initial)
    if form.is_valid():
        valeurs = {**form.cleaned_data}
        service = valeurs.pop("service")
        creee, _ = enregistrer(form, lambda: ma_fiche.creer_ma_fiche(request.habilitation, service, valeurs))
        if creee:
            messages.success(request, "Vous êtes dans l’annuaire.")
            return redirect("annuaire:personne", creee.pk)
    organisme = request.habilitation.organisme
    contexte = {
        "fiche": None,
        "organisme": organisme,
        "services": form.fields["service"].queryset.exists(),  # type: ignore[attr-defined]
        "responsables": [h.utilisateur for h in responsables(organisme.pk)],
        "tient": policies.tient(request.habilitation, organisme),
    }
    return _montrer(request, "annuaire/fiches/ma_fiche.html", form, None, **contexte)


def _version(form: Any) -> int:
    return form.cleaned_data.get("version") or 0
