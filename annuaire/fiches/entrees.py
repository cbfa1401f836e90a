"""What services and people of the directory have in common, and the columns that PostgreSQL derives for its search."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Concat
from django.utils import timezone

from annuaire.fiches.telephones import a_composer

# What the database derives by itself: no history of it.
DERIVES = ["mots", "chiffres", "tri"]


def derive(fonction: str, *champs: str, entre: str = " ") -> models.GeneratedField:
    """A column that PostgreSQL keeps by itself: what this function says of these fields, one after the other."""
    morceaux: list[Any] = [champs[0]]
    for champ in champs[1:]:
        morceaux += [Value(entre), champ]
    texte = Concat(*morceaux, output_field=models.TextField()) if len(morceaux) > 1 else F(champs[0])
    return models.GeneratedField(
        expression=Func(texte, function=fonction), output_field=models.TextField(), db_persist=True
    )


def limite_de_verification() -> date:
    """What was verified before that day is to be verified again."""
    return timezone.localdate() - timedelta(days=settings.ANNUAIRE_VERIFICATION_JOURS)


class EntreeQuerySet(models.QuerySet[Any]):
    def a_verifier(self) -> "EntreeQuerySet":
        """Shown, and not verified for too long."""
        return self.filter(visible=True, verifie_le__lt=limite_de_verification())


class Entree(models.Model):
    """What services and people have in common: how to reach them, and when that was last said to be true."""

    telephone = models.CharField("téléphone", max_length=20, blank=True)
    courriel = models.EmailField("adresse électronique", blank=True)
    visible = models.BooleanField("montrée dans l’annuaire", default=True)
    verifie_le = models.DateField("vérifiée le", default=timezone.localdate)
    version = models.PositiveIntegerField(default=1)

    objects = EntreeQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def est_a_verifier(self) -> bool:
        """Whether it is shown as « à vérifier »."""
        return self.verifie_le < limite_de_verification()

    @property
    def tel(self) -> str:
        """What a `tel:` link dials."""
        return a_composer(self.telephone)
