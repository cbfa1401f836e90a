"""Gathers the rooms' models, as Django expects."""

from annuaire.echanges.models import Depot
from annuaire.fiches.models import Competence, Contact, Service

__all__ = ["Competence", "Contact", "Depot", "Service"]
