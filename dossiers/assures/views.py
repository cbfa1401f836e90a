"""Opening a dossier: 1 the person, 2 the consent, 3 the demande."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dossiers.assures.attente import oublier, retenir
from dossiers.assures.forms import FormulairePersonne
from dossiers.assures.models import Assure
from dossiers.assures.recherche import (
    Constat,
    chercher_personne,
    personne_a_ouvrir,
)
from dossiers.assures.saisie import contexte_du_constat, enregistree, identite_a_saisir
from dossiers.consentements.actions import destinataires, enregistrer_consentement, ouvrir_dossier
from dossiers.consentements.forms import ConfirmationSansPartage, SaisieConsentement
from dossiers.consentements.formulaire import reponse_formulaire
from dossiers.consentements.preuves import recevoir
from dossiers.partages.models import Dossier
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossiers.vues import tenter
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from partners.habilitations.acces import habilitation_requise
from partners.models import Habilitation

ETAPES = ("Personne", "Consentement", "Demande")


def _etapes(ici: int) -> list[dict[str, str]]:
    """The stepper, with the step in hand counted from 1."""
    statuts = ["fait" if rang < ici else "ici" if rang == ici else "" for rang in range(1, len(ETAPES) + 1)]
    return [{"libelle": libelle, "statut": statut} for libelle, statut in zip(ETAPES, statuts, strict=True)]


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def depart(request: HttpRequest) -> HttpResponse:
    """NIR and birth date: is the person known?"""
    exiger(request.habilitation, Droit.OUVRIR_DOSSIER)
    form = FormulairePersonne(request.POST if request.method == "POST" else None)
    resultat = None
    if request.method == "POST" and form.is_valid():
        nir, naissance = form.cleaned_data["nir"], form.cleaned_data["naissance"]
        resultat = tenter(form, lambda: chercher_personne(request.habilitation, nir, naissance))
        if resultat and resultat.constat is Constat.NOUVELLE:
            retenir(request, nir, naissance)
            return redirect("ouverture:identite")
    contexte = {"form": form, "etapes": _etapes(1), **contexte_du_constat(resultat)}
    return render(request, "dossiers/assures/depart.html", contexte, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def identite(request: HttpRequest) -> HttpResponse:
    """The identity of a new person."""
    exiger(request.habilitation, Droit.OUVRIR_DOSSIER)
    form = identite_a_saisir(request)
    if form is None:
        return redirect("ouverture:depart")
    if request.method == "POST" and (assure := enregistree(request.habilitation, form)):
        return redirect("ouverture:consentement", assure.reference)
    contexte = {"form": form, "nir": form.nir, "etapes": _etapes(1)}
    return render(request, "dossiers/assures/identite.html", contexte, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def consentement(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Print the consent form, record it, or open the dossier without sharing it."""
    assure, dossier = personne_a_ouvrir(request.habilitation, reference)
    if dossier:
        return _ouvert(request, dossier)
    oublier(request)
    if "sans" in request.GET:
        return _sans_partage(request, assure)
    form = SaisieConsentement(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        assure=assure,
        organismes=destinataires(),
    )
    if request.method == "POST" and recevoir(form, request.habilitation):
        if tenter(form, lambda: _ouvrir_avec(request.habilitation, assure, form.acte())):
            return redirect("ouverture:consentement", reference)
    elif request.method == "GET":
        journaliser(request.habilitation, Acte.CONSULTER, str(reference), details={"page": "ouverture"})
    contexte = {"form": form, "assure": assure, "etapes": _etapes(2)}
    return render(request, "dossiers/assures/consentement.html", contexte, status=422 if form.errors else 200)


@transaction.atomic
def _ouvrir_avec(habilitation: Habilitation, assure: Assure, acte: dict[str, Any]) -> Dossier:
    dossier = ouvrir_dossier(habilitation, assure)
    enregistrer_consentement(habilitation, dossier, **acte)
    return dossier


def _sans_partage(request: HttpRequest, assure: Assure) -> HttpResponse:
    """Its own confirmation: nobody signs, nobody but the CNMSS and the unit will see."""
    form = ConfirmationSansPartage(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and tenter(form, lambda: ouvrir_dossier(request.habilitation, assure))
    ):
        return redirect("ouverture:consentement", assure.reference)
    if request.method == "GET":
        journaliser(
            request.habilitation, Acte.CONSULTER, str(assure.reference), details={"page": "sans partage"}
        )
    contexte = {"form": form, "assure": assure, "etapes": _etapes(2)}
    return render(request, "dossiers/assures/sans_partage.html", contexte)


def _ouvert(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The dossier is open: its number, and what comes next. A form sent twice ends here too."""
    if request.method == "POST":
        return redirect("ouverture:consentement", dossier.assure.reference)
    partages = dossier.partages.actifs().filter(nature="consentement").select_related("organisme")
    journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "dossier ouvert"})
    contexte = {
        "dossier": dossier,
        "assure": dossier.assure,
        "etapes": _etapes(3),
        "organismes": [partage.organisme for partage in partages],
    }
    return render(request, "dossiers/assures/ouvert.html", contexte)


@never_cache
@require_POST
@habilitation_requise()
def formulaire(request: HttpRequest, reference: UUID) -> HttpResponse:
    """The consent form of this person, ready to sign (PDF)."""
    assure, _ = personne_a_ouvrir(request.habilitation, reference)
    return reponse_formulaire(request.habilitation, assure)
