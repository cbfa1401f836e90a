"""Filling a new version of the form on the screen."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dossiers.partages.models import Dossier
from dossiers.vues import tenter
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from opex.commun import contexte_opex
from opex.imprimes import lignes
from opex.imprimes.acces import dossier_a_remplir
from opex.imprimes.actions import A_PREVENIR_ABSENTE, enregistrer_imprime
from opex.imprimes.forms import FormImprime
from opex.imprimes.models import Imprime
from partners.habilitations.acces import habilitation_requise

DU_DEPART = ("operation", "depart_le", "retour_le")


def _initial(dossier: Dossier, dernier: Imprime | None) -> dict[str, Any]:
    """What the next version starts from: the previous one but its departure, else what is known of the person."""
    if dernier:
        repris = {nom: getattr(dernier, nom) for nom in FormImprime.Meta.fields if nom not in DU_DEPART}
        return repris | {"version": dernier.rang}
    return lignes.depuis_la_personne(dossier.assure) | {"unite": dossier.unite, "version": 0}


def _tape(request: HttpRequest, form: FormImprime) -> dict[str, Any]:
    return {nom: request.POST.get(nom, "") for nom in form.fields}


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def nouveau(request: HttpRequest, numero: str) -> HttpResponse:
    """A new version: prefilled, its rows added and taken away by plain buttons."""
    dossier = dossier_a_remplir(request.habilitation, numero)
    if request.method == "POST":
        return _recevoir(request, dossier)
    dernier = dossier.imprimes.prefetch_related("a_prevenir", "proches", "contrats__organisme").first()
    form = FormImprime(habilitation=request.habilitation, initial=_initial(dossier, dernier))
    return _page(request, dossier, form, lignes.vides(lignes.lignes_de(dernier)))


def _recevoir(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    geste = lignes.geste_demande(request.POST)
    form = FormImprime(request.POST, habilitation=request.habilitation)
    if geste:
        brut = lignes.appliquer(lignes.lire_brut(request.POST), *geste)
        form = FormImprime(habilitation=request.habilitation, initial=_tape(request, form))
        return _page(request, dossier, form, lignes.ensembles_tapes(brut), geste=geste[1])
    ensembles = lignes.recues(request.POST)
    verdicts = [form.is_valid(), *(ensemble.is_valid() for ensemble in ensembles.values())]
    if verdicts[1] and not ensembles["a_prevenir"].lignes():
        form.add_error(None, A_PREVENIR_ABSENTE)
    elif all(verdicts) and (imprime := _enregistrer(request, dossier, form, ensembles)):
        return _apres(request, dossier, imprime)
    return _page(request, dossier, form, ensembles)


def _enregistrer(
    request: HttpRequest, dossier: Dossier, form: FormImprime, ensembles: lignes.Ensembles
) -> Imprime | None:
    rangees = {lot: ensemble.lignes() for lot, ensemble in ensembles.items()}
    return tenter(
        form,
        lambda: enregistrer_imprime(
            request.habilitation, dossier, form.champs(), version=form.cleaned_data["version"], **rangees
        ),
    )


def _apres(request: HttpRequest, dossier: Dossier, imprime: Imprime) -> HttpResponse:
    """The first time, the person's choices come next; afterwards they are known."""
    messages.success(
        request, f"La version {imprime.rang} de l’imprimé est enregistrée. Imprimez-la pour la faire signer."
    )
    if dossier.consentements.exists():
        return redirect("imprimes:detail", dossier.numero, imprime.rang)
    return redirect("consentements:enregistrer", dossier.numero)


def _page(
    request: HttpRequest, dossier: Dossier, form: FormImprime, ensembles: lignes.Ensembles, geste: str = ""
) -> HttpResponse:
    journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "saisie de l’imprimé"})
    contexte = contexte_opex(request, dossier, "imprime") | {
        "form": form,
        "ensembles": ensembles,
        "geste": geste,
        "premiere": not dossier.imprimes.exists(),
    }
    refuse = form.is_bound
    return render(request, "opex/imprimes/saisie.html", contexte, status=422 if refuse else 200)
