"""The cast of a departure, and a client for each."""

import pytest

from tests import fabriques
from tests.opex import fabriques as opex


@pytest.fixture
def correspondant(db):
    fabriques.organismes()
    return fabriques.habilitation("correspondant")


@pytest.fixture
def operation(db):
    return opex.operation()


@pytest.fixture
def dossier(correspondant):
    """An OPEX dossier of the correspondant, asleep."""
    return opex.dossier_opex(correspondant)
