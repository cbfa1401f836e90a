"""How words are found: their beginnings by LIKE, typos by trigrams, both on the columns that the tables derive."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg, StringAgg
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, Func, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from annuaire.fiches.models import Service
from partners.models import Organisme

# « dupnot » for « dupont » has 0.43; beneath, words of four letters look like one another.
SEUIL = 0.4
LETTRES_MIN = 4


def a_le_mot(mot: str, approchant: bool, champ: str = "mots") -> Q:
    """It begins one of its words; or, when something near is enough, it looks like one of them."""
    debut = Q(**{f"{champ}__contains": f" {mot}"})
    if approchant and len(mot) >= LETTRES_MIN:
        return debut | Q(**{f"{champ}__trigram_word_similar": mot})
    return debut


def organismes_avec_mots() -> QuerySet[Organisme]:
    """Organismes with their words: sigle, name, and the names that they bore."""
    anciens = StringAgg(_suite("anciens_noms__sigle", "anciens_noms__nom"), " ")
    portes = Organisme.objects.order_by().annotate(anciens=anciens)
    return portes.annotate(mots=_mots(_suite("sigle", "nom", "anciens")))


def services_avec_mots() -> QuerySet[Service]:
    """Services with the words of the unit where they stand."""
    return Service.objects.order_by().annotate(mots_unite=_mots(_suite("unite__nom", "unite__ville")))


def _suite(*champs: str) -> Concat:
    """Fields one after the other, whatever their type; what is null says nothing."""
    morceaux: list[Any] = [morceau for champ in champs for morceau in (champ, Value(" "))]
    return Concat(*morceaux, output_field=TextField())


def _mots(texte: Any) -> Func:
    return Func(texte, function="annuaire_mots", output_field=TextField())


def cles(lignes: QuerySet[Any], conditions: Sequence[Q]) -> list[list[int]]:
    """For each condition, the keys of the rows that meet it: one statement for all."""
    tenues = lignes.aggregate(
        **{f"mot_{i}": ArrayAgg("pk", filter=condition, default=[]) for i, condition in enumerate(conditions)}
    )
    return [tenues[f"mot_{i}"] for i in range(len(conditions))]


def rang(mots: Sequence[str]) -> Any:
    """Who bears the words comes before who does what they say."""
    return sum(
        (
            Case(
                When(
                    Q(tri__startswith=mot) | Q(tri__contains=f" {mot}") | Q(tri__contains=f"-{mot}"), then=4
                ),
                When(mots__contains=f" {mot}", then=1),
                default=0,
                output_field=IntegerField(),
            )
            for mot in mots
        ),
        Value(0),
    )


def rang_approchant(mots: Sequence[str]) -> Any:
    """The nearest first."""
    return sum((TrigramWordSimilarity(mot, "mots") for mot in mots), Value(0.0))
