"""The consent tab of a dossier: who sees what, the acts, and recording new ones."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dossiers.consentements import actions
from dossiers.consentements.etats import etats
from dossiers.consentements.forms import SaisieConsentement, SaisieRetrait
from dossiers.consentements.formulaire import reponse_formulaire
from dossiers.consentements.preuves import recevoir
from dossiers.echanges.models import Courrier, GenreCourrier
from dossiers.echanges.policies import courriers_lisibles
from dossiers.exceptions.listes import exceptions_montrees
from dossiers.partages.models import Dossier, Nature
from dossiers.partages.policies import dossier_visible, exiger_sur, refuser_les_copies
from dossiers.partages.profils import Droit, Regard
from dossiers.textes import enumerer
from dossiers.vues import contexte_dossier, tenter
from dossierunique.fichiers import lecture
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from partners.habilitations.acces import habilitation_requise
from partners.models import Habilitation

RECUS = (GenreCourrier.RECU_CONSENTEMENT, GenreCourrier.RECU_RETRAIT)


def _dossier(habilitation: Habilitation, numero: str, droit: Droit) -> Dossier:
    dossier = dossier_visible(habilitation, numero)
    exiger_sur(habilitation, droit, dossier)
    return dossier


@require_GET
@habilitation_requise()
def detail(request: HttpRequest, numero: str) -> HttpResponse:
    """Who sees what today, and every act of the person."""
    dossier = _dossier(request.habilitation, numero, Droit.VOIR_CONSENTEMENTS)
    regard = Regard(request.habilitation)
    recus = courriers_lisibles(regard, dossier).filter(genre__in=RECUS)
    actes = dossier.consentements.select_related(
        "texte", "representant", "preuve", "enregistre_par__utilisateur", "enregistre_par__organisme"
    ).prefetch_related("lignes__organisme")
    journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "consentement"})
    contexte = {
        **contexte_dossier(request.habilitation, dossier, "consentement"),
        "etats": etats(dossier),
        "autres": dossier.partages.actifs()
        .exclude(nature=Nature.CONSENTEMENT)
        .select_related("organisme", "unite"),
        "exceptions": exceptions_montrees(dossier, regard),
        "actes": _avec_recus(actes, recus),
    }
    return render(request, "dossiers/consentements/detail.html", contexte)


def _avec_recus(actes: Any, recus: Any) -> list[dict[str, Any]]:
    par_acte: dict[int, Courrier] = {recu.cible: recu for recu in recus}
    return [{"acte": acte, "recu": par_acte.get(acte.pk)} for acte in actes]


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def enregistrer(request: HttpRequest, numero: str) -> HttpResponse:
    """Record a new consent on an open dossier."""
    dossier = _dossier(request.habilitation, numero, Droit.RECUEILLIR_CONSENTEMENT)
    form = SaisieConsentement(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        assure=dossier.assure,
        organismes=actions.destinataires(dossier.programme),
        sans_choix="Sans changement",
    )
    recu = request.method == "POST" and recevoir(form, request.habilitation)
    if recu and tenter(
        form, lambda: actions.enregistrer_consentement(request.habilitation, dossier, **form.acte())
    ):
        messages.success(
            request,
            "Le consentement est enregistré et prend effet dès maintenant. Le reçu est en préparation.",
        )
        return redirect("consentements:detail", numero)
    journaliser(request.habilitation, Acte.CONSULTER, numero, details={"page": "nouveau consentement"})
    contexte = {
        **contexte_dossier(request.habilitation, dossier, "consentement"),
        "form": form,
        "etats": {f"choix_{e.organisme.code}": e for e in etats(dossier)},
    }
    return render(
        request, "dossiers/consentements/enregistrer.html", contexte, status=422 if form.errors else 200
    )


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def retirer(request: HttpRequest, numero: str) -> HttpResponse:
    """Withdraw some recipients or all: the form, then what it will do, then done."""
    dossier = _dossier(request.habilitation, numero, Droit.RETIRER_CONSENTEMENT)
    regard = Regard(request.habilitation)
    propre = None if regard.peut(Droit.VOIR_CONSENTEMENTS) else request.habilitation.organisme
    lecteurs = [p.organisme for p in actions.partages_consentis(dossier)]
    form = SaisieRetrait(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        lecteurs=lecteurs,
        propre=propre,
    )
    contexte = {
        **contexte_dossier(request.habilitation, dossier, "consentement"),
        "form": form,
        "lecteurs": lecteurs,
        "propre": propre,
    }
    if request.method == "POST" and recevoir(form, request.habilitation):
        if form.cleaned_data["confirme"] != "oui":
            _consulter_retrait(request, numero)
            return render(request, "dossiers/consentements/confirmer.html", contexte | _effet(form))
        retires = form.retires()
        if tenter(
            form, lambda: actions.retirer_consentement(request.habilitation, dossier, retires, **form.acte())
        ):
            return _apres_retrait(request, form, numero)
    _consulter_retrait(request, numero)
    return render(
        request, "dossiers/consentements/retirer.html", contexte, status=422 if form.errors else 200
    )


def _consulter_retrait(request: HttpRequest, numero: str) -> None:
    journaliser(request.habilitation, Acte.CONSULTER, numero, details={"page": "retrait"})


def _effet(form: SaisieRetrait) -> dict[str, Any]:
    tout = form.cleaned_data["portee"] == "tout"
    return {"tout": tout, "retires": [] if tout and form.propre else form.retires()}


def _apres_retrait(request: HttpRequest, form: SaisieRetrait, numero: str) -> HttpResponse:
    if form.propre:
        messages.success(
            request, f"Le retrait est enregistré. Votre organisme n’a plus accès au dossier {numero}."
        )
        return redirect("dossiers:liste")
    retires = [o.sigle for o in form.retires()]
    voient = "ne voit plus" if len(retires) == 1 else "ne voient plus"
    messages.success(request, f"Le retrait est enregistré\u00a0: {enumerer(retires)} {voient} ce dossier.")
    return redirect("consentements:detail", numero)


@never_cache
@require_POST
@habilitation_requise()
def formulaire(request: HttpRequest, numero: str) -> HttpResponse:
    """Print another consent form for the person of this dossier."""
    dossier = _dossier(request.habilitation, numero, Droit.RECUEILLIR_CONSENTEMENT)
    return reponse_formulaire(request.habilitation, dossier.assure)


@require_GET
@habilitation_requise()
def preuve(request: HttpRequest, numero: str, pk: int) -> HttpResponseBase:
    """The signed scan of one act."""
    dossier = _dossier(request.habilitation, numero, Droit.VOIR_CONSENTEMENTS)
    acte = dossier.consentements.filter(pk=pk, preuve__isnull=False).select_related("preuve").first()
    if acte is None:
        raise AccesRefuse(numero, "preuve inconnue")
    if not acte.preuve.disponible:
        messages.info(
            request,
            f"Le formulaire signé ne peut pas être ouvert\u00a0: il est {acte.preuve.get_etat_display()}.",
        )
        return redirect("consentements:detail", numero)
    refuser_les_copies(request.habilitation, dossier)
    journaliser(request.habilitation, Acte.TELECHARGER, numero, details={"preuve": acte.pk})
    return lecture.reponse(acte.preuve, telecharger="telecharger" in request.GET)
