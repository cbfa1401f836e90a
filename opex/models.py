"""Gathers the rooms' models, as Django expects."""

from opex.contributions.models import ContributionOpex, GenreContribution, VersionContributionOpex
from opex.imprimes.models import Contrat, Imprime, LotImport, Operation, PersonneAPrevenir, Proche
from opex.recensement.models import Exercice, FaitArrete
from opex.suivi.ayants_cause import AccordAyantCause, AyantCause
from opex.suivi.models import Blessure, Dapias, Echeance, Evolution, Relais, Suivi

__all__ = [
    "AccordAyantCause",
    "AyantCause",
    "Blessure",
    "Contrat",
    "ContributionOpex",
    "Dapias",
    "Echeance",
    "Evolution",
    "Exercice",
    "FaitArrete",
    "GenreContribution",
    "Imprime",
    "LotImport",
    "Operation",
    "PersonneAPrevenir",
    "Proche",
    "Relais",
    "Suivi",
    "VersionContributionOpex",
]
