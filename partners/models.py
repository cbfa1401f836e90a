"""Gathers the rooms' models, as Django expects."""

from partners.comptes.models import (
    BrouillonFormulaire,
    EssaisConnexion,
    IdentiteFederee,
    SessionOuverte,
    Utilisateur,
)
from partners.habilitations.models import Habilitation
from partners.organismes.models import Organisme, Unite

__all__ = [
    "BrouillonFormulaire",
    "EssaisConnexion",
    "Habilitation",
    "IdentiteFederee",
    "Organisme",
    "SessionOuverte",
    "Unite",
    "Utilisateur",
]
