"""The cast of the life of a dossier, and a dossier awakened whose life is full of marked words."""

import pytest
from django.test import Client

from tests import fabriques
from tests.opex.fabriques import dossier_opex


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
    return fabriques.habilitation("correspondant")


@pytest.fixture
def gestionnaire(db):
    return fabriques.habilitation("gestionnaire")


@pytest.fixture
def medecin(db):
    return fabriques.habilitation("medecin")


@pytest.fixture
def uneo(db):
    return fabriques.habilitation("referent_opex")


@pytest.fixture
def asd(db):
    return fabriques.habilitation("assistant_social")


@pytest.fixture
def mspp(db):
    """A partner that the person did not accord."""
    return fabriques.habilitation("partenaire", organisme="mspp", programmes=["DU", "OPEX"])


@pytest.fixture
def dossier(correspondant):
    """A dossier of the correspondant's unit, awake, accorded to the ASD and Unéo."""
    return dossier_opex(correspondant, endormi=False)
