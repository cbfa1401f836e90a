"""Which papers a regard may open, check or take back. The others are known by type, state and date only."""

from dossiers.demandes.etats import PIECES_ACCEPTEES, EtatDemande
from dossiers.justificatifs.models import TRANSITIONS, EtatJustificatif, Justificatif, RaisonRejet
from dossiers.partages.models import Dossier
from dossiers.partages.natures import Donnee
from dossiers.partages.profils import CLASSES_RESERVEES, Classe, Droit, Regard
from dossierunique.securite.coffres import Coffre
from partners.organismes.models import Programme

# Papers are checked from the filing of the demande to its decision.
VERIFIABLES = PIECES_ACCEPTEES - {EtatDemande.BROUILLON}


def prend_sans_demande(dossier: Dossier) -> bool:
    """Whether papers join this dossier by themselves: in OPEX they come for decades, with or without a demande."""
    return dossier.programme == Programme.OPEX


def en_brouillon(piece: Justificatif) -> bool:
    """Whether a paper was joined to a demande that is not filed yet."""
    return piece.demande is not None and piece.demande.etat == EtatDemande.BROUILLON


def lisible(regard: Regard, piece: Justificatif) -> bool:
    """Whether this regard, which reads the dossier, may open this paper.

    Who writes a draft may look at what was joined to it, but never at a medical paper.
    """
    classe = Classe(piece.type.classe)
    if classe in regard.classes:
        return True
    if classe is Classe.MEDICAL or not en_brouillon(piece):
        return False
    return (
        regard.peut(Droit.DEPOSER_PIECE) and piece.depose_par.organisme_id == regard.habilitation.organisme_id
    )


def coffre_de(classe: str) -> Coffre:
    """The safe where papers of a class are kept."""
    return Coffre.MEDICAL if classe == Classe.MEDICAL else Coffre.ORDINAIRE


def motif_montre(regard: Regard, piece: Justificatif) -> str:
    """Why a paper was rejected, as far as this regard may know: a reason may say what the paper says.

    Whole for who may read the paper; for who must file it again, whole too, but of a reserved class only the ready
    reason that was chosen.
    """
    if piece.type.classe in regard.classes:
        return piece.motif_rejet
    if not regard.lit(Donnee.REJET) or not piece.motif_rejet:
        return ""
    reservee = piece.type.classe in CLASSES_RESERVEES
    return RaisonRejet(piece.raison_rejet).label if reservee else piece.motif_rejet


def verifiable(regard: Regard, piece: Justificatif, vers: str) -> bool:
    """Whether this regard may now say of this paper that it is valid, or rejected."""
    return (
        regard.peut(Droit.VERIFIER_PIECE)
        and Classe(piece.type.classe) in regard.classes
        and (piece.demande is None or piece.demande.etat in VERIFIABLES)
        and vers in TRANSITIONS[piece.etat]
    )


def reclassable(regard: Regard, piece: Justificatif) -> bool:
    """Whether this regard may correct the kind of this paper: a wrong class is put right at any time once filed."""
    return (
        regard.peut(Droit.VERIFIER_PIECE)
        and Classe(piece.type.classe) in regard.classes
        and not en_brouillon(piece)
    )


def retirable(regard: Regard, piece: Justificatif) -> bool:
    """Whether this regard may take this paper back: from a draft of its own organisme only."""
    return (
        regard.peut(Droit.DEPOSER_PIECE)
        and piece.demande is not None
        and en_brouillon(piece)
        and piece.demande.cree_par.organisme_id == regard.habilitation.organisme_id
        and piece.etat != EtatJustificatif.REMPLACE
    )
