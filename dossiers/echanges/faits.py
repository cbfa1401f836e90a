"""What a page of events speaks of, fetched in bulk: one query a kind, whatever the number of events."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from dossiers.commission.models import Decision
from dossiers.consentements.models import Consentement
from dossiers.contributions.models import ACCORDEES, Contribution
from dossiers.demandes.plan import lecteurs_connus
from dossiers.echanges.models import Evenement
from dossiers.justificatifs.models import Justificatif, PieceDemandee
from dossiers.partages.profils import Regard

Chargeur = Callable[[set[int], Regard], Mapping[int, Any]]
CHARGEURS: dict[str, Chargeur] = {}


@dataclass(frozen=True)
class ActeDit:
    """What the history says of an act of consent."""

    signe_le: date
    lignes: list[Any]


@dataclass
class Faits:
    """The objects that a page of events speaks of, fetched in one query a kind."""

    pieces: dict[int, Any]
    demandees: dict[int, Any]
    decisions: dict[int, Any]
    consentements: dict[int, ActeDit]
    # The contributions that this regard may know of: see plan.contributions_visibles.
    contributions: set[int]
    # key of `Evenement.donnees` → the objects of the rooms above that its values name (`charger`).
    autres: dict[str, Mapping[int, Any]] = field(default_factory=dict)


def _cles(evenements: Iterable[Evenement], champ: str) -> set[int]:
    trouves: set[int] = set()
    for evenement in evenements:
        valeur = evenement.donnees.get(champ, [])
        trouves.update(valeur if isinstance(valeur, list) else [valeur])
    return trouves


def charger(cle: str, chargeur: Chargeur) -> None:
    """A room above us has its objects fetched: those whose keys events keep under `cle`, as a regard may know them.

    It is asked once a page of events, and not at all when none names any.
    """
    CHARGEURS[cle] = chargeur


def faits_de(evenements: list[Evenement], regard: Regard) -> Faits:
    """What these events of one dossier speak of, as this regard may know it."""
    return Faits(
        pieces=Justificatif.objects.select_related("type", "fichier").in_bulk(_cles(evenements, "piece")),
        demandees=PieceDemandee.objects.select_related("type").in_bulk(_cles(evenements, "pieces")),
        decisions=Decision.objects.in_bulk(_cles(evenements, "decision")),
        consentements=_consentements(evenements),
        contributions=_contributions_visibles(evenements, regard),
        autres={
            cle: chargeur(cles, regard)
            for cle, chargeur in CHARGEURS.items()
            if (cles := _cles(evenements, cle))
        },
    )


def _consentements(evenements: list[Evenement]) -> dict[int, ActeDit]:
    lus = Consentement.objects.prefetch_related("lignes__organisme").in_bulk(
        _cles(evenements, "consentement")
    )
    return {cle: ActeDit(acte.signe_le, list(acte.lignes.all())) for cle, acte in lus.items()}


def _contributions_visibles(evenements: list[Evenement], regard: Regard) -> set[int]:
    cles = _cles(evenements, "contribution")
    if not cles:
        return set()
    connus = lecteurs_connus(evenements[0].dossier_id, regard)
    visibles = Contribution.objects.filter(Q(organisme__in=connus) | Q(etat__in=ACCORDEES), pk__in=cles)
    return set(visibles.values_list("pk", flat=True))
