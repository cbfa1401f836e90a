"""What a situation is: a list of points to start from; and those that there are. Each programme declares its own."""

from dataclasses import dataclass

from dossiers.situations.gestes import Geste
from partners.habilitations.models import Habilitation
from partners.organismes.models import Programme


@dataclass(frozen=True)
class Point:
    """One thing to do or to check.

    aide: address of the article that explains it; geste: where it is done; fait: code of the fact that tells it done.
    """

    code: str
    mots: str
    aide: str = ""
    geste: Geste | None = None
    fait: str = ""


@dataclass(frozen=True)
class Groupe:
    """Points that go together."""

    titre: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Situation:
    """A ready list, for the dossiers of one programme; `fiche` is the address of the article that goes with it."""

    code: str
    titre: str
    resume: str
    groupes: tuple[Groupe, ...]
    programme: str = Programme.DU
    fiche: str = ""
    version: int = 1

    @property
    def points(self) -> tuple[Point, ...]:
        """All of them, in order."""
        return tuple(point for groupe in self.groupes for point in groupe.points)


SITUATIONS: dict[str, Situation] = {}


def declarer(situation: Situation) -> Situation:
    """Add a situation to those that a correspondant may start from."""
    SITUATIONS[situation.code] = situation
    return situation


def situations_de(habilitation: Habilitation) -> list[Situation]:
    """Those of the programmes of this habilitation, in order."""
    return [s for s in SITUATIONS.values() if s.programme in habilitation.programmes]
