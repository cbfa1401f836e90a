"""Whose eyes may open which paper."""

from dossiers.demandes.etats import EtatDemande
from dossiers.justificatifs.models import Justificatif
from dossiers.partages.profils import Classe, Droit, Regard


def lisible(regard: Regard, piece: Justificatif) -> bool:
    """Whether this regard may open the content of a paper of a demande that it sees.

    By class; and, while the demande is a draft, whoever files papers may check what was uploaded, except
    medical papers. Expects type, demande and fichier.
    """
    if not piece.fichier.disponible:
        return False
    classe = Classe(piece.type.classe)
    if classe in regard.classes:
        return True
    brouillon = piece.demande.etat == EtatDemande.BROUILLON
    return brouillon and classe is not Classe.MEDICAL and regard.peut(Droit.DEPOSER_PIECE)
