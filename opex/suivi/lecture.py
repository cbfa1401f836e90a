"""What the « Blessures et suivi » tab shows to one regard (natures.py), in a constant number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from dossiers.partages.models import Dossier
from dossiers.partages.natures import Donnee, Niveau
from dossiers.partages.profils import Regard
from opex.suivi.ayants_cause import AyantCause
from opex.suivi.ayants_cause_lisibles import accords_courants, ayants_cause_lisibles
from opex.suivi.etats import TONS_RECONNAISSANCE
from opex.suivi.models import (
    Blessure,
    Dapias,
    Echeance,
    EtatDapias,
    EtatEcheance,
    Evolution,
    GenreEcheance,
)

TONS_DAPIAS = {"en_cours": "info", "renouvelee": "calme", "close": "calme"}
TONS_ECHEANCE = {"a_faire": "attente", "faite": "accord", "sans_objet": "calme"}
MONTREES = 50


@dataclass(frozen=True)
class LigneBlessure:
    """One wound as it may be shown: `entiere` tells whether more than day, theatre and recognition."""

    blessure: Blessure
    entiere: bool
    evolutions: list[Evolution]
    dapias: list[Dapias]

    @property
    def reconnaissance_ton(self) -> str:
        return TONS_RECONNAISSANCE[self.blessure.reconnaissance]


def contexte_suivi(dossier: Dossier, regard: Regard) -> dict[str, Any]:
    """The cards of the tab."""
    return {
        "blessures": lignes_blessures(dossier, regard),
        "blessures_niveau": regard.niveau(Donnee.BLESSURE).name.lower(),
        "dapias_entieres": regard.lit(Donnee.DAPIAS),
        "echeances": echeances_montrees(dossier, regard),
        "relais": list(
            dossier.relais.select_related("de", "vers", "referent__utilisateur", "par__utilisateur")[
                :MONTREES
            ]
        ),
        **famille(dossier, regard),
    }


def lignes_blessures(dossier: Dossier, regard: Regard) -> list[LigneBlessure]:
    """The wounds with what followed each, the last one first."""
    niveau = regard.niveau(Donnee.BLESSURE)
    if niveau is Niveau.RIEN:
        return []
    entiere = niveau is Niveau.CONTENU
    blessures = dossier.blessures.select_related("operation", "signalee_par__utilisateur").order_by("-rang")
    evolutions = _par_blessure(dossier.evolutions.select_related("par__utilisateur")) if entiere else {}
    dapias = _par_blessure(dossier.dapias.all()) if regard.niveau(Donnee.DAPIAS) >= Niveau.ETAT else {}
    for lignes in dapias.values():
        for ligne in lignes:
            ligne.etat_ton = TONS_DAPIAS[ligne.etat]
            ligne.en_cours = ligne.etat == EtatDapias.EN_COURS
    return [
        LigneBlessure(blessure, entiere, evolutions.get(blessure.pk, []), dapias.get(blessure.pk, []))
        for blessure in blessures
    ]


def _par_blessure(lignes: Any) -> dict[int, list[Any]]:
    rangees: dict[int, list[Any]] = {}
    for ligne in lignes:
        rangees.setdefault(ligne.blessure_id, []).append(ligne)
    return rangees


def echeances_lues(dossier: Dossier, regard: Regard) -> QuerySet[Echeance]:
    """The steps of a dossier that this regard reads: a step tells of the wound or of the DAPIAS that it follows."""
    caches = []
    if not regard.lit(Donnee.DAPIAS):
        caches.append(GenreEcheance.DAPIAS)
    if regard.niveau(Donnee.BLESSURE) is Niveau.RIEN:
        caches.append(GenreEcheance.EPFP)
    return Echeance.objects.filter(dossier=dossier).exclude(genre__in=caches)


def echeances_montrees(dossier: Dossier, regard: Regard) -> list[Echeance]:
    """The steps of a dossier, to be done first; those that tell of what this regard does not read are left out."""
    lignes = list(echeances_lues(dossier, regard).order_by("le", "pk")[:MONTREES])
    return sorted((marquer(ligne) for ligne in lignes), key=lambda e: e.etat != EtatEcheance.A_FAIRE)


def marquer(echeance: Echeance) -> Echeance:
    """Say whether it is late, its tone, and whether its state is changed by hand."""
    retard = echeance.etat == EtatEcheance.A_FAIRE and echeance.le < timezone.localdate()
    echeance.en_retard = retard  # type: ignore[attr-defined]
    echeance.etat_ton = "refus" if retard else TONS_ECHEANCE[echeance.etat]  # type: ignore[attr-defined]
    echeance.a_la_main = echeance.genre != GenreEcheance.DAPIAS  # type: ignore[attr-defined]
    return echeance


def famille(dossier: Dossier, regard: Regard) -> dict[str, Any]:
    """The members of the family that may be shown, each with her last words; or only how many there are."""
    if regard.niveau(Donnee.AYANT_CAUSE) is Niveau.RIEN:
        return {"famille": [], "famille_nombre": 0, "famille_montree": False}
    if not regard.lit(Donnee.AYANT_CAUSE):
        nombre = AyantCause.objects.filter(dossier=dossier).count()
        return {"famille": [], "famille_nombre": nombre, "famille_montree": True}
    membres = list(ayants_cause_lisibles(regard, dossier))
    accords = accords_courants(regard, membres) if membres else {}
    for membre in membres:
        membre.mots = sorted(accords.get(membre.pk, []), key=lambda a: a.organisme.sigle)  # type: ignore[attr-defined]
    return {"famille": membres, "famille_nombre": len(membres), "famille_montree": True}
