"""A run directory of its own for each module, and everything in it stopped whatever happens."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossierunique.embarque.lieux import Lieu
from dossierunique.embarque.services import Services


@pytest.fixture
def lieu() -> Iterator[Lieu]:
    """Under the system's temporary folder: pytest's own is closed to the unprivileged server."""
    racine = Path(tempfile.mkdtemp(prefix="du-lieu-"))
    racine.chmod(0o711)
    yield Lieu(racine)
    shutil.rmtree(racine, ignore_errors=True)


@pytest.fixture
def services(lieu: Lieu) -> Iterator[Services]:
    """PostgreSQL and Valkey, not started."""
    services = Services(lieu, sur_disque=False)
    yield services
    services.arreter()
