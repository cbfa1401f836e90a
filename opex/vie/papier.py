"""The life of a dossier on paper, on plain values: what a regard may not see is not even handed over."""

from typing import Any

from django.utils import timezone

from dossiers.partages.apercu import partages_montres
from dossiers.partages.models import Dossier
from dossiers.partages.natures import Donnee, Niveau
from dossiers.partages.profils import Regard
from opex.suivi.models import Blessure, Reconnaissance
from opex.vie.cote import totaux_montres
from opex.vie.histoire import genres_lisibles
from opex.vie.mots import blessure_en_detail
from opex.vie.recit import evenements, raconter_tout

EVENEMENTS_MAX = 2000


def contexte_papier(dossier: Dossier, regard: Regard) -> dict[str, Any]:
    """Everything that `opex/vie/papier.html` prints."""
    assure, suivi, genres = dossier.assure, dossier.suivi, genres_lisibles(regard)
    annees = raconter_tout(dossier, regard, genres, EVENEMENTS_MAX)
    return {
        "dossier": {"numero": dossier.numero, "ouvert_le": dossier.ouvert_le},
        "personne": {
            "nom": assure.nom,
            "prenoms": assure.prenoms,
            "date_naissance": assure.date_naissance,
            "nir_masque": assure.nir_masque,
            "unite": str(dossier.unite),
        },
        "suivi": {
            "etat": suivi.get_etat_display(),
            "porteur": suivi.porteur.nom if suivi.porteur else "",
            "referent": str(suivi.referent.utilisateur) if suivi.referent else "",
            "decede_le": suivi.decede_le,
        },
        "endormi": dossier.endormi,
        "partages": [
            {"organisme": p.organisme.nom, "depuis": p.depuis} for p in partages_montres(dossier, regard)
        ],
        "blessures": _blessures(dossier, regard),
        "totaux": totaux_montres(dossier, regard),
        "annees": annees,
        "limite": EVENEMENTS_MAX if _depasse(dossier, genres) else 0,
        "editee_par": str(regard.habilitation.utilisateur),
        "editee_le": timezone.localdate(),
    }


def _depasse(dossier: Dossier, genres: list[str]) -> bool:
    return evenements(dossier).filter(genre__in=genres).order_by("pk")[EVENEMENTS_MAX:].exists()


def _blessures(dossier: Dossier, regard: Regard) -> list[dict[str, Any]]:
    if regard.niveau(Donnee.BLESSURE) < Niveau.ETAT:
        return []
    return [
        {
            "survenue_le": b.survenue_le,
            "theatre": b.theatre,
            "detail": blessure_en_detail(b, regard),
            "reconnaissance": _reconnaissance(b) if regard.lit(Donnee.BLESSURE) else "",
        }
        for b in Blessure.objects.filter(dossier=dossier)
    ]


def _reconnaissance(blessure: Blessure) -> str:
    if blessure.reconnaissance == Reconnaissance.NON_DEMANDEE:
        return ""
    return blessure.get_reconnaissance_display()
