"""Each test stores its files apart."""

import pytest

from tests import fabriques


@pytest.fixture(autouse=True)
def racine(settings, tmp_path):
    """Each test stores its files apart."""
    fichiers = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "fichiers": fichiers}


@pytest.fixture
def demande(dossier, correspondant):
    return fabriques.demande(dossier, par=correspondant)
