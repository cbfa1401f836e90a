"""Organismes and units in the administration space."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.ui.formulaires import ajouter_refus, differences, relever_version
from dossierunique.ui.pagination import page_par_cle
from partners.habilitations import policies
from partners.habilitations.acces import habilitation_requise
from partners.habilitations.models import Habilitation, Profil
from partners.organismes import actions
from partners.organismes.forms import FormulaireCoordonnees, FormulaireNom, FormulaireUnite
from partners.organismes.models import Organisme, Unite
from partners.successions.models import Succession


@habilitation_requise(Profil.ADMINISTRATEUR)
def organismes(request: HttpRequest) -> HttpResponse:
    lignes = Organisme.objects.annotate(nombre_unites=Count("unites", filter=Q(unites__active=True)))
    return render(
        request, "partners/administration/organismes.html", {"organismes": lignes.order_by("sigle", "pk")}
    )


@habilitation_requise(Profil.ADMINISTRATEUR)
def organisme(request: HttpRequest, code: str) -> HttpResponse:
    objet = get_object_or_404(Organisme.objects.select_related("successeur"), code=code)
    contexte = {
        "organisme": objet,
        "unites": objet.unites.order_by("nom", "pk")[:100],
        "habilitations": Habilitation.objects.en_vigueur().filter(organisme=objet).count(),
        "anciens_noms": objet.anciens_noms.all(),
        "succession": Succession.objects.tenues().filter(ancien=objet).select_related("successeur").first(),
        "predecesseurs": objet.predecesseurs.order_by("pk"),
        "responsables": policies.responsables(objet.pk),
    }
    return render(request, "partners/administration/organisme.html", contexte)


@habilitation_requise(Profil.ADMINISTRATEUR)
def modifier_organisme(request: HttpRequest, code: str) -> HttpResponse:
    objet = get_object_or_404(Organisme, code=code)
    form = FormulaireCoordonnees(request.POST or None, instance=objet)
    conflit = _enregistrer(request, form, objet, actions.modifier_organisme) if form.is_valid() else None
    if conflit == []:
        messages.success(request, f"{objet.sigle} est à jour.")
        return redirect("administration:organisme", code)
    contexte = {"organisme": objet, "form": form, "conflit": conflit}
    return render(
        request, "partners/administration/organisme_modifier.html", contexte, status=409 if conflit else 200
    )


@habilitation_requise(Profil.ADMINISTRATEUR)
def renommer(request: HttpRequest, code: str) -> HttpResponse:
    """A dated change of name."""
    objet = get_object_or_404(Organisme, code=code)
    initial = {"sigle": objet.sigle, "nom": objet.nom, "version": objet.version}
    form = FormulaireNom(request.POST or None, initial=initial)
    conflit = False
    if form.is_valid():
        try:
            actions.renommer(request.habilitation, objet, **form.cleaned_data)
        except ActionRefusee as refus:
            ajouter_refus(form, refus)
        except ModifieDepuis as depuis:
            conflit = True
            relever_version(form, depuis.objet.version)
        else:
            messages.success(request, f"{objet} porte son nouveau nom.")
            return redirect("administration:organisme", code)
    contexte = {"organisme": objet, "form": form, "conflit": conflit}
    return render(
        request, "partners/administration/organisme_renommer.html", contexte, status=409 if conflit else 200
    )


@habilitation_requise(Profil.ADMINISTRATEUR)
def unites(request: HttpRequest) -> HttpResponse:
    recherche = request.GET.get("q", "").strip()[:100]
    lignes = Unite.objects.select_related("organisme")
    for mot in recherche.split()[:5]:
        lignes = lignes.filter(
            Q(nom__unaccent__icontains=mot)
            | Q(ville__unaccent__icontains=mot)
            | Q(organisme__sigle__icontains=mot)
        )
    page = page_par_cle(lignes, request, cles=("nom", "pk"))
    return render(request, "partners/administration/unites.html", {"page": page, "q": recherche})


@habilitation_requise(Profil.ADMINISTRATEUR)
def nouvelle_unite(request: HttpRequest) -> HttpResponse:
    form = FormulaireUnite(request.POST or None)
    if form.is_valid():
        valeurs = {nom: valeur for nom, valeur in form.cleaned_data.items() if nom != "version"}
        unite = actions.creer_unite(request.habilitation, **valeurs)
        messages.success(request, f"Unité ajoutée : {unite}.")
        return redirect("administration:unites")
    return render(request, "partners/administration/unite.html", {"form": form})


@habilitation_requise(Profil.ADMINISTRATEUR)
def modifier_unite(request: HttpRequest, code: str) -> HttpResponse:
    objet = get_object_or_404(Unite.objects.select_related("organisme"), code=code)
    form = FormulaireUnite(request.POST or None, instance=objet)
    conflit = _enregistrer(request, form, objet, actions.modifier_unite) if form.is_valid() else None
    if conflit == []:
        messages.success(request, f"{objet} est à jour.")
        return redirect("administration:unites")
    contexte = {"unite": objet, "form": form, "conflit": conflit}
    return render(request, "partners/administration/unite.html", contexte, status=409 if conflit else 200)


def _enregistrer(request: HttpRequest, form: Any, objet: Any, action: Any) -> list[tuple[str, Any, Any]]:
    """The differences to show when someone else was there first; none when it is saved."""
    try:
        action(request.habilitation, objet, form.cleaned_data, form.cleaned_data.get("version") or 0)
    except ModifieDepuis as depuis:
        relever_version(form, depuis.objet.version)
        return differences(form, depuis.objet) or [("Version", depuis.objet.version, "")]
    return []
