"""What the figures are counted on: the facts of a year, laid down once, when the year is published."""

from django.db import models
from django.db.models import CheckConstraint, Q


class Exercice(models.Model):
    """A year whose figures are published. They never change afterwards."""

    annee = models.PositiveSmallIntegerField("année", primary_key=True)
    arrete_le = models.DateTimeField("arrêté le", auto_now_add=True)

    class Meta:
        db_table = "opex_exercice"
        ordering = ("-annee",)

    def __str__(self) -> str:
        return str(self.annee)


class FaitArrete(models.Model):
    """One wound, or one aid in one of its years, in the only exercice that counts it."""

    # Which wound or aid, and year of it: nothing is counted twice.
    cle = models.CharField(max_length=40, unique=True)
    exercice = models.ForeignKey(Exercice, on_delete=models.PROTECT, related_name="faits", db_index=False)
    sujet = models.CharField(max_length=20)
    # Told apart within an exercice only; no key, for a figure outlives what it counted.
    personne = models.BigIntegerField()
    armee = models.CharField("armée", max_length=200)
    theatre = models.CharField("théâtre", max_length=200, blank=True)
    genre = models.CharField(max_length=200, blank=True)
    partenaire = models.CharField(max_length=200, blank=True)
    montant = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        db_table = "opex_fait_arrete"
        indexes = [models.Index(fields=["sujet", "exercice"], name="fait_arrete_sujet")]
        constraints = [CheckConstraint(condition=Q(montant__gte=0), name="fait_arrete_montant")]

    def __str__(self) -> str:
        return f"{self.sujet} {self.exercice_id} {self.cle}"
