"""What the overview of a dossier gathers, in a constant number of queries."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, prefetch_related_objects

from dossiers.contributions.models import Contribution
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
from partners.models import Habilitation

PIECES_MONTREES = 6
FAITS_MONTRES = 8


def _noms(chemin: str) -> list[str]:
    champs = ("first_name", "last_name", "username", "telephone")
    return [f"{chemin}__{champ}" for champ in champs]


# What the cards write, and nothing else: naming every column of five joined tables costs more than reading them.
DEMANDE = (
    "numero", "etat", "dossier", "type_aide__nom", "cout", "deja_couvert", "periodicite", "montant_demande",
    "montant_cnmss", "montant_partenaires", "reste_a_charge", "soumise_le", "echeance", "instruite_par__id",
    *_noms("instruite_par__utilisateur"),
)  # fmt: skip
EVENEMENT = (
    "genre", "quand", "donnees", "dossier", "auteur__organisme__sigle", *_noms("auteur__utilisateur"),
    "organisme__sigle", "demande__numero",
)  # fmt: skip
PIECE = (
    "reference", "etat", "motif_rejet", "depose_le", "demande", "type__nom", "type__classe", "fichier__etat",
    "fichier__pages", "fichier__taille", "depose_par__organisme",
)  # fmt: skip
CONTRIBUTION = ("demande", "etat", "montant", "organisme__sigle")


def demande_en_vue(dossier: Dossier, regard: Regard) -> Demande | None:
    """The demande to show first: the last one still open, else the last one."""
    visibles = (
        Demande.objects.filter(dossier=dossier)
        .visibles_par(regard.habilitation)
        .exclude(etat=EtatDemande.ANNULEE)
        .select_related("type_aide", "instruite_par__utilisateur")
        .only(*DEMANDE)
        .order_by("-pk")[:20]
    )
    demandes = list(visibles)
    ouvertes = [d for d in demandes if d.etat not in etats.TERMINEES | etats.DECIDEES]
    demande = next(iter(ouvertes or demandes), None)
    if demande:
        demande.dossier = dossier
    return demande


def contexte_apercu(dossier: Dossier, regard: Regard, derniere_visite: datetime | None) -> dict[str, Any]:
    """The cards of the overview: news, the demande in view, its papers, the last events, plan and readers."""
    demande = demande_en_vue(dossier, regard)
    evenements = list(evenements_de(dossier).only(*EVENEMENT)[: FAITS_MONTRES * 2])
    faits = lignes(evenements, regard, derniere_visite)[:FAITS_MONTRES]
    return {
        "demande": demande,
        "etapes": etapes(demande) if demande and demande.soumise_le else [],
        "pieces": lignes_pieces(_pieces(demande), regard),
        "plan": _plan(demande, regard),
        "evenements": faits,
        "nouveautes": sum(fait.neuf for fait in faits),
        "derniere_visite": derniere_visite,
        "partages": partages_montres(dossier, regard),
        "partage_suspendu": suspendus(dossier, regard),
        "interlocuteur": _interlocuteur(dossier),
    }


def _pieces(demande: Demande | None) -> list[Justificatif]:
    if demande is None:
        return []
    return list(
        demande.justificatifs.exclude(etat="remplace")
        .select_related("type", "fichier", "depose_par")
        .only(*PIECE)
        .order_by("type__ordre", "-depose_le", "-pk")[:PIECES_MONTREES]
    )


def _plan(demande: Demande | None, regard: Regard) -> dict[str, Any] | None:
    if demande is None:
        return None
    contributions = Contribution.objects.select_related("organisme").only(*CONTRIBUTION)
    prefetch_related_objects([demande], Prefetch("contributions", contributions))
    return plan(demande, regard)


def _interlocuteur(dossier: Dossier) -> Habilitation:
    """Who opened the dossier, with her name and telephone."""
    habilitations = Habilitation.objects.select_related("utilisateur").only("profil", *_noms("utilisateur"))
    return habilitations.get(pk=dossier.ouvert_par_id)


def partages_montres(dossier: Dossier, regard: Regard) -> list[Any]:
    """Who reads the dossier today. A partner sees the CNMSS and itself: it learns of nobody's refusal (rule 8)."""
    lignes = (
        dossier.partages.actifs()
        .exclude(nature=Nature.UNITE)
        .select_related("organisme")
        .only("dossier", "nature", "depuis", "organisme__sigle", "organisme__nom")
        .order_by("-nature", "organisme__sigle")
    )
    if regard.peut(Droit.VOIR_CONSENTEMENTS) or (regard.est_cnmss and regard.peut(Droit.VOIR_MONTANTS)):
        return list(lignes)
    if regard.peut(Droit.VOIR_MONTANTS):
        return list(lignes.filter(Q(nature=Nature.MISSION) | Q(organisme=regard.habilitation.organisme_id)))
    return []


def suspendus(dossier: Dossier, regard: Regard) -> bool:
    """Whether a share waits for its proof to be confirmed: told to those who may see the consents."""
    if not regard.peut(Droit.VOIR_CONSENTEMENTS):
        return False
    return dossier.preuves_a_confirmer.filter(suspendu_le__isnull=False).exists()
