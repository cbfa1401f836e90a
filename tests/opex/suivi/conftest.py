"""The cast of the follow-up: the unit, the fund, partners that the person accorded or not, and a client for each."""

import pytest

from dossierunique.journal.models import LigneJournal
from tests import fabriques
from tests.opex import fabriques as opex


@pytest.fixture
def referent(db):
    """A référent OPEX of Unéo, that the person accorded."""
    return fabriques.habilitation("referent_opex", organisme="uneo")


@pytest.fixture
def ailleurs(db):
    """A référent OPEX of a partner without share."""
    return fabriques.habilitation("referent_opex", organisme="mspp", programmes=["DU", "OPEX"])


@pytest.fixture
def dormant(correspondant):
    """Opened before a departure, accorded to the ASD and Unéo: nobody but the fund and the unit reads it yet."""
    return opex.dossier_opex(correspondant)


@pytest.fixture
def dossier(correspondant):
    """The same, woken up by a wound."""
    return opex.blesse(correspondant)


@pytest.fixture
def blessure(dossier):
    return dossier.blessures.get()


@pytest.fixture
def journal(db):
    """How many rows the journal holds, to count those of an act."""
    return lambda: LigneJournal.objects.count()
