"""Gathers the rooms' models, as Django expects."""

from dossiers.assures.models import Assure, AyantDroit, RepresentantLegal
from dossiers.commission.models import Decision
from dossiers.consentements.models import (
    ConfirmationConsentement,
    Consentement,
    FormulaireConsentement,
    LigneConsentement,
    PreuveAConfirmer,
    TexteConsentement,
)
from dossiers.contributions.models import Contribution, VersionContribution
from dossiers.demandes.models import Demande, LigneBudget, TypeAide
from dossiers.echanges.models import Courrier, Evenement, Visite
from dossiers.justificatifs.models import Justificatif, PieceDemandee, PieceRequise, TypePiece
from dossiers.partages.models import Dossier, ExceptionUtilisateur, Partage

__all__ = [
    "Assure",
    "AyantDroit",
    "ConfirmationConsentement",
    "Consentement",
    "Contribution",
    "Courrier",
    "Decision",
    "Demande",
    "Dossier",
    "Evenement",
    "ExceptionUtilisateur",
    "FormulaireConsentement",
    "Justificatif",
    "LigneBudget",
    "LigneConsentement",
    "Partage",
    "PieceDemandee",
    "PieceRequise",
    "PreuveAConfirmer",
    "RepresentantLegal",
    "TexteConsentement",
    "TypeAide",
    "TypePiece",
    "VersionContribution",
    "Visite",
]
