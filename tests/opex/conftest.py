"""The cast that the rooms of the OPEX programme share; each room adds its own, or has another one in a part."""

from tests.dossiers.conftest import asd, connexion, correspondant, etranger, gestionnaire, mspp, uneo

__all__ = ["asd", "connexion", "correspondant", "etranger", "gestionnaire", "mspp", "uneo"]
