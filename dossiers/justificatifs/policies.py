"""Which papers a regard may open. The others are known by their type, their state and their date only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dossiers.demandes.etats import EtatDemande
from dossiers.justificatifs.models import TRANSITIONS, EtatJustificatif, Justificatif
from dossiers.partages.profils import Classe, Droit, Regard

MENTION_MEDICALE = "lisible par le médecin-conseil seul"
MENTION_RESERVEE = "réservée au service instructeur"
PAS_ENCORE = {
    "en_analyse": "L’antivirus examine ce fichier. Il s’ouvrira dès la fin de l’analyse.",
    "quarantaine": "L’antivirus a écarté ce fichier : il ne s’ouvre pas. Il faut en déposer un autre.",
}


def lisible(regard: Regard, piece: Justificatif) -> bool:
    """Whether this regard, which reads the dossier, may open this paper.

    Who writes a draft may look at what was joined to it, but never at a medical paper.
    """
    classe = Classe(piece.type.classe)
    if classe in regard.classes:
        return True
    if classe is Classe.MEDICAL or piece.demande.etat != EtatDemande.BROUILLON:
        return False
    return regard.peut(Droit.DEPOSER_PIECE) and piece.depose_par.organisme_id == regard.habilitation.organisme_id


def mention(regard: Regard, piece: Justificatif) -> str:
    """Why the paper does not open, in words; nothing when it does."""
    if lisible(regard, piece):
        return ""
    return MENTION_MEDICALE if piece.type.classe == Classe.MEDICAL else MENTION_RESERVEE


def verifiable(regard: Regard, piece: Justificatif, vers: str) -> bool:
    """Whether this regard may now say of this paper that it is valid, or rejected."""
    return (
        regard.peut(Droit.VERIFIER_PIECE)
        and Classe(piece.type.classe) in regard.classes
        and piece.demande.etat != EtatDemande.BROUILLON
        and vers in TRANSITIONS[piece.etat]
    )


def retirable(regard: Regard, piece: Justificatif) -> bool:
    """Whether this regard may take this paper back from the draft."""
    return (
        regard.peut(Droit.DEPOSER_PIECE)
        and piece.demande.etat == EtatDemande.BROUILLON
        and piece.demande.cree_par.organisme_id == regard.habilitation.organisme_id
        and piece.etat != EtatJustificatif.REMPLACE
    )


@dataclass(frozen=True)
class PieceVue:
    """One paper as a list shows it: a closed one carries no reference, no name, no size."""

    type: str
    classe: str
    etat: str
    etat_ton: str
    depose_le: datetime
    mention: str = ""
    motif: str = ""
    reference: str = ""
    nom: str = ""
    pages: int = 0
    taille: int = 0

    def get_etat_display(self) -> str:
        """For the state badge."""
        return self.etat


def presenter(regard: Regard, piece: Justificatif) -> PieceVue:
    """A paper in a list. Expects select_related type, fichier, demande, depose_par."""
    ferme = mention(regard, piece)
    commun = PieceVue(
        type=piece.type.nom, classe=piece.type.get_classe_display(), etat=piece.get_etat_display(),
        etat_ton=piece.etat_ton, depose_le=piece.depose_le, mention=ferme,
        motif=piece.motif_rejet if piece.etat == EtatJustificatif.REJETE else "",
    )  # fmt: skip
    if ferme:
        return commun
    return PieceVue(
        **{
            **commun.__dict__,
            "reference": str(piece.reference),
            "nom": piece.fichier.nom,
            "pages": piece.fichier.pages,
            "taille": piece.fichier.taille,
        }
    )


def presenter_toutes(regard: Regard, pieces: Iterable[Justificatif]) -> list[PieceVue]:
    """The same for a list."""
    return [presenter(regard, piece) for piece in pieces]
