"""Gathers the rooms' models, as Django expects."""

from dossiers.assures.models import AncienNir, Assure, AyantDroit, RepresentantLegal
from dossiers.avis.models import AvisMedical, NoteMedicale
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
from dossiers.controle.models import Alerte, ExamenAlerte, RegleAlerte, RepereSurveillance
from dossiers.demandes.models import Demande, LigneBudget, TypeAide
from dossiers.echanges.models import Courrier, Evenement, Visite
from dossiers.exceptions.models import BrisDeGlace, Pret
from dossiers.justificatifs.models import Justificatif, PieceDemandee, PieceRequise, TypePiece
from dossiers.partages.models import Dossier, ExceptionUtilisateur, Partage
from dossiers.situations.models import ListeSituation, PointFait

__all__ = [
    "Alerte",
    "AncienNir",
    "Assure",
    "AvisMedical",
    "AyantDroit",
    "BrisDeGlace",
    "ConfirmationConsentement",
    "Consentement",
    "Contribution",
    "Courrier",
    "Decision",
    "Demande",
    "Dossier",
    "Evenement",
    "ExamenAlerte",
    "ExceptionUtilisateur",
    "FormulaireConsentement",
    "Justificatif",
    "LigneBudget",
    "LigneConsentement",
    "ListeSituation",
    "NoteMedicale",
    "Partage",
    "PieceDemandee",
    "PieceRequise",
    "PointFait",
    "Pret",
    "PreuveAConfirmer",
    "RegleAlerte",
    "RepereSurveillance",
    "RepresentantLegal",
    "TexteConsentement",
    "TypeAide",
    "TypePiece",
    "VersionContribution",
    "Visite",
]
