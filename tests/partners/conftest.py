"""The cast: an administrator, a colleague, and who holds no administration."""

from collections.abc import Callable

import pytest
from django.test import Client

from partners.models import Habilitation
from tests import fabriques

DOS = "partners.comptes.backends.Comptes"


@pytest.fixture
def connecter() -> Callable[[Habilitation], Client]:
    """A browser signed in as the holder of an habilitation."""

    def entrer(habilitation: Habilitation) -> Client:
        client = Client()
        client.force_login(habilitation.utilisateur, backend=DOS)
        return client

    return entrer


@pytest.fixture
def admin(db) -> Habilitation:
    return fabriques.habilitation("administrateur")


@pytest.fixture
def gestionnaire(db) -> Habilitation:
    return fabriques.habilitation("gestionnaire")


@pytest.fixture
def client_admin(admin, connecter) -> Client:
    return connecter(admin)
