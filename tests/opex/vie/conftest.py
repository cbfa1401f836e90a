"""The cast of the life of a dossier, and a dossier awakened whose life is full of marked words."""

import pytest

from tests import fabriques
from tests.opex.fabriques import dossier_opex


@pytest.fixture
def medecin(db):
    return fabriques.habilitation("medecin")


@pytest.fixture
def uneo(db):
    return fabriques.habilitation("referent_opex")


@pytest.fixture
def mspp(db):
    """A partner that the person did not accord."""
    return fabriques.habilitation("partenaire", organisme="mspp", programmes=["DU", "OPEX"])


@pytest.fixture
def dossier(correspondant):
    """A dossier of the correspondant's unit, awake, accorded to the ASD and Unéo."""
    return dossier_opex(correspondant, endormi=False)
