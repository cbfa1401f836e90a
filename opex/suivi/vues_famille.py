"""Pages of the family after a death."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from dossiers.consentements.preuves import recevoir
from dossiers.partages.models import Dossier
from dossiers.partages.policies import refuser_les_copies
from dossiers.partages.profils import Droit
from dossierunique.fichiers import lecture
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from opex.suivi import famille
from opex.suivi.ayants_cause import AccordAyantCause, AyantCause
from opex.suivi.etats import EtatSuivi
from opex.suivi.formulaires import FormAccords, FormAyantCause
from opex.suivi.vues import dossier_pour, du_dossier, saisie
from partners.habilitations.acces import habilitation_requise


def _dossier(request: HttpRequest, numero: str) -> Dossier:
    dossier, _ = dossier_pour(request, numero, Droit.RECUEILLIR_CONSENTEMENT)
    if dossier.suivi.etat != EtatSuivi.DECEDE:
        raise AccesRefuse(numero, "part de la famille fermée")
    return dossier


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def ajouter(request: HttpRequest, numero: str) -> HttpResponse:
    """Enter someone of the family."""
    dossier = _dossier(request, numero)
    form = FormAyantCause(request.POST or None)
    return saisie(
        request, dossier, form,
        lambda: famille.ajouter_ayant_cause(request.habilitation, dossier, **form.identite()),
        titre="Ajouter un ayant cause",
        bouton="Enregistrer",
        succes="La personne est enregistrée. Recueillez maintenant ce qu’elle accorde.",
        note="Aucun organisme ne lit rien d’elle tant qu’elle ne l’a pas accordé.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def corriger(request: HttpRequest, numero: str, pk: int) -> HttpResponse:
    """Correct her identity or how to reach her."""
    dossier = _dossier(request, numero)
    ayant_cause = du_dossier(AyantCause, dossier, pk=pk)
    form = FormAyantCause(request.POST or None, ayant_cause=ayant_cause)
    return saisie(
        request, dossier, form,
        lambda: famille.corriger_ayant_cause(
            request.habilitation, ayant_cause, version=form.cleaned_data["version"], **form.identite()
        ),
        titre="Corriger un ayant cause",
        bouton="Enregistrer",
        succes="La fiche est corrigée.",
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def accords(request: HttpRequest, numero: str, pk: int) -> HttpResponse:
    """Record what she says, recipient by recipient."""
    dossier = _dossier(request, numero)
    ayant_cause = du_dossier(AyantCause, dossier, pk=pk)
    mots = famille.derniers_mots(ayant_cause)
    form = FormAccords(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        organismes=famille.proposables(ayant_cause),
        mots=mots,
    )
    if request.method == "POST":
        recevoir(form, request.habilitation)  # type: ignore[arg-type]
    return saisie(
        request, dossier, form,
        lambda: famille.enregistrer_accords(
            request.habilitation, ayant_cause, decisions=form.decisions(),
            signe_le=form.cleaned_data["signe_le"], preuve=form.fichier,
        ),
        titre="Accords d’un ayant cause",
        bouton="Enregistrer les accords",
        succes="Les accords sont enregistrés et prennent effet dès maintenant.",
        gabarit="opex/suivi/accords.html",
        ayant_cause=ayant_cause,
        etats={f"choix_{mot.organisme.code}": mot for mot in mots.values()},
    )  # fmt: skip


@require_GET
@habilitation_requise()
def preuve(request: HttpRequest, numero: str, pk: int) -> HttpResponseBase:
    """The paper signed for one line."""
    dossier = _dossier(request, numero)
    accord = du_dossier(AccordAyantCause, dossier, pk=pk)
    if accord.preuve is None:
        raise AccesRefuse(numero, "accord sans papier")
    if not accord.preuve.disponible:
        messages.info(
            request,
            f"Le papier signé ne peut pas être ouvert\u00a0: il est {accord.preuve.get_etat_display()}.",
        )
        return redirect("suivi:page", numero)
    refuser_les_copies(request.habilitation, dossier)
    journaliser(request.habilitation, Acte.TELECHARGER, numero, details={"accord": accord.pk})
    return lecture.reponse(accord.preuve, telecharger="telecharger" in request.GET)
