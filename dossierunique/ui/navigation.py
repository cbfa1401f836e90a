"""The rows of the header: the spaces of the portal, then what the application offers to the person in front of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch

from dossierunique.ui.adresses import adresse


@dataclass(frozen=True)
class Entree:
    """One entry: its words, the name of its page, and the beginnings of the addresses where it is current.

    `espace`: a space of its own, beside the application.
    """

    libelle: str
    nom_url: str
    prefixe: str
    aussi: str = ""
    espace: bool = False

    def portee(self, chemin: str) -> int:
        """How much of this path is the entry's; 0 when the page is not its own."""
        return max(len(p) for p in ("", self.prefixe, self.aussi) if chemin.startswith(p))


@dataclass(frozen=True)
class Lien:
    """An entry resolved for one request."""

    libelle: str
    url: str
    courant: bool
    espace: bool = False


class Menu(NamedTuple):
    """The spaces; and, in the application, its entries."""

    espaces: tuple[Lien, ...] = ()
    entrees: tuple[Lien, ...] = ()


Fournisseur = Callable[[HttpRequest], list[Entree]]
_fournisseurs: list[Fournisseur] = []


def enregistrer(fonction: Fournisseur) -> Fournisseur:
    """Add a room's entries; called from its AppConfig.ready, in the order of INSTALLED_APPS."""
    if fonction not in _fournisseurs:
        _fournisseurs.append(fonction)
    return fonction


def liens(request: HttpRequest) -> list[Lien]:
    """The entries for this request; the longest matching prefix is the current one."""
    entrees = [entree for fonction in _fournisseurs for entree in fonction(request)]
    portees = [entree.portee(request.path) for entree in entrees]
    courante = max(portees, default=0)
    resolus = []
    for entree, portee in zip(entrees, portees, strict=True):
        try:
            url = adresse(entree.nom_url)
        except NoReverseMatch:
            continue
        resolus.append(Lien(entree.libelle, url, 0 < portee == courante, entree.espace))
    return resolus


def menu(request: HttpRequest) -> Menu:
    """The two rows for this request; none for who has nothing to go to."""
    tous = liens(request)
    ailleurs = tuple(lien for lien in tous if lien.espace)
    ici = not any(lien.courant for lien in ailleurs)
    entrees = tuple(lien for lien in tous if not lien.espace) if ici else ()
    if not ailleurs:
        return Menu((), entrees)
    return Menu((Lien("Application", adresse("accueil"), ici, True), *ailleurs), entrees)
