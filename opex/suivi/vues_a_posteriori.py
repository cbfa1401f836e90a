"""Opening a dossier a posteriori: 1 the person, 2 the wound, then her consent."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dossiers.assures.attente import oublier, retenir
from dossiers.assures.forms import FormulairePersonne
from dossiers.assures.recherche import Constat, chercher_personne, personne_a_ouvrir
from dossiers.assures.saisie import contexte_du_constat, enregistree, identite_a_saisir
from dossiers.vues import tenter
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from opex.imprimes.acces import exiger_depart
from opex.suivi import a_posteriori
from opex.suivi.forms import FormBlessure
from partners.habilitations.acces import habilitation_requise
from partners.organismes.models import Programme

ETAPES = ("Personne", "Blessure", "Consentement")


def _etapes(ici: int) -> list[dict[str, str]]:
    """The stepper, with the step in hand counted from 1."""
    statuts = ["fait" if rang < ici else "ici" if rang == ici else "" for rang in range(1, len(ETAPES) + 1)]
    return [{"libelle": libelle, "statut": statut} for libelle, statut in zip(ETAPES, statuts, strict=True)]


@never_cache
@sensitive_post_parameters("nir", "naissance")
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def depart(request: HttpRequest) -> HttpResponse:
    """NIR and birth date: is the person known?"""
    exiger_depart(request.habilitation)
    form = FormulairePersonne(request.POST if request.method == "POST" else None)
    resultat = None
    if form.is_valid():
        nir, naissance = form.cleaned_data["nir"], form.cleaned_data["naissance"]
        resultat = tenter(
            form, lambda: chercher_personne(request.habilitation, nir, naissance, Programme.OPEX)
        )
        if resultat and resultat.constat is Constat.NOUVELLE:
            retenir(request, nir, naissance, Programme.OPEX)
            return redirect("suivi:identite_a_posteriori")
        if resultat and resultat.constat is Constat.EN_COURS:
            return redirect("suivi:ouvrir_a_posteriori", resultat.assure.reference)
    contexte = {"form": form, "etapes": _etapes(1), **contexte_du_constat(resultat)}
    return render(request, "opex/suivi/depart.html", contexte, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def identite(request: HttpRequest) -> HttpResponse:
    """The identity of a new person."""
    exiger_depart(request.habilitation)
    form = identite_a_saisir(request, Programme.OPEX)
    if form is None:
        return redirect("suivi:a_posteriori")
    if request.method == "POST" and (assure := enregistree(request.habilitation, form)):
        return redirect("suivi:ouvrir_a_posteriori", assure.reference)
    contexte = {"form": form, "nir": form.nir, "etapes": _etapes(1)}
    return render(request, "opex/suivi/identite.html", contexte, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def ouvrir(request: HttpRequest, reference: UUID) -> HttpResponse:
    """The wound that the dossier is opened for; then the person's consent is asked."""
    exiger_depart(request.habilitation)
    assure, dossier = personne_a_ouvrir(request.habilitation, reference, Programme.OPEX)
    if dossier:
        journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "déjà ouvert"})
        messages.info(request, f"Le dossier {dossier.numero} est ouvert.")
        return redirect("suivi:page", dossier.numero)
    oublier(request, Programme.OPEX)
    form = FormBlessure(request.POST or None)
    if form.is_valid():
        ouvert = tenter(form, lambda: a_posteriori.ouvrir(request.habilitation, assure, form.champs()))
        if ouvert:
            messages.success(
                request,
                f"Le dossier {ouvert.numero} est ouvert. Recueillez maintenant les choix de la personne : d’ici là, "
                "aucun partenaire ne le lit.",
            )
            return redirect("consentements:enregistrer", ouvert.numero)
    journaliser(
        request.habilitation, Acte.CONSULTER, str(reference), details={"page": "ouverture a posteriori"}
    )
    contexte = {"form": form, "assure": assure, "etapes": _etapes(2), "a_posteriori": True, "conflit": None}
    return render(request, "opex/suivi/a_posteriori.html", contexte, status=422 if form.errors else 200)
