"""Which papers a regard may open, check or take back. The others are known by type, state and date only."""

from dossiers.demandes.etats import PIECES_ACCEPTEES, EtatDemande
from dossiers.justificatifs.models import TRANSITIONS, EtatJustificatif, Justificatif
from dossiers.partages.profils import Classe, Droit, Regard

# Papers are checked from the filing of the demande to its decision.
VERIFIABLES = PIECES_ACCEPTEES - {EtatDemande.BROUILLON}


def lisible(regard: Regard, piece: Justificatif) -> bool:
    """Whether this regard, which reads the dossier, may open this paper.

    Who writes a draft may look at what was joined to it, but never at a medical paper.
    """
    classe = Classe(piece.type.classe)
    if classe in regard.classes:
        return True
    if classe is Classe.MEDICAL or piece.demande.etat != EtatDemande.BROUILLON:
        return False
    return (
        regard.peut(Droit.DEPOSER_PIECE) and piece.depose_par.organisme_id == regard.habilitation.organisme_id
    )


def lit_les_rejets(regard: Regard, piece: Justificatif) -> bool:
    """Those who may read the paper, and those who must file it again: a reason may say what the paper says."""
    return regard.peut(Droit.DEPOSER_PIECE) or piece.type.classe in regard.classes


def verifiable(regard: Regard, piece: Justificatif, vers: str) -> bool:
    """Whether this regard may now say of this paper that it is valid, or rejected."""
    return (
        regard.peut(Droit.VERIFIER_PIECE)
        and Classe(piece.type.classe) in regard.classes
        and piece.demande.etat in VERIFIABLES
        and vers in TRANSITIONS[piece.etat]
    )


def retirable(regard: Regard, piece: Justificatif) -> bool:
    """Whether this regard may take this paper back: from a draft of its own organisme only."""
    return (
        regard.peut(Droit.DEPOSER_PIECE)
        and piece.demande.etat == EtatDemande.BROUILLON
        and piece.demande.cree_par.organisme_id == regard.habilitation.organisme_id
        and piece.etat != EtatJustificatif.REMPLACE
    )
