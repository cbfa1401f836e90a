"""What the views of this room share: fetching what hangs on a dossier, one form on a page, one button."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dossiers.partages.models import Dossier
from dossiers.partages.policies import exiger_sur
from dossiers.partages.profils import Droit, Regard
from dossiers.vues import executer, tenter, version_lue
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from opex.commun import contexte_opex, dossier_opex

M = TypeVar("M", bound=models.Model)
PERIME = "Le dossier a changé depuis l’affichage de la page : relisez-le avant d’agir."


def dossier_pour(request: HttpRequest, numero: str, droit: Droit) -> tuple[Dossier, Regard]:
    """The dossier of this number and how it is looked at, for an act that asks for this right, or AccesRefuse."""
    dossier = dossier_opex(request.habilitation, numero)
    return dossier, exiger_sur(request.habilitation, droit, dossier)


def du_dossier(modele: type[M], dossier: Dossier, **cle: Any) -> M:
    """What hangs on this dossier under this key, or AccesRefuse."""
    objet = modele._default_manager.filter(dossier=dossier, **cle).first()
    if objet is None:
        raise AccesRefuse(dossier.numero, f"{modele._meta.model_name} d’un autre dossier")
    objet.dossier = dossier  # type: ignore[attr-defined]
    return objet


def saisie(
    request: HttpRequest,
    dossier: Dossier,
    form: forms.BaseForm,
    geste: Callable[[], Any],
    *,
    titre: str,
    bouton: str,
    succes: str,
    gabarit: str = "opex/suivi/saisie.html",
    **contexte: Any,
) -> HttpResponse:
    """One form on a page of the tab: done when it is good, shown again with what was typed when it is not."""
    if form.is_valid() and tenter(form, geste) is not None:
        messages.success(request, succes)
        return redirect("suivi:page", dossier.numero)
    journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": titre.lower()})
    page = contexte_opex(request, dossier, "suivi") | {"titre": titre, "bouton": bouton, "form": form}
    page |= {"conflit": differences(form), **contexte}
    return render(request, gabarit, page, status=422 if form.errors else 200)


def differences(form: forms.BaseForm) -> list[tuple[str, Any, Any]] | None:
    """What differs between the form and what somebody else saved meanwhile, in words; None without a conflict."""
    objet = getattr(form, "conflit", None)
    if objet is None:
        return None
    lignes = []
    for nom, champ in form.fields.items():
        if nom != "version" and hasattr(objet, nom) and getattr(objet, nom) != form.cleaned_data.get(nom):
            mots = dict(getattr(champ, "choices", ()) if isinstance(champ, forms.ChoiceField) else ())
            paire = (getattr(objet, nom), form.cleaned_data.get(nom))
            lignes.append((champ.label or nom, *(mots.get(valeur, valeur) for valeur in paire)))
    return lignes


def bouton(request: HttpRequest, dossier: Dossier, geste: Callable[[int], Any], succes: str) -> HttpResponse:
    """An act behind a plain button, that carries the version it was shown from; then the tab again."""
    # No row has version 0: an act without the version it was shown from is refused.
    version = version_lue(request) or 0
    return executer(request, lambda: geste(version), succes, "suivi:page", dossier.numero, perime=PERIME)
