"""The cast of a departure, and a client for each."""

import pytest
from django.test import Client

from tests import fabriques
from tests.opex import fabriques as opex


@pytest.fixture
def connexion(db):
    """A test client signed in as the user of an habilitation."""

    def _connexion(habilitation) -> Client:
        client = Client()
        client.force_login(habilitation.utilisateur, backend="partners.comptes.backends.Comptes")
        return client

    return _connexion


@pytest.fixture
def correspondant(db):
    fabriques.organismes()
    return fabriques.habilitation("correspondant")


@pytest.fixture
def etranger(db):
    """A correspondant of another unit."""
    return fabriques.habilitation("correspondant", unites=[fabriques.unite("2e-rep")])


@pytest.fixture
def gestionnaire(db):
    return fabriques.habilitation("gestionnaire")


@pytest.fixture
def operation(db):
    return opex.operation()


@pytest.fixture
def dossier(correspondant):
    """An OPEX dossier of the correspondant, asleep."""
    return opex.dossier_opex(correspondant)
