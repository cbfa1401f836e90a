"""Embedded services of a test session, in a directory thrown away at its end."""

import atexit
import shutil

import pytest

from dossierunique.embarque import lieux
from dossierunique.embarque.services import Services
from tests import modele


def demarrer(config: pytest.Config) -> None:
    """Start PostgreSQL and Valkey, and have them stopped when the session ends, however it ends."""
    lieu = lieux.lieu()
    services = Services(lieu, sur_disque=False)

    def arreter() -> None:
        services.arreter()
        for dossier in (lieu.racine, lieu.prises):
            shutil.rmtree(dossier, ignore_errors=True)

    config.add_cleanup(arreter)
    atexit.register(arreter)
    services.demarrer()
    modele.commencer()
