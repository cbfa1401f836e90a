"""Someone leaves, or changes unit: what ended, and the open work that was handed over."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.habilitations.models import Habilitation


class NatureDepart(models.TextChoices):
    DEPART = "depart", "départ de l’organisme"
    MUTATION = "mutation", "changement d’unité"
    FIN = "fin", "fin de l’habilitation"


class Depart(models.Model):
    """One habilitation closed at once, with the list of what passed into other hands. Append-only."""

    habilitation = models.OneToOneField(Habilitation, models.PROTECT, related_name="depart")
    nature = models.CharField("nature", max_length=10, choices=NatureDepart)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    quand = models.DateTimeField("le", default=timezone.now)
    successeur = models.ForeignKey(
        Habilitation, models.PROTECT, null=True, blank=True, related_name="reprises"
    )
    suite = models.ForeignKey(Habilitation, models.PROTECT, null=True, blank=True, related_name="+")
    # {objet: public number, quoi: words, vers: words}, as they were on that day.
    remises = models.JSONField("travail remis", default=list)

    class Meta:
        db_table = "partners_depart"
        ordering = ["-quand", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(nature__in=NatureDepart.values), name="depart_nature")
        ]

    def __str__(self) -> str:
        return f"{self.nature} {self.habilitation_id}"
