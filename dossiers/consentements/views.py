"""The consent tab of a dossier: who sees what, the acts, and recording new ones."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dossiers.consentements import actions
from dossiers.consentements.etats import etats
from dossiers.consentements.forms import SaisieConsentement
from dossiers.consentements.formulaire import reponse_formulaire
from dossiers.consentements.histoire import RECUS, histoire, lignes_des_actes
from dossiers.consentements.preuves import recevoir
from dossiers.echanges.policies import courriers_lisibles
from dossiers.echanges.traitements import imprimer
from dossiers.exceptions.listes import exceptions_montrees
from dossiers.partages.models import Dossier, Nature
from dossiers.partages.policies import dossier_visible, exiger_sur, refuser_les_copies
from dossiers.partages.profils import Droit, Regard
from dossiers.vues import contexte_dossier, tenter
from dossierunique.fichiers import lecture
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.securite.identite import systeme
from dossierunique.ui.pagination import page_par_cle
from partners.habilitations.acces import habilitation_requise
from partners.models import Habilitation

ACTES_PAR_PAGE = 20


def _dossier(habilitation: Habilitation, numero: str, droit: Droit) -> Dossier:
    dossier = dossier_visible(habilitation, numero)
    exiger_sur(habilitation, droit, dossier)
    return dossier


@require_GET
@habilitation_requise()
def detail(request: HttpRequest, numero: str) -> HttpResponse:
    """Who sees what today, and every act of the person with what became of its proof."""
    dossier = _dossier(request.habilitation, numero, Droit.VOIR_CONSENTEMENTS)
    journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "consentement"})
    page = page_par_cle(histoire(dossier), request, cles=("-enregistre_le", "-pk"), taille=ACTES_PAR_PAGE)
    contexte = contexte_dossier(request.habilitation, dossier, "consentement")
    contexte |= {
        "etats": etats(dossier),
        "autres": dossier.partages.actifs()
        .exclude(nature=Nature.CONSENTEMENT)
        .select_related("organisme", "unite"),
        "exceptions": exceptions_montrees(dossier, contexte["regard"]),
        "page": page,
        "actes": lignes_des_actes(page, request.habilitation),
    }
    return render(request, "dossiers/consentements/detail.html", contexte)


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
        programme=dossier.programme,
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
@require_POST
@habilitation_requise()
def formulaire(request: HttpRequest, numero: str) -> HttpResponse:
    """Print another consent form for the person of this dossier."""
    dossier = _dossier(request.habilitation, numero, Droit.RECUEILLIR_CONSENTEMENT)
    return reponse_formulaire(request.habilitation, dossier.assure, dossier.programme)


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


@require_GET
@habilitation_requise()
def recu(request: HttpRequest, numero: str, pk: int) -> HttpResponseBase:
    """The receipt of one act, produced now if the worker has not done it yet."""
    dossier = _dossier(request.habilitation, numero, Droit.VOIR_CONSENTEMENTS)
    courriers = courriers_lisibles(Regard(request.habilitation), dossier)
    courrier = courriers.filter(genre__in=RECUS, cible=pk).first()
    if courrier is None:
        raise AccesRefuse(numero, "reçu inconnu ou réservé")
    with systeme("courrier"):
        fichier = imprimer(courrier.pk).fichier
    journaliser(request.habilitation, Acte.TELECHARGER, numero, details={"courrier": str(courrier.reference)})
    return lecture.reponse(fichier, telecharger="telecharger" in request.GET)
