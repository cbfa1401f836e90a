"""The cast: who writes, who reads again, who only reads."""

import pytest

from tests import fabriques
from tests.partners.conftest import connecter

__all__ = ["connecter"]


@pytest.fixture
def gestionnaire(db):
    return fabriques.habilitation("gestionnaire")


@pytest.fixture
def secretaire(db):
    return fabriques.habilitation("secretaire")


@pytest.fixture
def correspondant(db):
    return fabriques.habilitation("correspondant")
