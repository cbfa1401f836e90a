"""The cast: who keeps Unéo's entries, who keeps them all, who only reads; and a client for each."""

from collections.abc import Callable

import pytest
from django.test import Client

from partners.models import Habilitation
from tests import fabriques

DOS = "partners.comptes.backends.Comptes"


@pytest.fixture
def entrer() -> Callable[[Habilitation], Client]:
    """A browser signed in as the holder of an habilitation."""

    def ouvrir(habilitation: Habilitation) -> Client:
        client = Client()
        client.force_login(habilitation.utilisateur, backend=DOS)
        return client

    return ouvrir


@pytest.fixture
def responsable(db) -> Habilitation:
    return fabriques.habilitation("responsable", organisme="uneo")


@pytest.fixture
def admin(db) -> Habilitation:
    return fabriques.habilitation("administrateur")


@pytest.fixture
def lecteur(db) -> Habilitation:
    """Somebody of another organisme, who keeps nothing."""
    return fabriques.habilitation("gestionnaire")
