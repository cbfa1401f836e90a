"""Safes: sets of keys apart, that are opened only by who says which one it opens.

What lies in the ordinary safe is read by whoever reads the row. What lies in another one stays closed in the hands of
code that did not ask for it by name: a forgotten check gives an error, never a content.
"""

from enum import StrEnum


class Coffre(StrEnum):
    ORDINAIRE = "ordinaire"
    MEDICAL = "medical"


class CoffreFerme(Exception):
    """A content was asked for without naming its safe: whoever asks has not shown that he may."""


def exiger_ouvert(coffre: str, ouvert: Coffre) -> None:
    """Raise CoffreFerme unless what lies in `coffre` may be read by who opens `ouvert`."""
    if coffre not in (Coffre.ORDINAIRE, ouvert):
        raise CoffreFerme(f"coffre {coffre} fermé")


def trousseau_de_textes(coffre: str) -> str:
    """The setting that holds the keys of the texts of a safe."""
    return "CLES_MEDICALES" if coffre == Coffre.MEDICAL else "CLES_DONNEES"


def trousseau_de_fichiers(coffre: str) -> str:
    """The setting that holds the keys of the files of a safe."""
    return "CLES_MEDICALES" if coffre == Coffre.MEDICAL else "CLES_FICHIERS"
