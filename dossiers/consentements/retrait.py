"""The pages of a withdrawal: from a dossier that one reads, or at the counter, by the person's NIR."""

import time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from dossiers.consentements import actions, recus
from dossiers.consentements.forms import SaisieRetrait, SaisieRetraitParNir
from dossiers.consentements.par_nir import organismes_proposes, retirer_par_nir
from dossiers.consentements.preuves import recevoir
from dossiers.partages.models import Dossier
from dossiers.partages.policies import dossier_visible, exiger, exiger_sur
from dossiers.partages.profils import Droit, Regard
from dossiers.textes import enumerer
from dossiers.vues import contexte_dossier, tenter
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from partners.habilitations.acces import habilitation_requise

# An answer by NIR never comes sooner, so that its time does not tell whether there is a dossier.
DUREE_MINIMALE = 0.5


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def retirer(request: HttpRequest, numero: str) -> HttpResponse:
    """Withdraw some recipients or all: the form, then what it will do, then done."""
    dossier = dossier_visible(request.habilitation, numero)
    regard = exiger_sur(request.habilitation, Droit.RETIRER_CONSENTEMENT, dossier)
    form = _form(request, dossier, regard)
    contexte = {**contexte_dossier(request.habilitation, dossier, "consentement"), "form": form}
    contexte["voit"] = regard.peut(Droit.VOIR_CONSENTEMENTS)
    if request.method == "POST" and recevoir(form, request.habilitation):
        if form.cleaned_data["confirme"] != "oui":
            _consulter(request, numero)
            contexte |= {"tout": form.tout, "retires": form.nommes()}
            contexte["propre"] = not contexte["voit"] and request.habilitation.organisme in form.nommes()
            return render(request, "dossiers/consentements/confirmer.html", contexte)
        if tenter(
            form,
            lambda: actions.retirer_consentement(
                request.habilitation, dossier, form.retires(), **form.acte()
            ),
        ):
            return _apres(request, form, dossier, regard)
    _consulter(request, numero)
    return render(
        request, "dossiers/consentements/retirer.html", contexte, status=422 if form.errors else 200
    )


def _form(request: HttpRequest, dossier: Dossier, regard: Regard) -> SaisieRetrait:
    """Who may see the consents chooses among the accords; a partner among all, whatever they are (rule 8)."""
    options: dict[str, Any] = {"naissance": dossier.assure.date_naissance}
    if regard.peut(Droit.VOIR_CONSENTEMENTS):
        options |= {"organismes": actions.retirables(dossier), "connus": dossier.assure.representants.all()}
    else:
        options |= {
            "organismes": actions.destinataires(dossier.programme),
            "propre": request.habilitation.organisme,
        }
    return SaisieRetrait(request.POST if request.method == "POST" else None, request.FILES or None, **options)


def _consulter(request: HttpRequest, numero: str) -> None:
    journaliser(request.habilitation, Acte.CONSULTER, numero, details={"page": "retrait"})


def _apres(request: HttpRequest, form: SaisieRetrait, dossier: Dossier, regard: Regard) -> HttpResponse:
    noms = [o.nom for o in form.nommes()]
    if regard.peut(Droit.VOIR_CONSENTEMENTS):
        sigles = [o.sigle for o in form.nommes()]
        voient = "ne voit plus" if len(sigles) == 1 else "ne voient plus"
        messages.success(request, f"Le retrait est enregistré\u00a0: {enumerer(sigles)} {voient} ce dossier.")
        return redirect("consentements:detail", dossier.numero)
    recu = recus.de(
        request.habilitation, noms, form.tout, timezone.localdate(), numero=dossier.numero,
        demandeur=str(dossier.assure),
        lit_encore=not form.tout and request.habilitation.organisme not in form.nommes(),
    )  # fmt: skip
    recus.retenir(request, recu)
    return redirect("retraits:fait")


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def par_nir(request: HttpRequest) -> HttpResponse:
    """Withdraw for a person in front of us whose dossier we do not read. The answer is the same with or without one."""
    debut = time.monotonic()
    exiger(request.habilitation, Droit.RETIRER_CONSENTEMENT)
    form = SaisieRetraitParNir(
        request.POST if request.method == "POST" else None,
        organismes=organismes_proposes(),
        propre=request.habilitation.organisme,
    )
    if request.method == "POST" and form.is_valid():
        tenter(form, lambda: _retirer_par_nir(request, form))
        if not form.errors:
            noms = [o.nom for o in form.nommes()]
            recus.retenir(request, recus.de(request.habilitation, noms, form.tout, timezone.localdate()))
            time.sleep(max(0.0, DUREE_MINIMALE - (time.monotonic() - debut)))
            return redirect("retraits:fait")
    contexte = {"form": form, "caisse_seule": Regard(request.habilitation).est_cnmss}
    return render(
        request, "dossiers/consentements/par_nir.html", contexte, status=422 if form.errors else 200
    )


def _retirer_par_nir(request: HttpRequest, form: SaisieRetraitParNir) -> None:
    propres = form.cleaned_data
    retirer_par_nir(
        request.habilitation, propres["nir"], propres["naissance"], form.retires(), signe_le=propres["signe_le"],
        canal=propres["canal"], representant=form.representant(),
    )  # fmt: skip


@never_cache
@require_GET
@habilitation_requise()
def fait(request: HttpRequest) -> HttpResponse:
    """What has just been recorded, and the receipt to hand over."""
    recu = recus.retenu(request)
    exiger(request.habilitation, Droit.RETIRER_CONSENTEMENT)
    if recu is None:
        return redirect("retraits:par_nir")
    journaliser(request.habilitation, Acte.CONSULTER, recu.numero, details={"page": "retrait enregistré"})
    return render(request, "dossiers/consentements/retrait_fait.html", {"recu": recu})


@never_cache
@require_GET
@habilitation_requise()
def recu(request: HttpRequest) -> HttpResponse:
    """The receipt of the withdrawal just recorded (PDF)."""
    donne = recus.retenu(request)
    if donne is None:
        raise AccesRefuse("", "aucun retrait récent")
    journaliser(request.habilitation, Acte.IMPRIMER, donne.numero, details={"geste": "reçu de retrait"})
    reponse = HttpResponse(recus.rediger(donne), content_type="application/pdf")
    reponse["Content-Disposition"] = 'inline; filename="recu-retrait.pdf"'
    return reponse
