"""What the page of one demande shows to one regard, in a constant number of queries."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse

from dossiers.avis.policies import avis_montres
from dossiers.commission.models import Decision
from dossiers.demandes.etats import EN_INSTRUCTION, EtatDemande
from dossiers.demandes.gestes_possibles import AVISABLES, Faits, gestes
from dossiers.demandes.models import Demande, NatureBudget
from dossiers.demandes.parcours import etapes
from dossiers.demandes.pieces import Attente, attentes
from dossiers.demandes.plan import contributions_visibles, lecteurs_connus, plan
from dossiers.echanges.histoire import evenements_de, lignes
from dossiers.echanges.policies import courriers_lisibles
from dossiers.justificatifs.lignes import LignePiece, lignes_pieces
from dossiers.justificatifs.models import EtatJustificatif, Justificatif, PieceDemandee
from dossiers.partages.natures import Donnee
from dossiers.partages.profils import Classe, Droit, Regard

EN_ATTENTE = (EtatJustificatif.A_VERIFIER, EtatJustificatif.DEPOSE)


def contexte_demande(demande: Demande, regard: Regard) -> dict[str, Any]:
    """The cards of the page and the gestures offered."""
    attendues = attentes(demande)
    pieces = [piece for attente in attendues for piece in attente.deposees]
    contributions = contributions_montrees(demande, regard)
    avis = avis_montres(regard, demande)
    return {
        "demande": demande,
        "etapes": etapes(demande) if demande.soumise_le else [],
        "lignes_pieces": _lignes(attendues, regard),
        "demandees": [attente.demandee for attente in attendues if attente.demandee],
        "manquantes": [attente.type for attente in attendues if attente.manque and not attente.demandee],
        # Who wrote the need reads it again.
        "voit_besoin": regard.lit(Donnee.BESOIN) or demande.cree_par_id == regard.habilitation.pk,
        "avis": avis,
        "autre_avis": bool(avis) and regard.peut(Droit.INSTRUIRE) and demande.etat in AVISABLES,
        **_argent(demande, regard),
        "contributions": contributions,
        "decisions": decisions_montrees(demande, regard),
        "courriers": list(
            courriers_lisibles(regard, demande.dossier).filter(demande=demande).select_related("fichier")
        ),
        "evenements": lignes(evenements_de(demande.dossier).filter(demande=demande)[:50], regard),
        "gestes": _boutons(demande, regard, attendues, pieces, contributions, bool(avis)),
    }


def _lignes(attendues: list[Attente], regard: Regard) -> list[LignePiece]:
    return lignes_pieces((piece for attente in attendues for piece in attente.deposees), regard)


def _argent(demande: Demande, regard: Regard) -> dict[str, Any]:
    budget = list(demande.budget.all()) if regard.lit(Donnee.BUDGET) else []
    ressources = [ligne for ligne in budget if ligne.nature == NatureBudget.RESSOURCE]
    charges = [ligne for ligne in budget if ligne.nature == NatureBudget.CHARGE]
    total_ressources, total_charges = sum(x.montant for x in ressources), sum(x.montant for x in charges)
    return {
        "plan": plan(demande, regard) if demande.soumise_le else None,
        "ressources": ressources,
        "charges": charges,
        "total_ressources": total_ressources,
        "total_charges": total_charges,
        "reste_pour_vivre": total_ressources - total_charges,
    }


def contributions_montrees(demande: Demande, regard: Regard) -> list[Any]:
    """Each partner's answer; who sees no amount sees none of them."""
    if not regard.lit(Donnee.CONTRIBUTION) or demande.soumise_le is None:
        return []
    prefetch_related_objects([demande], "contributions__organisme")
    return contributions_visibles(demande, lecteurs_connus(demande.dossier_id, regard))


def decisions_montrees(demande: Demande, regard: Regard) -> list[Decision]:
    """The decisions that this regard may know: one not yet notified belongs to those who instruct at the CNMSS."""
    decisions = list(demande.decisions.select_related("prise_par__utilisateur"))
    if demande.etat == EtatDemande.DECIDEE and not regard.lit(Donnee.DECISION_EN_COURS):
        return decisions[1:]
    return decisions


def _boutons(
    demande: Demande,
    regard: Regard,
    attendues: list[Attente],
    pieces: list[Justificatif],
    contributions: list[Any],
    avis: bool,
) -> list[dict[str, Any]]:
    a_verifier = [
        piece for piece in sorted(pieces, key=lambda p: (p.type.ordre, p.pk))
        if piece.etat == EtatJustificatif.A_VERIFIER and Classe(piece.type.classe) in regard.classes
    ]  # fmt: skip
    siennes = [c.etat for c in contributions if c.organisme_id == regard.habilitation.organisme_id]
    offerts = gestes(
        Faits(
            etat=demande.etat,
            droits={droit for droit in Droit if regard.peut(droit)},
            a_verifier=len(a_verifier),
            en_attente=sum(p.etat in EN_ATTENTE and p.type.classe != Classe.MEDICAL for p in pieces),
            manquantes=sum(attente.manque for attente in attendues),
            demandees=sum(attente.manque and attente.demandee is not None for attente in attendues),
            contribution=siennes[0] if siennes else None,
            avis=avis,
            libre=demande.etat in EN_INSTRUCTION and demande.instruite_par_id is None,
        )
    )
    return [
        {"geste": geste, "url": reverse(geste.vue, args=[_cible(geste.vue, demande, a_verifier)])}
        for geste in offerts
    ]


def _cible(vue: str, demande: Demande, a_verifier: list[Justificatif]) -> Any:
    return a_verifier[0].reference if vue == "pieces:lire" else demande.numero


def en_attente_de(demandees: list[PieceDemandee]) -> Any:
    """The nearest due date of what was asked for."""
    return min((demandee.echeance for demandee in demandees), default=None)
