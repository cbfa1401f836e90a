"""Reading papers one after the other, saying what each is worth, and filing new ones."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dossiers.avis.policies import notes_lues
from dossiers.demandes.etats import EtatDemande
from dossiers.demandes.models import Demande
from dossiers.justificatifs import actions
from dossiers.justificatifs.depots import Emplacement, contexte_depot
from dossiers.justificatifs.forms import FormDepot, FormReclassement, FormRejet
from dossiers.justificatifs.models import EtatJustificatif, Justificatif, TypePiece
from dossiers.justificatifs.policies import (
    VERIFIABLES,
    en_brouillon,
    lisible,
    prend_sans_demande,
    reclassable,
    retirable,
    verifiable,
)
from dossiers.partages.models import Dossier
from dossiers.partages.policies import dossier_visible, exiger_sur, refuser_les_copies
from dossiers.partages.profils import Droit, Regard
from dossiers.vues import contexte_dossier, demande_visible, executer, tenter
from dossierunique.erreurs import ActionRefusee
from dossierunique.fichiers import reglages
from dossierunique.fichiers.lecture import FichierIndisponible, PageAbsente, reponse
from dossierunique.fichiers.lecture import apercu as image
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from partners.habilitations.acces import habilitation_requise
from partners.models import Habilitation

lire_ou_enregistrer = require_http_methods(["GET", "HEAD", "POST"])
A_RAPPELER = 20
LECTURE = timedelta(minutes=15)


def piece_visible(habilitation: Habilitation, reference: uuid.UUID, *, retiree: bool = False) -> Justificatif:
    """The paper of this reference, on a demande or a dossier that this habilitation sees, or AccesRefuse.

    A paper taken back from its draft is seen no more, unless `retiree`.
    """
    pieces = Justificatif.objects.all() if retiree else Justificatif.objects.gardes()
    piece = (
        pieces.filter(
            Q(demande__in=Demande.objects.visibles_par(habilitation))
            | Q(demande__isnull=True, dossier__in=Dossier.objects.visibles_par(habilitation)),
            reference=reference,
        )
        .select_related(
            "type", "fichier", "dossier__assure", "dossier__unite", "demande__type_aide", "demande__cree_par",
            "depose_par__utilisateur", "depose_par__organisme", "verifie_par__utilisateur", "verifie_par__organisme",
        )
        .first()
    )  # fmt: skip
    if piece is None:
        raise AccesRefuse(str(reference), "pièce inconnue ou non partagée")
    return piece


def _piece_lisible(habilitation: Habilitation, reference: uuid.UUID) -> Justificatif:
    piece = piece_visible(habilitation, reference)
    if not lisible(Regard(habilitation), piece):
        raise AccesRefuse(piece.dossier.numero, "pièce d’une classe réservée")
    return piece


@require_GET
@habilitation_requise()
def lire(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """The paper page after page, and what to say of it."""
    return _montrer(request, _piece_lisible(request.habilitation, reference))


def _montrer(
    request: HttpRequest,
    piece: Justificatif,
    form: FormRejet | None = None,
    reclassement: FormReclassement | None = None,
) -> HttpResponse:
    saisie = form or reclassement
    _consulter(request.habilitation, piece)
    contexte = contexte_dossier(request.habilitation, piece.dossier, "pieces")
    regard = contexte["regard"]
    restantes = _a_verifier(regard, piece)
    contexte |= {
        "piece": piece,
        "demande": piece.demande,
        "pages": range(1, piece.fichier.pages + 1) if piece.fichier.disponible else (),
        "form": form or FormRejet(piece=piece),
        "reclassement": reclassement or FormReclassement(piece=piece),
        "peut_valider": verifiable(regard, piece, EtatJustificatif.VALIDE),
        "peut_rejeter": verifiable(regard, piece, EtatJustificatif.REJETE),
        "peut_reclasser": reclassable(regard, piece),
        "peut_retirer": retirable(regard, piece),
        "notes": notes_lues(regard, piece.notes),
        "suivante": restantes[0] if restantes else None,
        "restantes": len(restantes),
    }
    return render(request, "dossiers/justificatifs/lire.html", contexte, status=422 if saisie else 200)


def _consulter(habilitation: Habilitation, piece: Justificatif) -> None:
    details = {"page": "piece", "piece": str(piece.reference)}
    journaliser(habilitation, Acte.CONSULTER, piece.dossier.numero, details=details)


def _vient_de_consulter(habilitation: Habilitation, piece: Justificatif) -> bool:
    """Whether the journal already tells of this reading: the page that shows the images has been asked for."""
    return LigneJournal.objects.filter(
        utilisateur_id=habilitation.utilisateur_id, habilitation_id=habilitation.pk, action=Acte.CONSULTER,
        quand__gte=timezone.now() - LECTURE, objet=piece.dossier.numero, details__piece=str(piece.reference),
    ).exists()  # fmt: skip


def _a_verifier(regard: Regard, piece: Justificatif) -> list[Justificatif]:
    """The other papers of the demande that this regard may check now: those after this one in the list come first."""
    demande = piece.demande
    if not regard.peut(Droit.VERIFIER_PIECE) or (demande and demande.etat not in VERIFIABLES):
        return []
    autres = (
        Justificatif.objects.filter(
            dossier=piece.dossier_id,
            demande=piece.demande_id,
            etat=EtatJustificatif.A_VERIFIER,
            type__classe__in=sorted(regard.classes),
        )
        .exclude(pk=piece.pk)
        .select_related("type")
        .order_by("type__ordre", "pk")[:A_RAPPELER]
    )
    ici = (piece.type.ordre, piece.pk)
    return sorted(autres, key=lambda autre: ((autre.type.ordre, autre.pk) < ici, autre.type.ordre, autre.pk))


@require_GET
@habilitation_requise()
def fichier(request: HttpRequest, reference: uuid.UUID) -> HttpResponseBase:
    """The file itself, to keep."""
    piece = _piece_lisible(request.habilitation, reference)
    if not piece.fichier.disponible:
        return redirect("pieces:lire", piece.reference)
    refuser_les_copies(request.habilitation, piece.dossier)
    details = {"piece": str(piece.reference)}
    journaliser(request.habilitation, Acte.TELECHARGER, piece.dossier.numero, details=details)
    return reponse(piece.fichier, telecharger=True, coffre=Regard(request.habilitation).coffre)


@require_GET
@habilitation_requise()
def apercu(request: HttpRequest, reference: uuid.UUID, page: int) -> HttpResponse:
    """One page as an image. The rights are asked again; one reading is one row, whatever the number of pages."""
    piece = _piece_lisible(request.habilitation, reference)
    try:
        png = image(piece.fichier, page, coffre=Regard(request.habilitation).coffre)
    except (PageAbsente, FichierIndisponible):
        raise Http404 from None
    if not _vient_de_consulter(request.habilitation, piece):
        _consulter(request.habilitation, piece)
    return HttpResponse(png, content_type="image/png", headers={"Cache-Control": "private, no-store"})


@require_POST
@habilitation_requise()
def valider(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Mark the paper valid, and go on to the next one to check."""
    piece = _piece_lisible(request.habilitation, reference)
    return executer(
        request, lambda: actions.valider_piece(request.habilitation, piece), f"{piece.type} : pièce validée.",
        *_apres(request, piece),
    )  # fmt: skip


def _apres(request: HttpRequest, piece: Justificatif) -> tuple[Any, ...]:
    """Where the checker goes on: the next paper, or the demande when none is left."""
    restantes = _a_verifier(Regard(request.habilitation), piece)
    return ("pieces:lire", restantes[0].reference) if restantes else _chez_elle(piece)


def _chez_elle(piece: Justificatif) -> tuple[str, str]:
    """The page that a paper belongs to: its demande, or the papers of its dossier."""
    if piece.demande is None:
        return ("dossiers:pieces", piece.dossier.numero)
    return ("demandes:pieces" if en_brouillon(piece) else "demandes:detail", piece.demande.numero)


@lire_ou_enregistrer
@habilitation_requise()
def rejeter(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Reject the paper with a reason that the correspondant will read."""
    piece = _piece_lisible(request.habilitation, reference)
    exiger_sur(request.habilitation, Droit.VERIFIER_PIECE, piece.dossier)
    if request.method != "POST":
        return _montrer(request, piece)
    form = FormRejet(request.POST, piece=piece)
    if form.is_valid():
        precision, raison = form.cleaned_data["precision"], form.cleaned_data["motif"]
        if tenter(form, lambda: actions.rejeter_piece(request.habilitation, piece, precision, raison)):
            messages.success(request, f"{piece.type} : pièce rejetée. Le correspondant est prévenu.")
            return redirect(*_apres(request, piece))
    return _montrer(request, piece, form)


@require_POST
@habilitation_requise()
def reclasser(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Correct the kind of the paper: one that turns out to be medical leaves the sight of all but the médecins."""
    piece = _piece_lisible(request.habilitation, reference)
    exiger_sur(request.habilitation, Droit.VERIFIER_PIECE, piece.dossier)
    form = FormReclassement(request.POST, piece=piece)
    if form.is_valid():
        type_piece = form.cleaned_data["type"]
        if tenter(form, lambda: actions.reclasser_piece(request.habilitation, piece, type_piece)):
            messages.success(request, f"La pièce est classée : {type_piece}.")
            return redirect(*_chez_elle(piece))
    return _montrer(request, piece, reclassement=form)


@require_POST
@habilitation_requise()
def retirer(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Take a paper back from a draft; who filed it may do so even when she may not open it."""
    # Sent twice, the second one is told that it is done.
    piece = piece_visible(request.habilitation, reference, retiree=True)
    return executer(
        request, lambda: actions.retirer_piece(request.habilitation, piece), f"{piece.type} : pièce retirée.",
        *_chez_elle(piece),
    )  # fmt: skip


@lire_ou_enregistrer
@habilitation_requise()
def deposer(request: HttpRequest, numero: str) -> HttpResponse:
    """Answer what is asked for, or add a paper received by post; several files of one kind at once."""
    demande = demande_visible(request.habilitation, numero)
    exiger_sur(request.habilitation, Droit.DEPOSER_PIECE, demande.dossier)
    if request.method != "POST":
        return _ecran_de_depot(request, demande)
    form = FormDepot(request.POST, request.FILES)
    if not form.is_valid():
        return _ecran_de_depot(request, demande, form)
    type_piece, recus = form.cleaned_data["type"], form.cleaned_data["fichiers"]
    try:
        refus = actions.deposer_fichiers(request.habilitation, demande, type_piece, recus)
    except ActionRefusee as empechement:
        form.add_error("fichiers", empechement.message)
        return _ecran_de_depot(request, demande, form)
    if refus:
        for message in refus:
            form.add_error("fichiers", message)
        return _ecran_de_depot(request, demande, form, gardes=len(recus) - len(refus))
    combien = "la pièce est déposée" if len(recus) == 1 else f"{len(recus)} pièces sont déposées"
    messages.success(request, f"{type_piece} : {combien}.")
    return _apres_depot(demande, type_piece)


@lire_ou_enregistrer
@habilitation_requise()
def deposer_au_dossier(request: HttpRequest, numero: str) -> HttpResponse:
    """Add papers to a dossier whose programme takes them without a demande; several files of one kind at once."""
    dossier = dossier_visible(request.habilitation, numero)
    exiger_sur(request.habilitation, Droit.DEPOSER_PIECE, dossier)
    if not prend_sans_demande(dossier):
        raise AccesRefuse(numero, "pièces déposées avec les demandes")
    form = FormDepot(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        type_piece, recus = form.cleaned_data["type"], form.cleaned_data["fichiers"]
        refus = actions.deposer_fichiers_au_dossier(request.habilitation, dossier, type_piece, recus)
        if not refus:
            combien = "la pièce est déposée" if len(recus) == 1 else f"{len(recus)} pièces sont déposées"
            messages.success(request, f"{type_piece} : {combien}.")
            return redirect("dossiers:pieces", numero)
        for message in refus:
            form.add_error("fichiers", message)
    journaliser(request.habilitation, Acte.CONSULTER, numero, details={"page": "deposer"})
    contexte = contexte_dossier(request.habilitation, dossier, "pieces")
    contexte |= {
        "form": form,
        "taille_max_mo": reglages.taille_max() // reglages.MEGAOCTET,
        "pages_max": reglages.pages_max(),
    }
    return render(
        request,
        "dossiers/justificatifs/deposer_au_dossier.html",
        contexte,
        status=422 if form.errors else 200,
    )


def _apres_depot(demande: Demande, type_piece: TypePiece) -> HttpResponse:
    if demande.etat == EtatDemande.BROUILLON:
        return redirect(f"{reverse('demandes:pieces', args=[demande.numero])}#piece-{type_piece.code}")
    if demande.pieces_demandees.filter(etat="attendue").exists():
        return redirect(reverse("pieces:deposer", args=[demande.numero]) + "?suite")
    return redirect("demandes:detail", demande.numero)


def _ecran_de_depot(
    request: HttpRequest, demande: Demande, form: FormDepot | None = None, gardes: int = 0
) -> HttpResponse:
    if not gardes:  # each paper kept has left its own row
        journaliser(request.habilitation, Acte.CONSULTER, demande.dossier.numero, details={"page": "deposer"})
    contexte = contexte_dossier(request.habilitation, demande.dossier, "demandes")
    contexte |= {"demande": demande, "form": form, "gardes": gardes}
    contexte |= contexte_depot(request.habilitation, demande)
    contexte["erreurs_autres"] = _placer_erreurs(contexte["emplacements"], form)
    return render(request, "dossiers/justificatifs/deposer.html", contexte, status=422 if form else 200)


def _placer_erreurs(emplacements: list[Emplacement], form: FormDepot | None) -> list[str]:
    """Put the errors beside the kind of paper that was sent; those of no shown kind go to the last zone."""
    if form is None:
        return []
    erreurs = [erreur for liste in form.errors.values() for erreur in liste]
    for emplacement in emplacements:
        if emplacement.type.code == form.data.get("type"):
            emplacement.erreurs = erreurs
            return []
    return erreurs
