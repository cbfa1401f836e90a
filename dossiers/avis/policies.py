"""What a regard knows of the avis of a demande, and who reads the médecins' notes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dossiers.avis.models import AvisMedical, EtatAvis, NoteMedicale
from dossiers.demandes.models import Demande
from dossiers.partages.natures import Donnee, Niveau
from dossiers.partages.profils import Regard


@dataclass(frozen=True)
class AvisMontre:
    """One avis as one regard may know it; what it may not is empty."""

    etat: str
    ton: str
    demande_le: datetime
    rendu_le: datetime | None
    medecin: str = ""
    question: str = ""
    motif: str = ""


@dataclass(frozen=True)
class NoteLue:
    """One note, open."""

    texte: str
    auteur: str
    ecrite_le: datetime


def avis_montres(regard: Regard, demande: Demande) -> list[AvisMontre]:
    """The avis of a demande, the last one first, as far as this regard may know; none for who sees nothing of them."""
    if regard.niveau(Donnee.AVIS) < Niveau.ETAT:
        return []
    lignes = demande.avis.exclude(etat=EtatAvis.RETIRE).select_related("rendu_par__utilisateur")
    return [_montrer(regard, avis) for avis in lignes]


def _montrer(regard: Regard, avis: AvisMedical) -> AvisMontre:
    entier = regard.lit(Donnee.AVIS)
    return AvisMontre(
        etat=avis.get_etat_complet() if entier else avis.get_etat_display(),
        ton=avis.etat_ton if entier else "info",
        demande_le=avis.demande_le,
        rendu_le=avis.rendu_le,
        medecin=str(avis.rendu_par.utilisateur) if avis.rendu_par and entier else "",
        question=avis.question if regard.lit(Donnee.AVIS_QUESTION) else "",
        motif=avis.motif if entier else "",
    )


def notes_lues(regard: Regard, notes: Any) -> list[NoteLue]:
    """These notes (a manager or queryset), open, for who may read them; nothing is even fetched for the others."""
    if not regard.lit(Donnee.NOTE_MEDICALE):
        return []
    lignes: list[NoteMedicale] = list(notes.select_related("auteur__utilisateur"))
    return [NoteLue(n.texte.ouvrir(regard.coffre), str(n.auteur.utilisateur), n.ecrite_le) for n in lignes]
