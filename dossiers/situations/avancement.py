"""Lists ready to be shown: each point with its tick, the fact that tells it done, and where it is done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dossiers.situations.catalogue import SITUATIONS, Point, Situation
from dossiers.situations.faits import Constat, constater
from dossiers.situations.gestes import Lien
from dossiers.situations.models import ListeSituation, PointFait
from partners.models import Habilitation


@dataclass(frozen=True)
class PointVu:
    """A point of one list. A fact holds by itself; without one, the tick does."""

    point: Point
    fait: str
    coche: PointFait | None
    lien: Lien | None

    @property
    def acquis(self) -> bool:
        """Whether it is done, one way or the other."""
        return bool(self.fait or self.coche)


@dataclass(frozen=True)
class Avancement:
    """Where a list stands."""

    liste: ListeSituation
    situation: Situation
    groupes: list[tuple[str, list[PointVu]]]

    @property
    def points(self) -> list[PointVu]:
        """All of them, in order."""
        return [vu for _, vus in self.groupes for vu in vus]

    @property
    def faits(self) -> int:
        """How many are done."""
        return sum(vu.acquis for vu in self.points)

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.points)


def avancements(habilitation: Habilitation, listes: Sequence[ListeSituation]) -> list[Avancement]:
    """Where each list stands, in a number of queries that does not depend on how many there are."""
    constats = constater(habilitation, listes)
    coches: dict[int, dict[str, PointFait]] = {liste.pk: {} for liste in listes}
    for coche in _coches(listes) if listes else ():
        coches[coche.liste_id][coche.code] = coche
    return [_de(liste, constats[liste.pk], coches[liste.pk]) for liste in listes]


def _coches(listes: Sequence[ListeSituation]) -> Iterable[PointFait]:
    return PointFait.objects.filter(liste__in=[liste.pk for liste in listes]).select_related(
        "par__utilisateur"
    )


def _de(liste: ListeSituation, constat: Constat, coches: dict[str, PointFait]) -> Avancement:
    def vu(point: Point) -> PointVu:
        lien = point.geste(liste.dossier, constat.demande) if point.geste else None
        return PointVu(point, constat.faits.get(point.fait, ""), coches.get(point.code), lien)

    situation = SITUATIONS[liste.situation]
    return Avancement(
        liste, situation, [(groupe.titre, [vu(p) for p in groupe.points]) for groupe in situation.groupes]
    )
