"""The organisme that takes over."""

from datetime import date

import pytest

from partners.models import Organisme


@pytest.fixture
def nouvelle() -> Organisme:
    return Organisme.objects.create(
        code="nova", sigle="Nova", nom="Nova, la mutuelle", type="mutuelle", depuis=date(2026, 1, 1)
    )
