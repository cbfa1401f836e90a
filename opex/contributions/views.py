"""The « Aides reçues » tab of an OPEX dossier: totals per partner and kind, then each aid."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dossiers.partages.natures import Donnee
from dossiers.partages.policies import exiger_sur
from dossiers.partages.profils import Droit, Regard
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.ui.pagination import page_par_cle
from opex.commun import contexte_opex, dossier_opex
from opex.contributions.models import ContributionOpex, EtatContributionOpex
from opex.contributions.policies import aides_lues, beneficiaires_nommes
from opex.contributions.totaux import totaux
from partners.habilitations.acces import habilitation_requise
from partners.models import Organisme


@require_GET
@habilitation_requise()
def liste(request: HttpRequest, numero: str) -> HttpResponse:
    """The aids that this person reads, most recent first, and what they come to."""
    dossier = dossier_opex(request.habilitation, numero)
    regard = exiger_sur(request.habilitation, Droit.VOIR_AIDES, dossier)
    aides = aides_lues(dossier, regard)
    organismes = list(Organisme.objects.filter(pk__in=aides.order_by().values("organisme")))
    filtres = _filtres(request, organismes)
    page = page_par_cle(
        _filtrer(aides, filtres).select_related("genre", "organisme"), request, cles=("-debut", "-pk")
    )
    _nommer(page.lignes, beneficiaires_nommes(dossier, regard))
    journaliser(
        request.habilitation, Acte.CONSULTER, dossier.numero,
        details={"page": "aides", "aides": [aide.pk for aide in page]},
    )  # fmt: skip
    contexte = contexte_opex(request, dossier, "aides") | {
        "page": page,
        "totaux": totaux(dossier, famille=regard.lit(Donnee.AYANT_CAUSE)),
        "organismes": organismes,
        "etats": EtatContributionOpex.choices,
        "filtres": filtres,
        "peut_ajouter": _peut_ajouter(regard) and not dossier.endormi,
    }
    return render(request, "opex/aides/liste.html", contexte)


def _peut_ajouter(regard: Regard) -> bool:
    return regard.peut(Droit.CONTRIBUER) or regard.peut(Droit.CONTRIBUER_POUR)


def _filtres(request: HttpRequest, organismes: list[Organisme]) -> dict[str, str]:
    """Those asked for that mean something: a partner that gave nothing here is not told from an unknown one."""
    voulus = {"organisme": request.GET.get("organisme", ""), "etat": request.GET.get("etat", "")}
    connus = {"organisme": {o.code for o in organismes}, "etat": set(EtatContributionOpex.values)}
    return {nom: valeur for nom, valeur in voulus.items() if valeur in connus[nom]}


def _filtrer(aides: QuerySet[ContributionOpex], filtres: dict[str, str]) -> QuerySet[ContributionOpex]:
    champs = {"organisme": "organisme__code", "etat": "etat"}
    return aides.filter(**{champs[nom]: valeur for nom, valeur in filtres.items()})


def _nommer(aides: list[Any], famille: dict[int, Any]) -> None:
    """Say to whom each was given, as far as this reader may know."""
    for aide in aides:
        aide.versee_a = ""
        if aide.beneficiaire_id:
            aide.versee_a = str(famille.get(aide.beneficiaire_id, "un ayant cause"))
