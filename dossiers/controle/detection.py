"""From rows of the journal to unusual accesses: plain computations, without the database."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from dossiers.controle.models import CodeRegle, RegleAlerte
from dossierunique.journal.actes import Acte

LECTURES = frozenset({Acte.CONSULTER, Acte.TELECHARGER, Acte.IMPRIMER, Acte.EXPORTER, Acte.REVELER_NIR})
SORTIES = frozenset({Acte.IMPRIMER, Acte.EXPORTER, Acte.TELECHARGER})
TOUCHENT = LECTURES | {Acte.CREER, Acte.MODIFIER}
PARCOURENT = frozenset({Acte.LISTER, Acte.RECHERCHER})
LIGNES_MAX = 500


@dataclass(frozen=True)
class Trace:
    """What is needed of a row of the journal."""

    id: int
    quand: datetime
    utilisateur: int
    habilitation: int | None
    organisme: int | None
    action: str
    objet: str
    # How many dossiers a list or a search showed.
    montres: int = 0

    @property
    def sujet(self) -> str:
        """Whose acts are counted together: a mandate, or a person without one."""
        return f"h{self.habilitation}" if self.habilitation else f"u{self.utilisateur}"

    @property
    def dossier(self) -> bool:
        """Whether it speaks of a dossier."""
        return self.objet.startswith("DU-")


@dataclass(frozen=True)
class Episode:
    """A period during which a rule was broken by one subject."""

    regle: str
    sujet: str
    debut: datetime
    fin: datetime
    nombre: int
    traces: tuple[Trace, ...]
    objet: str = ""


def _dossiers_distincts(traces: Sequence[Trace]) -> int:
    return len({trace.objet for trace in traces})


@dataclass(frozen=True)
class Mesure:
    """What a rule counts, in a sliding window."""

    retient: Callable[[Trace], bool]
    compte: Callable[[Sequence[Trace]], int] = len


MESURES: dict[str, Mesure] = {
    CodeRegle.RAFALE: Mesure(lambda t: t.dossier and t.action in TOUCHENT, _dossiers_distincts),
    # A wrong password is not a refused access: sign-in has its own locks.
    CodeRegle.REFUS: Mesure(lambda t: t.action == Acte.REFUS and t.objet != "connexion"),
    CodeRegle.REVELATIONS: Mesure(lambda t: t.action == Acte.REVELER_NIR),
    CodeRegle.SORTIES: Mesure(lambda t: t.action in SORTIES),
    # A search that finds nothing is a name, or a number, tried: it counts. A list of something else than dossiers not.
    CodeRegle.LISTES: Mesure(
        lambda t: t.action == Acte.RECHERCHER or (t.action == Acte.LISTER and t.montres > 0)
    ),
}


def rafales(regle: RegleAlerte, traces: Iterable[Trace]) -> list[Episode]:
    """The periods during which one subject's acts, in a window that slides, reached the threshold."""
    mesure, largeur = MESURES[regle.code], timedelta(minutes=regle.fenetre or 60)
    retenues = sorted((t for t in traces if mesure.retient(t)), key=lambda t: (t.quand, t.id))
    depassees: list[tuple[int, int]] = []
    premiere = 0
    for derniere, trace in enumerate(retenues):
        while trace.quand - retenues[premiere].quand >= largeur:
            premiere += 1
        if mesure.compte(retenues[premiere : derniere + 1]) >= regle.seuil:
            depassees.append((premiere, derniere))
    return [_episode(regle, mesure, retenues[de : a + 1]) for de, a in _reunir(depassees)]


def _reunir(intervalles: list[tuple[int, int]]) -> list[tuple[int, int]]:
    reunis: list[tuple[int, int]] = []
    for de, a in intervalles:
        if reunis and de <= reunis[-1][1]:
            reunis[-1] = (reunis[-1][0], a)
        else:
            reunis.append((de, a))
    return reunis


def _episode(regle: RegleAlerte, mesure: Mesure, traces: Sequence[Trace]) -> Episode:
    return Episode(
        regle.code, traces[0].sujet, traces[0].quand, traces[-1].quand, mesure.compte(traces), tuple(traces)
    )


def nuit_de(regle: RegleAlerte, quand: datetime) -> tuple[datetime, datetime] | None:
    """The night, on the clocks of Paris, in which this instant falls; None in the daytime."""
    local = timezone.localtime(quand)
    debut, fin = regle.debut_nuit or time(22), regle.fin_nuit or time(5)
    for recul in (0, 1):
        jour = local.date() - timedelta(days=recul)
        lendemain = jour + timedelta(days=1) if fin <= debut else jour
        de, a = (timezone.make_aware(datetime.combine(j, h)) for j, h in ((jour, debut), (lendemain, fin)))
        if de <= quand < a:
            return de, a
    return None


def nuits(regle: RegleAlerte, traces: Iterable[Trace]) -> list[Episode]:
    """The nights during which one subject touched as many dossiers' pages as the threshold."""
    par_nuit: dict[tuple[datetime, datetime], list[Trace]] = {}
    for trace in traces:
        if trace.dossier and trace.action in TOUCHENT and (nuit := nuit_de(regle, trace.quand)):
            par_nuit.setdefault(nuit, []).append(trace)
    return [
        Episode(regle.code, lot[0].sujet, de, a, len(lot), tuple(sorted(lot, key=lambda t: t.quand)))
        for (de, a), lot in par_nuit.items()
        if len(lot) >= regle.seuil
    ]


def par_jour(regle: RegleAlerte, traces: Iterable[Trace]) -> list[Episode]:
    """One episode a day for each subject and dossier, when the threshold is reached."""
    lots: dict[tuple[str, str, datetime], list[Trace]] = {}
    for trace in traces:
        minuit = timezone.make_aware(datetime.combine(timezone.localdate(trace.quand), time.min))
        lots.setdefault((trace.sujet, trace.objet, minuit), []).append(trace)
    return [
        Episode(
            regle.code, f"{sujet}:{objet}", minuit, minuit + timedelta(days=1), len(lot), tuple(lot), objet
        )
        for (sujet, objet, minuit), lot in lots.items()
        if len(lot) >= regle.seuil
    ]
