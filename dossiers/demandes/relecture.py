"""A draft read again as a whole: its sums, what prevents its filing, what will be asked for."""

from decimal import Decimal
from typing import Any

from django.urls import reverse

from dossiers.demandes.forms import LignesBudget
from dossiers.demandes.models import Demande, NatureBudget
from dossiers.demandes.pieces import attentes
from dossiers.justificatifs.depots import contexte_depot
from partners.models import Habilitation


def totaux(ensembles: dict[str, LignesBudget]) -> dict[str, Decimal]:
    """Monthly sums of the resources and of the charges, and what is left."""
    sommes = {nature: _total(lot) for nature, lot in ensembles.items()}
    sommes["reste"] = sommes[NatureBudget.RESSOURCE] - sommes[NatureBudget.CHARGE]
    return sommes


def _total(lot: LignesBudget) -> Decimal:
    if lot.is_bound:
        return lot.total()
    return sum((ligne["montant"] for ligne in lot.initial or () if ligne["montant"] is not None), Decimal(0))


def tout(habilitation: Habilitation, demande: Demande) -> dict[str, Any]:
    """What the summary page shows."""
    lignes = list(demande.budget.all())
    attendues = attentes(demande)
    return {
        "ressources": [ligne for ligne in lignes if ligne.nature == NatureBudget.RESSOURCE],
        "charges": [ligne for ligne in lignes if ligne.nature == NatureBudget.CHARGE],
        "total_ressources": _somme(lignes, NatureBudget.RESSOURCE),
        "total_charges": _somme(lignes, NatureBudget.CHARGE),
        "a_corriger": _a_corriger(demande),
        "manquantes": [attente.type for attente in attendues if attente.manque],
        "a_financer": demande.cout - demande.deja_couvert if demande.cout is not None else None,
        **contexte_depot(habilitation, demande, attendues),
    }


def _a_corriger(demande: Demande) -> list[dict[str, str]]:
    """What prevents filing, each with the step where it is mended."""
    manques = []
    if not demande.besoin.strip():
        manques.append(("besoin", "Décrivez le besoin."))
    if demande.cout is None:
        manques.append(("cout", "Indiquez le coût."))
    return [
        {"url": reverse(f"demandes:{code}", args=[demande.numero]), "texte": texte} for code, texte in manques
    ]


def _somme(lignes: list[Any], nature: str) -> Decimal:
    return sum((ligne.montant for ligne in lignes if ligne.nature == nature), Decimal(0))
