"""What passes to the successor besides the people: the rooms above say it (the shares of the dossiers).

`dossiers` registers itself here: partners know no dossier.
"""

from dataclasses import dataclass
from typing import Protocol

from partners.organismes.models import Organisme
from partners.successions.models import Succession


@dataclass(frozen=True)
class Comptes:
    """What would happen to the shares of the old organisme, in numbers."""

    actifs: int = 0
    repris: int = 0
    deja_accordes: int = 0
    refuses: int = 0
    non_repris: int = 0


@dataclass(frozen=True)
class Lot:
    """What one batch did: where it stopped (0 when nothing is left), how many shares closed, how many passed on."""

    curseur: int = 0
    traites: int = 0
    repris: int = 0


class Reprise(Protocol):
    """What a room above gives."""

    def compter(self, ancien: Organisme, successeur: Organisme) -> Comptes: ...

    def reprendre(self, succession: Succession, apres: int, taille: int) -> Lot: ...


class _Rien:
    def compter(self, ancien: Organisme, successeur: Organisme) -> Comptes:
        return Comptes()

    def reprendre(self, succession: Succession, apres: int, taille: int) -> Lot:
        return Lot()


_reprise: Reprise = _Rien()


def register(reprise: Reprise) -> None:
    """Say what takes the shares over (from the AppConfig.ready of the room)."""
    global _reprise
    _reprise = reprise


def reprise() -> Reprise:
    """What was registered."""
    return _reprise
