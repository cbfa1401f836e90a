"""The spaces of French punctuation on the screens: templates and words are typed with ordinary ones.

A template is read through these loaders once in a process; words of Python pass by the tags that show them.
"""

import re

from django.template import Origin
from django.template.loaders import app_directories, filesystem

INSECABLE, FINE = "\u00a0", "\u202f"
REGLES = (
    (re.compile(r"(?<=[^\s{%#]) (?=[;!?](?![=\w]))"), FINE),
    (re.compile(r"(?<=[^\s{%#]) (?=[:»](?![=\w]))"), INSECABLE),
    (re.compile(r"(?<=«) |(?<=\b[nN]°) "), INSECABLE),
    (re.compile(r"(?<=\d) (?=€|%(?!})|[KMG]o\b)"), INSECABLE),
)


def espacer(texte: str) -> str:
    """`Qui voit quoi ?` with spaces that do not break; code and addresses hold none of these forms."""
    for forme, espace in REGLES:
        texte = forme.sub(espace, texte)
    return texte


class Fichiers(filesystem.Loader):
    """Templates of the project."""

    def get_contents(self, origin: Origin) -> str:
        return espacer(super().get_contents(origin))


class Applications(app_directories.Loader):
    """Templates of the applications."""

    def get_contents(self, origin: Origin) -> str:
        return espacer(super().get_contents(origin))
