"""Pages of the wounds: telling, completing, recognising, and what became of them."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from dossiers.partages.models import Dossier
from dossiers.partages.natures import Donnee
from dossiers.partages.profils import Droit
from dossierunique.journal.refus import AccesRefuse
from opex.suivi import blessures, suites
from opex.suivi.forms import (
    FormBlessure,
    FormBlessureCompletee,
    FormDapias,
    FormDapiasClose,
    FormDapiasRenouvelee,
    FormEvolution,
    FormMotif,
    FormReconnaissance,
)
from opex.suivi.models import Blessure, Dapias, EtatDapias, Evolution
from opex.suivi.vues import dossier_pour, du_dossier, saisie
from partners.habilitations.acces import habilitation_requise


def _blessure(request: HttpRequest, numero: str, rang: int, droit: Droit) -> tuple[Dossier, Blessure]:
    """A wound that is read whole, for an act on it."""
    dossier, regard = dossier_pour(request, numero, droit)
    if not regard.lit(Donnee.BLESSURE):
        raise AccesRefuse(numero, "blessure lue en partie")
    return dossier, du_dossier(Blessure, dossier, rang=rang)


def _dapias(request: HttpRequest, numero: str, pk: int) -> tuple[Dossier, Dapias]:
    dossier, regard = dossier_pour(request, numero, Droit.SUIVRE)
    dapias = du_dossier(Dapias, dossier, pk=pk)
    if not regard.lit(Donnee.DAPIAS) or dapias.etat != EtatDapias.EN_COURS:
        raise AccesRefuse(numero, "DAPIAS réservée ou terminée")
    return dossier, dapias


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def signaler(request: HttpRequest, numero: str) -> HttpResponse:
    """Tell of a wound."""
    dossier, _ = dossier_pour(request, numero, Droit.SIGNALER_BLESSURE)
    reveille = dossier.endormi
    form = FormBlessure(request.POST or None)
    return saisie(
        request, dossier, form,
        lambda: blessures.signaler_blessure(request.habilitation, dossier, form.champs()),
        titre="Signaler une blessure",
        bouton="Signaler la blessure",
        succes="La blessure est enregistrée. Les organismes que la personne a choisis sont prévenus."
        if reveille
        else "La blessure est enregistrée. Les organismes qui lisent le dossier sont prévenus.",
        gabarit="opex/suivi/blessure.html",
        reveille=reveille,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def completer(request: HttpRequest, numero: str, rang: int) -> HttpResponse:
    """Complete or correct a wound."""
    dossier, blessure = _blessure(request, numero, rang, Droit.SIGNALER_BLESSURE)
    form = FormBlessureCompletee(request.POST or None, blessure=blessure)
    return saisie(
        request, dossier, form,
        lambda: blessures.completer_blessure(
            request.habilitation, blessure, form.champs(), form.cleaned_data["version"]
        ),
        titre="Compléter une blessure",
        bouton="Enregistrer",
        succes="La blessure est complétée.",
        gabarit="opex/suivi/blessure.html",
        blessure=blessure,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def reconnaissance(request: HttpRequest, numero: str, rang: int) -> HttpResponse:
    """Ask for the recognition as a wound of war, or record the decision."""
    dossier, blessure = _blessure(request, numero, rang, Droit.SUIVRE)
    form = FormReconnaissance(request.POST or None, blessure=blessure)
    return saisie(
        request, dossier, form,
        lambda: blessures.changer_reconnaissance(request.habilitation, blessure, **form.cleaned_data),
        titre="Blessure de guerre",
        bouton="Enregistrer",
        succes="La reconnaissance est à jour.",
        note="La décision ne se prend pas ici : elle est enregistrée avec sa date. Un refus peut être suivi d’une "
        "nouvelle demande.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def evolution(request: HttpRequest, numero: str, rang: int) -> HttpResponse:
    """Tell what became of a wound."""
    dossier, blessure = _blessure(request, numero, rang, Droit.SUIVRE)
    form = FormEvolution(request.POST or None)
    return saisie(
        request, dossier, form,
        lambda: suites.ajouter_evolution(request.habilitation, blessure, **form.cleaned_data),
        titre="Ajouter une évolution",
        bouton="Ajouter",
        succes="L’évolution est enregistrée.",
        note="Une évolution ne se récrit pas : une erreur se raye avec un motif, et la bonne ligne s’ajoute.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def rayer(request: HttpRequest, numero: str, pk: int) -> HttpResponse:
    """Strike out an evolution told by mistake."""
    dossier, _ = dossier_pour(request, numero, Droit.SUIVRE)
    evolution = du_dossier(Evolution, dossier, pk=pk, rayee_le=None)
    form = FormMotif(request.POST or None)
    return saisie(
        request, dossier, form,
        lambda: suites.rayer_evolution(request.habilitation, evolution, form.cleaned_data["motif"]),
        titre="Rayer une évolution",
        bouton="Rayer cette ligne",
        succes="L’évolution est rayée : elle reste lisible avec votre motif.",
        rappel=f"{evolution.get_genre_display().capitalize()}, depuis le", rappel_le=evolution.depuis,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def dapias(request: HttpRequest, numero: str, rang: int) -> HttpResponse:
    """Record a DAPIAS for a wound."""
    dossier, blessure = _blessure(request, numero, rang, Droit.SUIVRE)
    form = FormDapias(request.POST or None, initial={"depuis": blessure.survenue_le})
    return saisie(
        request, dossier, form,
        lambda: suites.ouvrir_dapias(request.habilitation, blessure, **form.cleaned_data),
        titre="Enregistrer une DAPIAS",
        bouton="Enregistrer",
        succes="La DAPIAS est enregistrée, et son renouvellement est inscrit aux échéances.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def renouveler(request: HttpRequest, numero: str, pk: int) -> HttpResponse:
    """Let another DAPIAS follow one that runs."""
    dossier, courante = _dapias(request, numero, pk)
    debut = {"depuis": courante.jusque, "reference": courante.reference, "version": courante.version}
    form = FormDapiasRenouvelee(request.POST or None, initial=debut)
    return saisie(
        request, dossier, form,
        lambda: suites.renouveler_dapias(request.habilitation, courante, **form.cleaned_data),
        titre="Renouveler la DAPIAS",
        bouton="Renouveler",
        succes="La DAPIAS est renouvelée, et son échéance déplacée.",
        rappel=f"DAPIAS {courante.reference}, valable jusqu’au", rappel_le=courante.jusque,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def clore(request: HttpRequest, numero: str, pk: int) -> HttpResponse:
    """End a DAPIAS with a reason."""
    dossier, courante = _dapias(request, numero, pk)
    form = FormDapiasClose(request.POST or None, initial={"version": courante.version})
    return saisie(
        request, dossier, form,
        lambda: suites.clore_dapias(request.habilitation, courante, **form.cleaned_data),
        titre="Clore la DAPIAS",
        bouton="Clore la DAPIAS",
        succes="La DAPIAS est close.",
        rappel=f"DAPIAS {courante.reference}, valable jusqu’au", rappel_le=courante.jusque,
    )  # fmt: skip
