"""Papers as the tables show them: a reserved one shows its kind, date and state, and nothing of its content."""

from collections.abc import Iterable
from dataclasses import dataclass

from dossiers.justificatifs.models import Justificatif
from dossiers.justificatifs.policies import lisible, motif_montre
from dossiers.partages.profils import Classe, Regard


@dataclass(frozen=True)
class LignePiece:
    """One row: the paper, whether it opens, what to say when it does not, and why it was rejected."""

    piece: Justificatif
    lisible: bool
    reserve: str
    motif: str


def lignes_pieces(pieces: Iterable[Justificatif], regard: Regard) -> list[LignePiece]:
    """Rows for a table of papers; expects type, demande and fichier joined."""
    return [
        LignePiece(piece, lisible(regard, piece), reserve(piece, regard), motif_montre(regard, piece))
        for piece in pieces
    ]


def reserve(piece: Justificatif, regard: Regard) -> str:
    """Why a paper does not open, in words."""
    if piece.fichier.etat == "quarantaine":
        return "mise en quarantaine par l’antivirus"
    if piece.type.classe == Classe.MEDICAL and Classe.MEDICAL not in regard.classes:
        return "lisible par le médecin-conseil seul"
    if piece.fichier.etat == "en_analyse":
        return "en cours d’analyse par l’antivirus"
    return "réservée au service instructeur"
