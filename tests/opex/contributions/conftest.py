"""The cast of these tests: an awakened dossier shared with the ASD and Unéo, refused to nobody by name."""

import pytest

from tests import fabriques
from tests.opex import fabriques as opex


@pytest.fixture
def dossier(correspondant):
    """An OPEX dossier after a wound, accordé to the ASD and Unéo."""
    return opex.dossier_opex(correspondant, endormi=False)


@pytest.fixture
def secours(db):
    """A kind of Unéo, paid once."""
    return opex.genre_aide("uneo", "capital")


@pytest.fixture
def pension(db):
    """A periodic kind of Unéo, which carries a rate."""
    return opex.genre_aide("uneo", "rente", avec_taux=True)


@pytest.fixture
def superviseur(db):
    return fabriques.habilitation("superviseur")
