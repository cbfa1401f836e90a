"""The side of the life of a dossier: where it stands, what comes next, what was given, who sees it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, DateField, DecimalField, F, Func, Q, Sum, Value
from django.utils import timezone

from dossiers.consentements.models import PreuveAConfirmer
from dossiers.exceptions.listes import exceptions_montrees
from dossiers.partages.apercu import partages_montres
from dossiers.partages.models import Dossier
from dossiers.partages.natures import Donnee
from dossiers.partages.profils import Regard
from dossiers.textes import euros
from opex.contributions.models import ContributionOpex, EtatContributionOpex, Forme, PeriodiciteOpex
from opex.suivi.models import Echeance, EtatEcheance
from partners.models import Organisme

ECHEANCES_MONTREES = 5
PERIODIQUES = (PeriodiciteOpex.MENSUELLE, PeriodiciteOpex.TRIMESTRIELLE, PeriodiciteOpex.ANNUELLE)


@dataclass(frozen=True)
class LigneTotal:
    """What one partner gives under one kind, at a day. organisme: its sigle, and its code to choose it by."""

    organisme: str
    code: str
    genre: str
    forme: str
    nombre: int
    verse: Decimal
    promis: Decimal
    # « 350,00 € par mois »: what goes on without an end.
    rythmes: list[str]


@dataclass
class Totaux:
    """The lines, partner by partner, and their sums; loans apart, since they come back."""

    lignes: list[LigneTotal] = field(default_factory=list)

    @property
    def verse(self) -> Decimal:
        """What has been paid, loans apart."""
        return sum((x.verse for x in self.lignes if x.forme != Forme.PRET), Decimal())

    @property
    def promis(self) -> Decimal:
        """What is still promised, loans apart."""
        return sum((x.promis for x in self.lignes if x.forme != Forme.PRET), Decimal())

    @property
    def prets(self) -> Decimal:
        """What has been lent."""
        return sum((x.verse for x in self.lignes if x.forme == Forme.PRET), Decimal())


def totaux_montres(dossier: Dossier, regard: Regard) -> Totaux | None:
    """What was given, as this regard may know it; None when it reads no aid."""
    if not regard.lit(Donnee.AIDE_OPEX):
        return None
    aides = ContributionOpex.objects.filter(dossier=dossier).exclude(etat=EtatContributionOpex.ANNULEE)
    if not regard.lit(Donnee.AYANT_CAUSE):
        aides = aides.filter(beneficiaire__isnull=True)
    lues = (
        aides.values("organisme__code", "organisme__sigle", "genre__nom", "genre__forme")
        .annotate(nombre=Count("pk"), verse=_somme("opex_verse"), promis=_somme("opex_promis"), **_rythmes())
        .order_by("organisme__sigle", "organisme__code", "genre__nom")
    )
    return Totaux([_ligne(lue) for lue in lues])


def _somme(fonction: str) -> Sum:
    jour = Value(timezone.localdate(), output_field=DateField())
    champs = [F(nom) for nom in ("etat", "periodicite", "montant", "debut", "fin")]
    montant = Func(
        *champs, jour, function=fonction, output_field=DecimalField(max_digits=14, decimal_places=2)
    )
    return Sum(montant)


def _rythmes() -> dict[str, Sum]:
    sans_fin = Q(fin__isnull=True, etat__in=["accordee", "en_versement"])
    return {p.value: Sum("montant", filter=sans_fin & Q(periodicite=p)) for p in PERIODIQUES}


def _ligne(lue: dict[str, Any]) -> LigneTotal:
    return LigneTotal(
        organisme=lue["organisme__sigle"],
        code=lue["organisme__code"],
        genre=lue["genre__nom"],
        forme=lue["genre__forme"],
        nombre=lue["nombre"],
        verse=lue["verse"],
        promis=lue["promis"],
        rythmes=[f"{euros(lue[p])} {p.label}" for p in PERIODIQUES if lue[p]],
    )


def partenaires_de(totaux: Totaux | None, organisme: Organisme) -> list[tuple[str, str]]:
    """Code and sigle of the partners to choose from: one's own organisme first."""
    connus = {ligne.code: ligne.organisme for ligne in totaux.lignes} if totaux else {}
    return sorted(connus.items(), key=lambda partenaire: partenaire[0] != organisme.code)


def autres_dossiers(dossier: Dossier, regard: Regard) -> list[dict[str, str]]:
    """The person's dossiers of the other programmes that this habilitation reads."""
    autres = (
        Dossier.objects.visibles_par(regard.habilitation)
        .filter(assure=dossier.assure_id)
        .exclude(pk=dossier.pk)
    )
    return [
        {"numero": d.numero, "programme": d.get_programme_display()} for d in autres.order_by("programme")
    ]


def contexte_cote(dossier: Dossier, regard: Regard, totaux: Totaux | None) -> dict[str, Any]:
    """What the side of the page shows."""
    return {
        "echeances": echeances(dossier) if regard.lit(Donnee.SUIVI) else [],
        "totaux": totaux,
        "partages": partages_montres(dossier, regard),
        "exceptions": exceptions_montrees(dossier, regard),
        "partage_suspendu": regard.lit(Donnee.CONSENTEMENTS) and _suspendu(dossier),
        "autres_dossiers": autres_dossiers(dossier, regard),
        "aujourdhui": timezone.localdate(),
    }


def _suspendu(dossier: Dossier) -> bool:
    return PreuveAConfirmer.objects.filter(dossier=dossier, suspendu_le__isnull=False).exists()


def echeances(dossier: Dossier) -> Iterable[Echeance]:
    """The first steps still to be taken."""
    a_faire = Echeance.objects.filter(dossier=dossier, etat=EtatEcheance.A_FAIRE)
    return list(a_faire.order_by("le", "pk")[:ECHEANCES_MONTREES])
