"""Which papers a demande asks for, and where each stands."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet

from dossiers.demandes.models import Demande
from dossiers.justificatifs.models import Justificatif, PieceDemandee, PieceRequise, TypePiece

PERDUS = frozenset({"rejete", "remplace", "quarantaine", "perime"})


@dataclass
class Attente:
    """One kind of paper of a demande: asked for by the aid type or by the gestionnaire, and what was filed."""

    type: TypePiece
    obligatoire: bool
    deposees: list[Justificatif] = field(default_factory=list)
    demandee: PieceDemandee | None = None

    @property
    def fournie(self) -> bool:
        return any(piece.etat not in PERDUS for piece in self.deposees)

    @property
    def manque(self) -> bool:
        """Whether it must still be filed."""
        return (self.obligatoire or self.demandee is not None) and not self.fournie


def attentes(demande: Demande) -> list[Attente]:
    """Every kind of paper of a demande, in the catalogue's order, in three queries."""
    lignes: dict[int, Attente] = {}
    for requise in demande.type_aide.pieces_requises.select_related("type_piece"):
        lignes[requise.type_piece_id] = Attente(requise.type_piece, requise.obligatoire)
    for demandee in demande.pieces_demandees.filter(etat="attendue").select_related("type"):
        lignes.setdefault(demandee.type_id, Attente(demandee.type, False)).demandee = demandee
    pieces = demande.justificatifs.exclude(etat="remplace").select_related("type", "fichier", "depose_par")
    for piece in pieces:
        lignes.setdefault(piece.type_id, Attente(piece.type, False)).deposees.append(piece)
    return sorted(
        lignes.values(), key=lambda a: (not a.obligatoire and not a.demandee, a.type.ordre, a.type.pk)
    )


def pieces_manquantes(demande: Demande) -> list[TypePiece]:
    """The papers still to be filed."""
    return [attente.type for attente in attentes(demande) if attente.manque]


def avec_pieces(demandes: QuerySet[Demande]) -> QuerySet[Demande]:
    """Demandes with `tout_fourni`: whether no paper is missing, as `pieces_manquantes` would say of each."""
    deposees = Justificatif.objects.exclude(etat__in=PERDUS).filter(demande=OuterRef(OuterRef("pk")))
    requises = PieceRequise.objects.filter(type_aide=OuterRef("type_aide"), obligatoire=True)
    demandees = PieceDemandee.objects.filter(demande=OuterRef("pk"), etat="attendue")
    return demandes.annotate(
        tout_fourni=~Exists(requises.filter(~Exists(deposees.filter(type=OuterRef("type_piece")))))
        & ~Exists(demandees.filter(~Exists(deposees.filter(type=OuterRef("type")))))
    )
