"""The whole story of an OPEX dossier in time: by the day of the fact, not of its telling, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from dossiers.echanges.actions import noter_visite
from dossiers.echanges.faits import Faits, faits_de
from dossiers.echanges.histoire import Ligne, en_mots
from dossiers.echanges.models import Evenement
from dossiers.partages.models import Dossier
from dossiers.partages.profils import Regard
from dossierunique.ui.formats import INSECABLE, ici
from dossierunique.ui.formats import jour as jour_entier
from dossierunique.ui.pagination import page_par_cle
from opex.vie.filtres import FiltreVie

TAILLE = 50
CLES = ("-jour", "-pk")
# News are counted no further.
NOUVEAUTES_MAX = 50


@dataclass(frozen=True)
class Fait:
    """One line under its day; `dit_le` when it was told another day."""

    ligne: Ligne
    dit_le: datetime | None


@dataclass(frozen=True)
class Jour:
    """The facts of one day."""

    jour: date
    faits: list[Fait]

    @property
    def libelle(self) -> str:
        """« 1er mars »: its year stands above it."""
        return jour_entier(self.jour).rpartition(INSECABLE)[0]

    @property
    def neuf(self) -> bool:
        """Whether one of them is new."""
        return any(fait.ligne.neuf for fait in self.faits)


@dataclass(frozen=True)
class Annee:
    """The days of one year."""

    annee: int
    jours: list[Jour]


@dataclass(frozen=True)
class Visite:
    """What was told by others since one looked last."""

    derniere: datetime
    nouveautes: int
    au_dela: bool


def evenements(dossier: Dossier) -> QuerySet[Evenement]:
    """The events of a dossier with what their words need; the demandes apart, which the second lock protects."""
    return Evenement.objects.filter(dossier=dossier).select_related(
        "auteur__utilisateur", "auteur__organisme", "organisme"
    ).prefetch_related("demande")  # fmt: skip


def derniere_visite(request: HttpRequest, dossier: Dossier) -> datetime | None:
    """When the user last looked; only the page as it opens is a visit, not its filters and its next pages."""
    if request.GET or request.method != "GET":
        return None
    return noter_visite(request.user.pk, dossier, timezone.now())


def lire(
    request: HttpRequest, dossier: Dossier, regard: Regard, filtre: FiltreVie, depuis: datetime | None
) -> dict[str, Any]:
    """The page of the story that the request asks for, and what is new in it."""
    page = page_par_cle(filtre.appliquer(evenements(dossier)), request, cles=CLES, taille=TAILLE)
    recents = _recents(dossier, regard, filtre, depuis)
    faits = faits_de([*page, *recents], regard)
    nouveautes = sum(en_mots(e, faits, regard) is not None for e in recents)
    return {
        "page": page,
        "annees": par_annee(_dits(page, faits, regard, depuis or filtre.depuis_retenu)),
        "visite": Visite(depuis, min(nouveautes, NOUVEAUTES_MAX), nouveautes > NOUVEAUTES_MAX)
        if depuis and nouveautes
        else None,
    }


def _recents(dossier: Dossier, regard: Regard, filtre: FiltreVie, depuis: datetime | None) -> list[Evenement]:
    if depuis is None:
        return []
    dits = evenements(dossier).filter(genre__in=sorted(filtre.genres), quand__gt=depuis)
    autres = dits.exclude(auteur=regard.habilitation.pk).order_by("-quand", "-pk")
    return list(autres[: NOUVEAUTES_MAX + 1])


def raconter_tout(dossier: Dossier, regard: Regard, genres: Iterable[str], limite: int) -> list[Annee]:
    """The first `limite` events, newest first, for a paper."""
    lus = list(evenements(dossier).filter(genre__in=sorted(genres)).order_by(*CLES)[:limite])
    return par_annee(_dits(lus, faits_de(lus, regard), regard, None, nommer=True))


def _dits(
    lus: Iterable[Evenement], faits: Faits, regard: Regard, depuis: datetime | None, *, nommer: bool = False
) -> list[tuple[date, Fait]]:
    dits = ((e, en_mots(e, faits, regard, depuis, nommer=nommer)) for e in lus)
    return [(e.jour, _fait(e, ligne)) for e, ligne in dits if ligne is not None]


def _fait(evenement: Evenement, ligne: Ligne) -> Fait:
    meme_jour = ici(evenement.quand).date() == evenement.jour
    return Fait(ligne, None if meme_jour else evenement.quand)


def par_annee(dits: list[tuple[date, Fait]]) -> list[Annee]:
    """Facts already in order, under their day, under its year."""
    jours = [Jour(jour, [fait for _, fait in faits]) for jour, faits in groupby(dits, key=lambda dit: dit[0])]
    return [Annee(annee, list(siens)) for annee, siens in groupby(jours, key=lambda j: j.jour.year)]
