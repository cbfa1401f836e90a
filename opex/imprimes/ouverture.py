"""Before a departure: is the person known, her identity, and her OPEX dossier, opened asleep."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dossiers.assures.actions import enregistrer_personne
from dossiers.assures.attente import oublier, retenir
from dossiers.assures.forms import FormulaireIdentite, FormulairePersonne
from dossiers.assures.recherche import Constat, chercher_personne, deja_saisie, personne_a_ouvrir
from dossiers.assures.saisie import contexte_du_constat, identite_a_saisir
from dossiers.partages.models import Dossier
from dossiers.partages.profils import Droit
from dossiers.vues import tenter
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from opex.imprimes.acces import exiger_depart, lots_visibles
from opex.suivi.ouverture import ouvrir_dossier_opex
from partners.habilitations.acces import habilitation_requise
from partners.models import Habilitation
from partners.organismes.models import Programme

OPEX = Programme.OPEX
LOTS_MONTRES = 6


@require_GET
@habilitation_requise()
def accueil(request: HttpRequest) -> HttpResponse:
    """Where a departure is prepared: one person, or a list; and the lists in hand."""
    regard = exiger_depart(request.habilitation)
    lots = list(lots_visibles(request.habilitation).select_related("unite", "operation")[:LOTS_MONTRES])
    journaliser(
        request.habilitation, Acte.LISTER, objets=[str(lot.reference) for lot in lots],
        details={"liste": "listes de départ"},
    )  # fmt: skip
    contexte = {"lots": lots, "gere_operations": regard.peut(Droit.GERER_GENRES)}
    return render(request, "opex/imprimes/accueil.html", contexte)


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def identifier(request: HttpRequest) -> HttpResponse:
    """NIR and birth date: is the person known?"""
    exiger_depart(request.habilitation)
    form = FormulairePersonne(request.POST if request.method == "POST" else None)
    contexte = {"form": form}
    if request.method == "POST" and form.is_valid():
        nir, naissance = form.cleaned_data["nir"], form.cleaned_data["naissance"]
        resultat = tenter(form, lambda: chercher_personne(request.habilitation, nir, naissance, OPEX))
        if resultat and resultat.constat is Constat.NOUVELLE:
            retenir(request, nir, naissance, OPEX)
            return redirect("imprimes:identite")
        if resultat:
            contexte |= contexte_du_constat(resultat)
    return render(request, "opex/imprimes/identifier.html", contexte, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def identite(request: HttpRequest) -> HttpResponse:
    """The identity of a new person; her dossier opens with it."""
    exiger_depart(request.habilitation)
    form = identite_a_saisir(request, OPEX)
    if form is None:
        return redirect("imprimes:identifier")
    dossier = _ouvrir_nouvelle(request.habilitation, form) if request.method == "POST" else None
    if dossier:
        oublier(request, OPEX)
        return redirect("imprimes:nouveau", dossier.numero)
    contexte = {"form": form, "nir": form.nir}
    return render(request, "opex/imprimes/identite.html", contexte, status=422 if form.errors else 200)


def _ouvrir_nouvelle(habilitation: Habilitation, form: FormulaireIdentite) -> Dossier | None:
    """The dossier of the person just typed, or the one that the same page sent twice has opened."""
    if deja := deja_saisie(habilitation, form.nir):
        return tenter(form, lambda: _ouvert(habilitation, deja.reference))
    if not form.is_valid():
        return None

    @transaction.atomic
    def ouvrir() -> Dossier:
        return ouvrir_dossier_opex(
            habilitation, enregistrer_personne(habilitation, form.nir, form.cleaned_data)
        )

    return tenter(form, ouvrir)


def _ouvert(habilitation: Habilitation, reference: UUID) -> Dossier:
    """The OPEX dossier of a known person: the one she has, else a new one."""
    assure, dossier = personne_a_ouvrir(habilitation, reference, OPEX)
    return dossier or ouvrir_dossier_opex(habilitation, assure)


@never_cache
@require_POST
@habilitation_requise()
def ouvrir(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Open the OPEX dossier of a person who is known; sent twice, the same dossier."""
    exiger_depart(request.habilitation)
    try:
        dossier = _ouvert(request.habilitation, reference)
    except ActionRefusee as refus:
        messages.error(request, refus.message)
        return redirect("imprimes:identifier")
    return redirect("imprimes:nouveau", dossier.numero)
