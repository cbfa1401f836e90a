"""What the screens of deposit show: each kind of paper, what is there, what is missing, and where to put it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from dossiers.demandes.etats import PIECES_ACCEPTEES, EtatDemande
from dossiers.demandes.models import Demande
from dossiers.demandes.pieces import PERDUS, Attente, attentes
from dossiers.justificatifs.lignes import LignePiece, lignes_pieces
from dossiers.justificatifs.models import TypePiece
from dossiers.partages.profils import Regard
from dossierunique.fichiers import reglages
from partners.models import Habilitation


@dataclass
class Emplacement:
    """One kind of paper on the screen of deposit, with the errors of the last sending."""

    attente: Attente
    lignes: list[LignePiece]
    brouillon: bool
    erreurs: list[str] = field(default_factory=list)

    @property
    def type(self) -> TypePiece:
        return self.attente.type

    @property
    def etat(self) -> tuple[str, str]:
        """Where this kind of paper stands: a word and its tone."""
        etats = {ligne.piece.etat for ligne in self.lignes}
        if self.attente.fournie:
            if self.brouillon:
                return "jointe", "accord"
            return ("validée", "accord") if etats - PERDUS == {"valide"} else ("reçue", "info")
        if "rejete" in etats:
            return "à fournir de nouveau", "refus"
        if self.attente.demandee:
            return "demandée", "attente"
        return ("à joindre", "attente") if self.attente.obligatoire else ("si utile", "calme")


def contexte_depot(
    habilitation: Habilitation, demande: Demande, attendues: list[Attente] | None = None
) -> dict[str, Any]:
    """What the deposit screens need, in a constant number of queries."""
    regard = Regard(habilitation)
    attendues = attentes(demande) if attendues is None else attendues
    brouillon = demande.etat == EtatDemande.BROUILLON
    if not brouillon:  # what is waited for comes first
        attendues = sorted(attendues, key=lambda attente: (attente.demandee is None, not attente.manque))
    return {
        "emplacements": [
            Emplacement(attente, lignes_pieces(attente.deposees, regard), brouillon) for attente in attendues
        ],
        "autres_types": _autres(attendues),
        "depot_ouvert": demande.etat in PIECES_ACCEPTEES,
        "brouillon": brouillon,
        "taille_max_mo": reglages.taille_max() // reglages.MEGAOCTET,
        "pages_max": reglages.pages_max(),
    }


def _autres(attendues: Iterable[Attente]) -> list[TypePiece]:
    return list(TypePiece.objects.exclude(pk__in=[attente.type.pk for attente in attendues]))
