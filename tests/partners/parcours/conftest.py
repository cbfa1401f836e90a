"""Who validates for her organisme."""

import pytest

from partners.habilitations.models import Habilitation
from tests import fabriques


@pytest.fixture
def responsable(db) -> Habilitation:
    return fabriques.habilitation("responsable", organisme="uneo")
