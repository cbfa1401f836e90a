"""These tests speak of notifications alone: the rights that the rooms above check are tested with them."""

import pytest

from dossierunique.notifications import centre


@pytest.fixture(autouse=True)
def sans_verification(monkeypatch):
    monkeypatch.setattr(centre, "_verifications", [])
