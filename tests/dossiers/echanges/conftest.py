"""The facts that letters, history and announcements tell."""

import pytest

from dossiers.justificatifs.actions import rejeter_piece
from dossiers.justificatifs.models import TypePiece
from tests import fabriques

REJET = "Il manque la page 2."
REJET_MEDICAL = "Le certificat ne dit pas la durée."


@pytest.fixture
def riche(dossier, gestionnaire):
    """A demande with papers rejected (one of them medical)."""
    demande = fabriques.demande(dossier, type_aide="aide-financiere-sante")
    rejeter_piece(gestionnaire, fabriques.piece(demande, "avis-imposition"), REJET)
    rejeter_piece(
        fabriques.habilitation("medecin"), fabriques.piece(demande, "certificat-medical"), REJET_MEDICAL
    )
    return demande


@pytest.fixture
def rib(db):
    return TypePiece.objects.get(code="rib")
