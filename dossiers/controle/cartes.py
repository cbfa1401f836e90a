"""What other rooms show on the first page of the control space.

A room registers a function from its AppConfig.ready: `enregistrer_carte(lambda habilitation: Carte(3, "…", "/…"))`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from partners.models import Habilitation


@dataclass(frozen=True)
class Carte:
    """A number that leads somewhere. ton: "", "alerte", "attente" or "moi"."""

    nombre: int
    libelle: str
    url: str
    ton: str = ""
    au_dela: bool = False


Fournisseur = Callable[[Habilitation], Carte | None]
_fournisseurs: list[Fournisseur] = []


def enregistrer_carte(fonction: Fournisseur) -> Fournisseur:
    """Add a number to the first page of the control space; None shows nothing."""
    if fonction not in _fournisseurs:
        _fournisseurs.append(fonction)
    return fonction


def cartes(habilitation: Habilitation) -> list[Carte]:
    """The registered numbers, for this habilitation."""
    return [carte for fonction in _fournisseurs if (carte := fonction(habilitation)) is not None]
