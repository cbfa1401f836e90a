"""Opening a dossier a posteriori: 1 the person, 2 the wound, then her consent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dossiers.assures import nir as regles_nir
from dossiers.assures.actions import enregistrer_personne
from dossiers.assures.attente import oublier, retenir, retenu
from dossiers.assures.forms import FormulaireIdentite, FormulairePersonne
from dossiers.assures.models import Assure
from dossiers.assures.recherche import Constat, Resultat, chercher_personne, deja_saisie, personne_a_ouvrir
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossiers.vues import tenter
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from opex.suivi import a_posteriori
from opex.suivi.forms import FormBlessure
from partners.habilitations.acces import habilitation_requise
from partners.models import Habilitation, Organisme
from partners.organismes.models import Programme, TypeOrganisme

ETAPES = ("Personne", "Blessure", "Consentement")
TROP_LONG = (
    "La saisie a été trop longue, ou elle est déjà enregistrée\u00a0: indiquez de nouveau la personne."
)


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
    exiger(request.habilitation, Droit.SAISIR_IMPRIME)
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
    contexte = {"form": form, "etapes": _etapes(1), **_constat(resultat)}
    return render(request, "opex/suivi/depart.html", contexte, status=422 if form.errors else 200)


def _constat(resultat: Resultat | None) -> dict[str, Any]:
    if resultat is None:
        return {}
    contexte: dict[str, Any] = {"resultat": resultat, "constat": resultat.constat.value}
    if resultat.constat is Constat.RESERVEE:
        contexte["caisse"] = Organisme.objects.filter(type=TypeOrganisme.CNMSS, jusque__isnull=True).first()
    return contexte


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def identite(request: HttpRequest) -> HttpResponse:
    """The identity of a new person."""
    exiger(request.habilitation, Droit.SAISIR_IMPRIME)
    attente = retenu(request, Programme.OPEX)
    if attente is None:
        messages.warning(request, TROP_LONG)
        return redirect("suivi:a_posteriori")
    nir = regles_nir.lire(attente["nir"])
    form = FormulaireIdentite(
        request.POST if request.method == "POST" else None,
        habilitation=request.habilitation,
        nir=nir,
        initial={"sexe": nir.sexe, "date_naissance": attente["naissance"]},
    )
    if request.method == "POST" and (assure := _enregistree(request.habilitation, nir, form)):
        return redirect("suivi:ouvrir_a_posteriori", assure.reference)
    contexte = {"form": form, "nir": nir, "etapes": _etapes(1)}
    return render(request, "opex/suivi/identite.html", contexte, status=422 if form.errors else 200)


def _enregistree(habilitation: Habilitation, nir: regles_nir.Nir, form: FormulaireIdentite) -> Assure | None:
    """The person, entered now or, when the form was sent twice, a moment ago by the same habilitation."""
    if deja := deja_saisie(habilitation, nir):
        return deja
    if not form.is_valid():
        return None
    creee = tenter(form, lambda: enregistrer_personne(habilitation, nir, form.cleaned_data))
    return creee or deja_saisie(habilitation, nir)


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def ouvrir(request: HttpRequest, reference: UUID) -> HttpResponse:
    """The wound that the dossier is opened for; then the person's consent is asked."""
    exiger(request.habilitation, Droit.SAISIR_IMPRIME)
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
