"""A correspondant at her desk, and her draft."""

import pytest
from django.test import Client

from dossiers.demandes.models import Demande
from tests import fabriques


@pytest.fixture
def client(correspondant, connexion) -> Client:
    return connexion(correspondant)


@pytest.fixture
def brouillon(correspondant, dossier) -> Demande:
    return fabriques.demande(dossier, "brouillon", par=correspondant)
