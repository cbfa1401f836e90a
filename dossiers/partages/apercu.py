"""What the overview of a dossier gathers, in a constant number of queries."""

from datetime import datetime
from typing import Any

from dossiers.demandes import etats
from dossiers.demandes.etats import EtatDemande
from dossiers.demandes.models import Demande
from dossiers.demandes.parcours import etapes
from dossiers.demandes.plan import plan
from dossiers.echanges.histoire import evenements_de, lignes
from dossiers.justificatifs.lignes import lignes_pieces
from dossiers.justificatifs.models import Justificatif
from dossiers.partages.models import Dossier, Nature
from dossiers.partages.profils import Droit, Regard

PIECES_MONTREES = 6
FAITS_MONTRES = 8


def demande_en_vue(dossier: Dossier, regard: Regard) -> Demande | None:
    """The demande to show first: the last one still open, else the last one."""
    visibles = (
        Demande.objects.filter(dossier=dossier)
        .visibles_par(regard.habilitation)
        .exclude(etat=EtatDemande.ANNULEE)
        .select_related("type_aide", "ayant_droit", "dossier__assure", "instruite_par__utilisateur")
        .order_by("-pk")[:20]
    )
    demandes = list(visibles)
    ouvertes = [d for d in demandes if d.etat not in etats.TERMINEES | etats.DECIDEES]
    return next(iter(ouvertes or demandes), None)


def contexte_apercu(dossier: Dossier, regard: Regard, derniere_visite: datetime | None) -> dict[str, Any]:
    """The cards of the overview: news, the demande in view, its papers, the last events, plan and readers."""
    demande = demande_en_vue(dossier, regard)
    evenements = list(evenements_de(dossier)[: FAITS_MONTRES * 2])
    faits = lignes(evenements, regard, derniere_visite)[:FAITS_MONTRES]
    return {
        "demande": demande,
        "etapes": etapes(demande) if demande and demande.soumise_le else [],
        "pieces": lignes_pieces(_pieces(demande), regard),
        "plan": plan(demande, regard) if demande else None,
        "evenements": faits,
        "nouveautes": sum(fait.neuf for fait in faits),
        "derniere_visite": derniere_visite,
        "partages": partages_montres(dossier, regard),
        "interlocuteur": dossier.ouvert_par,
    }


def _pieces(demande: Demande | None) -> list[Justificatif]:
    if demande is None:
        return []
    return list(
        demande.justificatifs.exclude(etat="remplace")
        .select_related("type", "fichier", "demande", "depose_par")
        .order_by("type__ordre", "-depose_le", "-pk")[:PIECES_MONTREES]
    )


def partages_montres(dossier: Dossier, regard: Regard) -> list[Any]:
    """Who reads the dossier today. A partner sees the live readers only: nobody learns of a refusal (rule 8)."""
    lignes = (
        dossier.partages.actifs()
        .exclude(nature=Nature.UNITE)
        .select_related("organisme")
        .order_by("-nature", "organisme__sigle")
    )
    if regard.peut(Droit.VOIR_CONSENTEMENTS) or regard.peut(Droit.VOIR_MONTANTS):
        return list(lignes)
    return []
