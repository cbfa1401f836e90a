"""A list begun for a person, and its ticks: working notes of the correspondants of the unit, nobody else's."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dossiers.partages.models import Dossier
from partners.models import Habilitation

NOTE_MAX = 300


class EtatListe(models.TextChoices):
    OUVERTE = "ouverte", "en cours"
    FAITE = "faite", "terminée"
    ABANDONNEE = "abandonnee", "abandonnée"


class ListeSituation(models.Model):
    """One situation started from, on one dossier. Its points are in the code, under `situation`."""

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="listes_situation", db_index=False)
    situation = models.SlugField(max_length=40)
    # That of the list when it was begun: a later one may have other points.
    version_lue = models.PositiveSmallIntegerField("version de la liste")
    etat = models.CharField("état", max_length=10, choices=EtatListe, default=EtatListe.OUVERTE)
    note = models.CharField("note", max_length=NOTE_MAX, blank=True)
    ouverte_par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    ouverte_le = models.DateTimeField(default=timezone.now)
    close_par = models.ForeignKey(Habilitation, models.PROTECT, null=True, blank=True, related_name="+")
    close_le = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "dossiers_liste_situation"
        ordering = ["-ouverte_le", "-pk"]
        verbose_name = "liste de situation"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "situation"],
                condition=Q(etat="ouverte"),
                name="liste_situation_une_ouverte",
            ),
            models.CheckConstraint(
                condition=Q(etat="ouverte", close_par__isnull=True, close_le__isnull=True)
                | Q(etat__in=["faite", "abandonnee"], close_par__isnull=False, close_le__isnull=False),
                name="liste_situation_etat",
            ),
        ]
        indexes = [
            models.Index(fields=["dossier", "-ouverte_le", "-id"], name="liste_situation_dossier"),
            models.Index(
                fields=["ouverte_le", "id"], condition=Q(etat="ouverte"), name="liste_situation_ouvertes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.situation}"

    @property
    def etat_ton(self) -> str:
        """Tone of the badge of its state."""
        return {"ouverte": "info", "faite": "accord", "abandonnee": "calme"}[self.etat]


class PointFait(models.Model):
    """A point ticked: by whom and when. One row a point, so that two people who tick together lose nothing."""

    liste = models.ForeignKey(ListeSituation, models.CASCADE, related_name="coches", db_index=False)
    code = models.SlugField(max_length=40)
    par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    le = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "dossiers_point_fait"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["liste", "code"], name="point_fait_une_fois")]

    def __str__(self) -> str:
        return self.code
