"""The cast of these tests."""

from tests.dossiers.conftest import connexion, correspondant

__all__ = ["connexion", "correspondant"]
