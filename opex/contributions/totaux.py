"""What a wounded person has received and is promised, partner by partner and kind by kind.

The amounts are those of the SQL functions `opex_verse` and `opex_promis`, asked under the identity of the
transaction: the second lock leaves out what the reader may not know.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Count, DateField, DecimalField, F, Func, Q, Sum, Value
from django.utils import timezone

from dossiers.partages.models import Dossier
from dossiers.textes import euros
from opex.contributions.models import ContributionOpex, EtatContributionOpex, Forme, PeriodiciteOpex

ZERO = Decimal(0)
ARGUMENTS = ("etat", "periodicite", "montant", "debut", "fin")
RYTHMES = (PeriodiciteOpex.MENSUELLE, PeriodiciteOpex.TRIMESTRIELLE, PeriodiciteOpex.ANNUELLE)
CHAMPS = ("organisme__code", "organisme__sigle", "organisme__nom", "genre__nom", "genre__forme")


@dataclass(frozen=True)
class Rythme:
    """What comes at each period, without an end: « 450,00 € par mois »."""

    periodicite: str
    montant: Decimal

    def __str__(self) -> str:
        return f"{euros(self.montant)} {PeriodiciteOpex(self.periodicite).label}"


@dataclass(frozen=True)
class LigneTotal:
    """One kind of one partner. organisme: its sigle; genre: its name; code: the partner's, for links."""

    organisme: str
    genre: str
    forme: str
    nombre: int
    verse: Decimal
    promis: Decimal
    rythmes: tuple[Rythme, ...]
    code: str = ""
    nom: str = ""

    @property
    def est_pret(self) -> bool:
        return self.forme == Forme.PRET

    @property
    def est_nature(self) -> bool:
        return self.forme == Forme.NATURE


@dataclass(frozen=True)
class TotalOrganisme:
    """One partner: its kinds, and what they come to, loans apart."""

    sigle: str
    nom: str
    code: str
    lignes: tuple[LigneTotal, ...]
    verse: Decimal
    promis: Decimal
    prets: Decimal


@dataclass(frozen=True)
class Totaux:
    """The whole. `verse` and `promis` leave out the loans, which are to be paid back: `prets` is what was lent."""

    lignes: tuple[LigneTotal, ...]
    jour: date

    def __bool__(self) -> bool:
        return bool(self.lignes)

    @property
    def verse(self) -> Decimal:
        return _somme(ligne.verse for ligne in self.lignes if not ligne.est_pret)

    @property
    def promis(self) -> Decimal:
        return _somme(ligne.promis for ligne in self.lignes if not ligne.est_pret)

    @property
    def prets(self) -> Decimal:
        return _somme(ligne.verse for ligne in self.lignes if ligne.est_pret)

    @property
    def rythmes(self) -> tuple[Rythme, ...]:
        """All that comes without an end, by period."""
        return _rythmes(
            (
                periode,
                _somme(r.montant for ligne in self.lignes for r in ligne.rythmes if r.periodicite == periode),
            )
            for periode in RYTHMES
        )

    @property
    def par_organisme(self) -> list[TotalOrganisme]:
        """The lines gathered by partner."""
        return [_total(tuple(lignes)) for _, lignes in groupby(self.lignes, key=lambda ligne: ligne.code)]


def totaux(dossier: Dossier, jour: date | None = None, *, famille: bool = True) -> Totaux:
    """What a dossier's aids come to on a day, today by default, as the identity of the transaction reads them.

    Arguments: famille, whether the reader's profile reads of the family: without it, what was given to one of them
    is left out.
    """
    jour = jour or timezone.localdate()
    aides = ContributionOpex.objects.filter(dossier=dossier)
    lignes = (
        (aides if famille else aides.filter(beneficiaire__isnull=True))
        .exclude(etat=EtatContributionOpex.ANNULEE)
        .order_by()
        .values(*CHAMPS)
        .annotate(
            nombre=Count("pk"),
            verse=Sum(montant_au("opex_verse", jour)),
            promis=Sum(montant_au("opex_promis", jour)),
            **{f"rythme_{p.value}": Sum("montant", filter=_sans_fin(p)) for p in RYTHMES},
        )
        .order_by("organisme__sigle", "organisme__code", "genre__forme", "genre__nom")
    )
    return Totaux(tuple(_ligne(valeurs) for valeurs in lignes), jour)


def montant_au(fonction: str, jour: date) -> Func:
    """One of the two SQL functions, on a contribution and a day."""
    arguments = [F(champ) for champ in ARGUMENTS]
    sortie: DecimalField = DecimalField(max_digits=16, decimal_places=2)
    return Func(*arguments, Value(jour, DateField()), function=fonction, output_field=sortie)


def _sans_fin(periodicite: str) -> Q:
    return Q(periodicite=periodicite, fin__isnull=True)


def _ligne(valeurs: dict[str, Any]) -> LigneTotal:
    return LigneTotal(
        organisme=valeurs["organisme__sigle"],
        genre=valeurs["genre__nom"],
        forme=valeurs["genre__forme"],
        nombre=valeurs["nombre"],
        verse=valeurs["verse"],
        promis=valeurs["promis"],
        rythmes=_rythmes((p, valeurs[f"rythme_{p.value}"] or ZERO) for p in RYTHMES),
        code=valeurs["organisme__code"],
        nom=valeurs["organisme__nom"],
    )


def _rythmes(sommes: Iterable[tuple[str, Decimal]]) -> tuple[Rythme, ...]:
    return tuple(Rythme(periode, montant) for periode, montant in sommes if montant)


def _total(lignes: tuple[LigneTotal, ...]) -> TotalOrganisme:
    tout, premiere = Totaux(lignes, date.min), lignes[0]
    return TotalOrganisme(
        premiere.organisme, premiere.nom, premiere.code, lignes, tout.verse, tout.promis, tout.prets
    )


def _somme(montants: Iterable[Decimal]) -> Decimal:
    return sum(montants, ZERO)
