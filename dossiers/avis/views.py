"""The pages of the avis: who instructs asks, the médecin-conseil reads the medical papers and answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dossiers.avis import actions
from dossiers.avis.forms import FormAvis, FormNote, FormQuestion
from dossiers.avis.policies import avis_montres, notes_lues
from dossiers.demandes.etats import EtatDemande
from dossiers.demandes.models import Demande
from dossiers.justificatifs.lignes import lignes_pieces
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit, Regard
from dossiers.vues import contexte_dossier, demande_visible, executer, tenter, version_lue
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from partners.habilitations.acces import habilitation_requise

PIECES_MONTREES = 60


def _consulter(request: HttpRequest, demande: Demande, page: str) -> None:
    details = {"page": page, "demande": demande.numero}
    journaliser(request.habilitation, Acte.CONSULTER, demande.dossier.numero, details=details)


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def demander(request: HttpRequest, numero: str) -> HttpResponse:
    """Ask for the avis, with a question."""
    demande = demande_visible(request.habilitation, numero)
    exiger(request.habilitation, Droit.INSTRUIRE, demande.dossier)
    form = FormQuestion(request.POST or None, initial={"version": demande.version})
    if form.is_valid():
        saisi = form.cleaned_data
        if tenter(
            form,
            lambda: actions.demander_avis(request.habilitation, demande, saisi["question"], saisi["version"]),
        ):
            messages.success(request, "L’avis est demandé\u00a0: le médecin-conseil est prévenu.")
            return redirect("demandes:detail", numero)
    _consulter(request, demande, "demander_avis")
    contexte = contexte_dossier(request.habilitation, demande.dossier, "demandes")
    contexte |= {"demande": demande, "form": form, "pieces": _pieces(demande, contexte["regard"])}
    return render(request, "dossiers/avis/demander.html", contexte)


@require_POST
@habilitation_requise()
def retirer(request: HttpRequest, numero: str) -> HttpResponse:
    """Go on without the avis."""
    demande = demande_visible(request.habilitation, numero)
    return executer(
        request,
        lambda: actions.retirer_demande_d_avis(request.habilitation, demande, version_lue(request)),
        "L’avis n’est plus attendu\u00a0: la demande est de nouveau en instruction.",
        "demandes:detail",
        numero,
    )


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def rendre(request: HttpRequest, numero: str) -> HttpResponse:
    """The medical papers, the question, and the avis to give; once given, the avis and its notes."""
    demande = demande_visible(request.habilitation, numero)
    exiger(request.habilitation, Droit.RENDRE_AVIS, demande.dossier)
    form = FormAvis(request.POST or None, initial={"version": demande.version})
    if form.is_valid():
        saisi = {nom: form.cleaned_data[nom] for nom in ("sens", "motif", "version")}
        note = form.cleaned_data["note_medicale"]
        if tenter(form, lambda: actions.rendre_avis(request.habilitation, demande, note=note, **saisi)):
            messages.success(request, "L’avis est rendu. Le gestionnaire est prévenu.")
            return redirect("avis:rendre", numero)
    return _montrer(request, demande, form, FormNote())


@never_cache
@require_POST
@habilitation_requise()
def noter(request: HttpRequest, numero: str) -> HttpResponse:
    """Add a note to the avis."""
    demande = demande_visible(request.habilitation, numero)
    exiger(request.habilitation, Droit.RENDRE_AVIS, demande.dossier)
    form = FormNote(request.POST)
    if form.is_valid() and tenter(
        form, lambda: actions.ajouter_note(request.habilitation, demande, form.cleaned_data["note_medicale"])
    ):
        messages.success(request, "La note est enregistrée.")
        return redirect("avis:rendre", numero)
    return _montrer(request, demande, FormAvis(initial={"version": demande.version}), form)


def _montrer(request: HttpRequest, demande: Demande, form: FormAvis, note: FormNote) -> HttpResponse:
    _consulter(request, demande, "avis")
    contexte = contexte_dossier(request.habilitation, demande.dossier, "demandes")
    regard: Regard = contexte["regard"]
    contexte |= {
        "demande": demande,
        "form": form,
        "form_note": note,
        "attendu": demande.etat == EtatDemande.AVIS_DEMANDE,
        "avis": avis_montres(regard, demande),
        "notes": notes_lues(regard, demande.notes_medicales),
        "pieces": _pieces(demande, regard),
    }
    return render(
        request, "dossiers/avis/rendre.html", contexte, status=422 if form.errors or note.errors else 200
    )


def _pieces(demande: Demande, regard: Regard) -> list[Any]:
    """The medical papers of the demande; who asks sees that they are there, the médecin opens them."""
    pieces = (
        demande.justificatifs.filter(type__classe="medical")
        .exclude(etat="remplace")
        .select_related("type", "fichier", "demande", "depose_par")
        .order_by("-depose_le", "-pk")[:PIECES_MONTREES]
    )
    return lignes_pieces(pieces, regard)
