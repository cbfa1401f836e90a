"""Gathers the rooms' models, as Django expects."""

from partners.comptes.models import (
    BrouillonFormulaire,
    EssaisConnexion,
    IdentiteFederee,
    SessionOuverte,
    Utilisateur,
)
from partners.departs.models import Depart
from partners.habilitations.models import Charte, Habilitation
from partners.organismes.models import AncienNom, Organisme, Unite
from partners.revues.models import CampagneRevue, LigneRevue
from partners.successions.models import Succession

__all__ = [
    "AncienNom",
    "BrouillonFormulaire",
    "CampagneRevue",
    "Charte",
    "Depart",
    "EssaisConnexion",
    "Habilitation",
    "IdentiteFederee",
    "LigneRevue",
    "Organisme",
    "SessionOuverte",
    "Succession",
    "Unite",
    "Utilisateur",
]
