"""The « Blessures et suivi » tab of an OPEX dossier, and the list of the steps to come."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dossiers.demandes.corbeilles import PERSONNES
from dossiers.partages.models import Partage
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit, Regard
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.ui.pagination import compte_borne, page_par_cle
from opex.commun import contexte_opex, dossier_opex
from opex.suivi.etats import DORMANTS, EtatSuivi
from opex.suivi.lecture import contexte_suivi, marquer
from opex.suivi.models import Echeance, EtatEcheance, Suivi
from opex.suivi.parcours import SANS_BLESSURE
from partners.habilitations.acces import habilitation_requise
from partners.models import Habilitation

FILTRES = {"miennes": "Les miennes", "toutes": "Toutes", "en-retard": "En retard"}
VIDES = {
    "miennes": (
        "Rien à faire pour l’instant",
        "Les étapes des dossiers dont vous êtes référent apparaîtront ici, les plus proches d’abord.",
    ),
    "toutes": (
        "Aucune étape à venir",
        "Une étape se note dans l’onglet « Blessures et suivi » d’un dossier.",
    ),
    "en-retard": ("Rien n’est en retard", "Une étape dont la date est passée apparaîtra ici."),
}
BORNE = 200
NOMMES = ("dossier__unite", Prefetch("dossier__assure", PERSONNES))


@require_GET
@habilitation_requise()
def page(request: HttpRequest, numero: str) -> HttpResponse:
    """Where the dossier stands, the wounds and what became of them, what is due next, the family after a death."""
    dossier = dossier_opex(request.habilitation, numero)
    journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "suivi"})
    contexte = contexte_opex(request, dossier, "suivi")
    contexte |= contexte_suivi(dossier, contexte["regard"])
    contexte |= {
        "dormant": dossier.suivi.etat in DORMANTS,
        "decede": dossier.suivi.etat == EtatSuivi.DECEDE,
        "sans_blessure": SANS_BLESSURE,
    }
    return render(request, "opex/suivi/page.html", contexte)


@require_GET
@habilitation_requise()
def echeances(request: HttpRequest) -> HttpResponse:
    """The steps of the dossiers that this habilitation reads, soonest first."""
    regard = exiger(request.habilitation, Droit.SUIVRE)
    code = request.GET.get("voir", "")
    code = code if code in FILTRES else "miennes"
    lues = _lues(request.habilitation)
    lignes = _filtrer(lues, regard, code).prefetch_related(*NOMMES)
    page = page_par_cle(lignes, request, cles=("le", "id"))
    bientot = timezone.localdate() + timedelta(days=settings.ECHEANCE_RAPPEL_JOURS)
    for ligne in page:
        marquer(ligne).proche = ligne.le <= bientot
    journaliser(
        request.habilitation, Acte.LISTER,
        objets=list(dict.fromkeys(ligne.dossier.numero for ligne in page)),
        details={"liste": "échéances", "filtre": code},
    )  # fmt: skip
    titre_vide, texte_vide = VIDES[code]
    contexte = {
        "page": page,
        "libelle": FILTRES[code],
        "choix": [_choix(lues, regard, c, c == code) for c in FILTRES],
        "titre_vide": titre_vide,
        "texte_vide": texte_vide,
    }
    return render(request, "opex/suivi/echeances.html", contexte)


def _lues(habilitation: Habilitation) -> QuerySet[Echeance]:
    partages = Partage.objects.visibles_par(habilitation).filter(dossier=OuterRef("dossier"))
    return Echeance.objects.filter(Exists(partages), etat=EtatEcheance.A_FAIRE)


def _filtrer(lignes: QuerySet[Echeance], regard: Regard, code: str) -> QuerySet[Echeance]:
    if code == "en-retard":
        return lignes.filter(le__lt=timezone.localdate())
    if code == "miennes":
        suivis = Q(referent=regard.habilitation)
        if regard.est_cnmss:
            # Without a referent, the steps are recalled to the gestionnaires.
            suivis |= Q(referent__isnull=True)
        return lignes.filter(dossier__in=Suivi.objects.filter(suivis).values("dossier"))
    return lignes


def _choix(lues: QuerySet[Echeance], regard: Regard, code: str, courant: bool) -> dict[str, Any]:
    nombre, au_dela = compte_borne(_filtrer(lues, regard, code), BORNE)
    return {
        "code": code,
        "libelle": FILTRES[code],
        "courant": courant,
        "compte": nombre,
        "au_dela": au_dela,
    }
