"""Gathers the rooms' models, as Django expects."""

from partners.comptes.models import Utilisateur
from partners.habilitations.models import Habilitation
from partners.organismes.models import Organisme, Unite

__all__ = ["Habilitation", "Organisme", "Unite", "Utilisateur"]
