"""A dossier that nobody outside the CNMSS and its unit reads, and somebody of the ASD in an emergency."""

import pytest

from tests import fabriques

MOTIF = "Appel de la famille, personne introuvable depuis hier."


@pytest.fixture
def ferme(correspondant):
    """A dossier shared with no partner, with a demande and its papers."""
    dossier = fabriques.dossier(par=correspondant, accordes=(), refuses=())
    fabriques.demande(dossier, etat="en_completude")
    return dossier


@pytest.fixture
def dpo(db):
    return fabriques.habilitation("dpo")
