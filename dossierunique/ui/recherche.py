"""The search of the header: each room says what it finds, for the person in front of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Trouve:
    """One thing found: its words, its address, and what tells it from another of the same name."""

    libelle: str
    url: str
    precision: str = ""


@dataclass(frozen=True)
class Section:
    """What a room found: the first ones, and where the rest is."""

    titre: str
    trouves: Sequence[Trouve]
    suite: str = ""


Fournisseur = Callable[[HttpRequest, str], Section]
_fournisseurs: list[Fournisseur] = []


def enregistrer(fonction: Fournisseur) -> Fournisseur:
    """Add what a room finds; called from its AppConfig.ready. A provider gives only what the person may see."""
    if fonction not in _fournisseurs:
        _fournisseurs.append(fonction)
    return fonction


def chercher(request: HttpRequest, mots: str) -> list[Section]:
    """What the rooms find of these words; those that find nothing are left out."""
    sections = [fonction(request, mots) for fonction in _fournisseurs] if mots else []
    return [section for section in sections if section.trouves]
