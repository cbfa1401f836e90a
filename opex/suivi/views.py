"""The « Blessures et suivi » tab of an OPEX dossier, and the list of the steps to come."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit, Regard
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.ui.pagination import compte_borne, page_par_cle
from opex.commun import contexte_opex, dossier_opex
from opex.suivi.a_faire import NOMMES, filtrer, lues, marquer_proches
from opex.suivi.etats import DORMANTS, EtatSuivi
from opex.suivi.lecture import contexte_suivi
from opex.suivi.models import Echeance
from opex.suivi.parcours import SANS_BLESSURE
from partners.habilitations.acces import habilitation_requise

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
    toutes = lues(request.habilitation)
    lignes = filtrer(toutes, regard, code).prefetch_related(*NOMMES)
    page = page_par_cle(lignes, request, cles=("le", "id"))
    marquer_proches(page)
    journaliser(
        request.habilitation, Acte.LISTER,
        objets=list(dict.fromkeys(ligne.dossier.numero for ligne in page)),
        details={"liste": "échéances", "filtre": code},
    )  # fmt: skip
    titre_vide, texte_vide = VIDES[code]
    contexte = {
        "page": page,
        "libelle": FILTRES[code],
        "choix": [_choix(toutes, regard, c, c == code) for c in FILTRES],
        "titre_vide": titre_vide,
        "texte_vide": texte_vide,
    }
    return render(request, "opex/suivi/echeances.html", contexte)


def _choix(toutes: QuerySet[Echeance], regard: Regard, code: str, courant: bool) -> dict[str, Any]:
    nombre, au_dela = compte_borne(filtrer(toutes, regard, code), BORNE)
    return {
        "code": code,
        "libelle": FILTRES[code],
        "courant": courant,
        "compte": nombre,
        "au_dela": au_dela,
    }
