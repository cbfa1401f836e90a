"""What a programme adds to the home: a number that leads somewhere, and a card of what to do first.

A room registers a function from its branchements: `@ajouter_a_l_accueil`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from dossiers.partages.profils import Regard
from dossierunique.ui.pagination import compte_borne


@dataclass
class Chiffre:
    """A number that leads somewhere."""

    nombre: int
    au_dela: bool
    libelle: str
    url: str
    ton: str = ""


def chiffre(lignes: QuerySet, libelles: tuple[str, str], url: str, ton: str = "") -> Chiffre:
    """The capped count of these rows, in the singular or in the plural."""
    nombre, au_dela = compte_borne(lignes)
    return Chiffre(nombre, au_dela, libelles[nombre > 1], url, ton)


@dataclass
class Carte:
    """A card: its template, which reads `carte`, its rows, and the dossiers that it names."""

    gabarit: str
    chiffre: Chiffre
    lignes: Sequence[Any]
    numeros: list[str]


Fournisseur = Callable[[Regard], Carte | None]
_fournisseurs: list[Fournisseur] = []


def ajouter_a_l_accueil(fonction: Fournisseur) -> Fournisseur:
    """Add a card to the home; None shows nothing."""
    if fonction not in _fournisseurs:
        _fournisseurs.append(fonction)
    return fonction


def cartes(regard: Regard) -> list[Carte]:
    """The cards of this regard."""
    return [carte for fonction in _fournisseurs if (carte := fonction(regard)) is not None]
