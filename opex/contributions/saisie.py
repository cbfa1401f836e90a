"""Recording, correcting and cancelling an aid: the pages of the partner, and of the CNMSS on its behalf."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from dossiers.justificatifs.models import Justificatif
from dossiers.partages.models import Dossier
from dossiers.partages.natures import Donnee
from dossiers.partages.policies import exiger_sur
from dossiers.partages.profils import Droit, Regard
from dossiers.vues import tenter
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from opex.commun import contexte_opex, dossier_opex
from opex.contributions.actions import annuler_aide, corriger_aide, enregistrer_aide
from opex.contributions.forms import (
    FormAide,
    FormAnnulation,
    FormCorrection,
    etats_possibles,
    genres_offerts,
)
from opex.contributions.models import ContributionOpex
from opex.contributions.policies import (
    aide_lue,
    beneficiaires_nommes,
    contributeurs,
    peut_ecrire,
    pieces_ouvertes,
)
from opex.suivi.ayants_cause_lisibles import ayants_cause_lisibles
from partners.habilitations.acces import habilitation_requise
from partners.models import Organisme


@dataclass(frozen=True)
class Auteur:
    """What the form may offer to who writes for an organisme on a dossier."""

    organisme: Organisme
    genres: Any
    blessures: Any
    famille: Any
    etats: list[Any]
    pieces: list[Justificatif]


def _auteur(
    regard: Regard, dossier: Dossier, organisme: Organisme, aide: ContributionOpex | None = None
) -> Auteur:
    blessures = dossier.blessures.order_by("survenue_le", "pk")
    # The beneficiary of an aid is for its whole life: another one is another aid.
    nomme = aide is None and ayants_cause_lisibles(regard, dossier).exists()
    return Auteur(
        organisme=organisme,
        genres=genres_offerts(organisme, aide),
        blessures=blessures if regard.lit(Donnee.BLESSURE) else blessures.none(),
        famille=ayants_cause_lisibles(regard, dossier) if nomme else None,
        etats=etats_possibles(aide),
        pieces=pieces_ouvertes(dossier, regard),
    )


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def nouvelle(request: HttpRequest, numero: str) -> HttpResponse:
    """An aid of one's own organisme; the CNMSS says first on whose behalf it writes."""
    dossier = dossier_opex(request.habilitation, numero)
    contexte = contexte_opex(request, dossier, "aides")
    regard = contexte["regard"]
    organisme = _au_nom_de(request, dossier, regard)
    if organisme is None:
        _journaliser(request, dossier, "choix de l’organisme d’une aide")
        contexte |= {"organismes": contributeurs(dossier)}
        return render(request, "opex/aides/choisir.html", contexte)
    form = FormAide(request.POST or None, auteur=_auteur(regard, dossier, organisme))
    if form.is_valid():
        aide = tenter(form, lambda: enregistrer_aide(request.habilitation, dossier, organisme, form.saisie()))
        if aide is not None:
            messages.success(
                request, "L’aide est enregistrée : ceux qui voient les aides du dossier la lisent."
            )
            return redirect("aides:detail", numero, aide.pk)
    _journaliser(request, dossier, "nouvelle aide")
    return render(request, "opex/aides/nouvelle.html", contexte | {"form": form, "organisme": organisme})


def _au_nom_de(request: HttpRequest, dossier: Dossier, regard: Regard) -> Organisme | None:
    """The organisme that the aid is from: one's own, else the one named in the address; None when it is to be chosen.

    Raises AccesRefuse for an organisme that the person does not let read the dossier.
    """
    if regard.peut(Droit.CONTRIBUER):
        code = request.habilitation.organisme.code
    else:
        exiger_sur(request.habilitation, Droit.CONTRIBUER_POUR, dossier)
        code = request.GET.get("organisme", "")
        if not code:
            return None
    organisme = contributeurs(dossier).filter(code=code).first()
    if organisme is None:
        raise AccesRefuse(dossier.numero, "organisme sans accord")
    return organisme


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def corriger(request: HttpRequest, numero: str, pk: int) -> HttpResponse:
    """A new version of an aid, with its reason."""
    dossier, aide, regard = _a_ecrire(request, numero, pk)
    auteur = _auteur(regard, dossier, aide.organisme, aide)
    form = FormCorrection(request.POST or None, auteur=auteur, aide=aide)
    if form.is_valid():
        lu = form.cleaned_data
        faite = tenter(
            form,
            lambda: corriger_aide(request.habilitation, aide, form.saisie(), lu["motif"], lu["version"]),
        )
        if faite is not None:
            messages.success(request, "La correction est enregistrée : l’ancienne version reste lisible.")
            return redirect("aides:detail", numero, pk)
    _journaliser(request, dossier, "correction d’une aide", pk)
    return render(request, "opex/aides/corriger.html", _contexte(request, dossier, aide, regard, form))


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def annuler(request: HttpRequest, numero: str, pk: int) -> HttpResponse:
    """Cancelling an aid, with its reason: it stays readable."""
    dossier, aide, regard = _a_ecrire(request, numero, pk)
    form = FormAnnulation(request.POST or None, initial={"version": aide.version})
    if form.is_valid():
        lu = form.cleaned_data
        faite = tenter(form, lambda: annuler_aide(request.habilitation, aide, lu["motif"], lu["version"]))
        if faite is not None:
            messages.success(request, "L’aide est annulée : elle ne compte plus, et reste lisible.")
            return redirect("aides:detail", numero, pk)
    _journaliser(request, dossier, "annulation d’une aide", pk)
    return render(request, "opex/aides/annuler.html", _contexte(request, dossier, aide, regard, form))


@require_GET
@habilitation_requise()
def detail(request: HttpRequest, numero: str, pk: int) -> HttpResponse:
    """One aid, its papers and its versions."""
    dossier = dossier_opex(request.habilitation, numero)
    regard = exiger_sur(request.habilitation, Droit.VOIR_AIDES, dossier)
    aide = aide_lue(dossier, regard, pk)
    _journaliser(request, dossier, "aide", pk)
    contexte = _contexte(request, dossier, aide, regard)
    contexte |= {
        "versions": aide.versions.select_related("genre", "auteur__utilisateur", "auteur__organisme")[:50],
        "blessure": aide.blessure if regard.lit(Donnee.BLESSURE) else None,
        "pieces": _pieces(aide, dossier, regard),
        "peut_ecrire": peut_ecrire(regard, aide),
    }
    return render(request, "opex/aides/detail.html", contexte)


def _pieces(aide: ContributionOpex, dossier: Dossier, regard: Regard) -> list[Justificatif]:
    jointes = set(aide.pieces.values_list("pk", flat=True))
    return [piece for piece in pieces_ouvertes(dossier, regard) if piece.pk in jointes] if jointes else []


def _a_ecrire(request: HttpRequest, numero: str, pk: int) -> tuple[Dossier, ContributionOpex, Regard]:
    """An aid that this person may correct, or AccesRefuse; the action asks again."""
    dossier = dossier_opex(request.habilitation, numero)
    regard = exiger_sur(request.habilitation, Droit.VOIR_AIDES, dossier)
    aide = aide_lue(dossier, regard, pk)
    if not peut_ecrire(regard, aide):
        raise AccesRefuse(numero, "aide d’un autre organisme, ou annulée")
    return dossier, aide, regard


def _contexte(
    request: HttpRequest, dossier: Dossier, aide: ContributionOpex, regard: Regard, form: Any = None
) -> dict[str, Any]:
    nom = (
        beneficiaires_nommes(dossier, regard).get(aide.beneficiaire_id or 0) if aide.beneficiaire_id else None
    )
    return contexte_opex(request, dossier, "aides") | {"aide": aide, "beneficiaire": nom, "form": form}


def _journaliser(request: HttpRequest, dossier: Dossier, page: str, aide: int | None = None) -> None:
    details: dict[str, Any] = {"page": page}
    if aide is not None:
        details["aide"] = aide
    journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details=details)
