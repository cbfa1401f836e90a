"""Fixtures of the dossiers' tests: the cast (owner, partner, stranger) and a client for each."""

import pytest
from django.test import Client

from tests import fabriques


@pytest.fixture
def connexion(db):
    """A test client signed in as the user of an habilitation."""

    def _connexion(habilitation, **options) -> Client:
        client = Client(**options)
        client.force_login(habilitation.utilisateur, backend="partners.comptes.backends.Comptes")
        return client

    return _connexion


@pytest.fixture
def correspondant(db):
    return fabriques.habilitation("correspondant")


@pytest.fixture
def etranger(db):
    """A correspondant of another unit."""
    return fabriques.habilitation("correspondant", unites=[fabriques.unite("2e-rep")])


@pytest.fixture
def gestionnaire(db):
    return fabriques.habilitation("gestionnaire")


@pytest.fixture
def uneo(db):
    return fabriques.habilitation("partenaire", organisme="uneo")


@pytest.fixture
def mspp(db):
    """A partner that the usual consent refuses."""
    return fabriques.habilitation("partenaire", organisme="mspp")


@pytest.fixture
def asd(db):
    return fabriques.habilitation("assistant_social")


@pytest.fixture
def dossier(correspondant):
    """A dossier of the correspondant, accordé to the ASD and Unéo, refused to the MSPP."""
    return fabriques.dossier(par=correspondant)


@pytest.fixture
def admin(db):
    return fabriques.habilitation("administrateur")
