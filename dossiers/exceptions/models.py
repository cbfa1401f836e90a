"""Why one named user reads one dossier for a time: a loan by the CNMSS, or a bris de glace.

These rows are the history: they are closed, never rewritten nor deleted (triggers). What opens the dossier is the
guardian row made from them (`ExceptionUtilisateur`), which goes when they end.
"""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone

from dossiers.partages.models import Dossier
from partners.models import Habilitation

MOTIF_MIN = 20
MOTIF_MAX = 300


class Periode(models.QuerySet):
    """Rows with `depuis`, `jusque` and an early end."""

    def vivants(self) -> Self:
        """Those that open their dossier now."""
        maintenant = timezone.now()
        return self.filter(termine_le__isnull=True, depuis__lte=maintenant, jusque__gt=maintenant)


class AccesLimite(models.Model):
    """What a loan and a bris de glace have in common."""

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    depuis = models.DateTimeField(default=timezone.now)
    jusque = models.DateTimeField("jusqu’au")
    termine_le = models.DateTimeField("terminé le", null=True, blank=True)

    objects = Periode.as_manager()

    class Meta:
        abstract = True

    @property
    def vivant(self) -> bool:
        """Whether it opens its dossier now."""
        return self.termine_le is None and self.depuis <= timezone.now() < self.jusque

    @property
    def fin(self) -> datetime:
        """When it ended, or will."""
        return self.termine_le or self.jusque


class Pret(AccesLimite):
    """A dossier entrusted to one person until a day. An extension is another row."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="prets")
    habilitation = models.ForeignKey(Habilitation, models.PROTECT, related_name="+", verbose_name="confié à")
    motif = models.CharField("motif", max_length=MOTIF_MAX)
    prete_par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    precedent = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="suite")
    # Nobody when the end of the organisme's share ended it.
    termine_par = models.ForeignKey(Habilitation, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "dossiers_pret"
        ordering = ["-depuis", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(jusque__gt=F("depuis")), name="pret_periode"),
            models.CheckConstraint(condition=~Q(motif=""), name="pret_motive"),
            models.CheckConstraint(
                condition=Q(termine_le__isnull=True) | Q(termine_le__gte=F("depuis")), name="pret_fin"
            ),
        ]
        indexes = [models.Index(fields=["dossier", "-depuis", "-id"], name="pret_du_dossier")]

    def __str__(self) -> str:
        return f"{self.dossier_id} → {self.habilitation_id}"


class GenreUrgence(models.TextChoices):
    """Kinds of emergencies [P]."""

    DANGER = "danger", "danger immédiat pour la personne ou un proche"
    HOSPITALISATION = "hospitalisation", "hospitalisation, évacuation ou décès"
    DETRESSE = "detresse", "détresse financière immédiate : sans logement, sans ressources"
    AUTRE = "autre", "autre urgence"


class EtatExamen(models.TextChoices):
    A_EXAMINER = "a_examiner", "à examiner"
    JUSTIFIE = "justifie", "justifié"
    INJUSTIFIE = "injustifie", "injustifié"


TRANSITIONS = {
    EtatExamen.A_EXAMINER: frozenset({EtatExamen.JUSTIFIE, EtatExamen.INJUSTIFIE}),
    EtatExamen.JUSTIFIE: frozenset(),
    EtatExamen.INJUSTIFIE: frozenset(),
}
TONS = {EtatExamen.A_EXAMINER: "attente", EtatExamen.JUSTIFIE: "accord", EtatExamen.INJUSTIFIE: "refus"}


class BrisDeGlace(AccesLimite):
    """A dossier opened in an emergency, without the person's consent, for some minutes and to be read only (ADR 7)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="bris_de_glace")
    habilitation = models.ForeignKey(
        Habilitation, models.PROTECT, related_name="+", verbose_name="ouvert par"
    )
    genre = models.CharField("urgence", max_length=16, choices=GenreUrgence)
    motif = models.TextField("motif")
    etat = models.CharField("examen", max_length=12, choices=EtatExamen, default=EtatExamen.A_EXAMINER)
    commentaire = models.TextField("commentaire", blank=True)
    examine_par = models.ForeignKey(Habilitation, models.PROTECT, null=True, blank=True, related_name="+")
    examine_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "dossiers_bris_de_glace"
        ordering = ["-depuis", "-pk"]
        verbose_name = "bris de glace"
        constraints = [
            models.CheckConstraint(condition=Q(jusque__gt=F("depuis")), name="bris_periode"),
            models.CheckConstraint(condition=Q(genre__in=GenreUrgence.values), name="bris_genre"),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length("motif"), MOTIF_MIN), name="bris_motive"
            ),
            models.CheckConstraint(
                condition=Q(termine_le__isnull=True)
                | Q(termine_le__gte=F("depuis"), termine_le__lte=F("jusque")),
                name="bris_fin",
            ),
            models.CheckConstraint(
                condition=Q(etat="a_examiner", examine_par__isnull=True, examine_le__isnull=True)
                | Q(etat__in=["justifie", "injustifie"], examine_par__isnull=False, examine_le__isnull=False)
                & ~Q(commentaire=""),
                name="bris_examen",
            ),
        ]
        indexes = [
            models.Index(fields=["-depuis", "-id"], name="bris_liste"),
            models.Index(fields=["depuis", "id"], condition=Q(etat="a_examiner"), name="bris_a_examiner"),
            models.Index(fields=["habilitation", "-depuis"], name="bris_des_auteurs"),
        ]

    def __str__(self) -> str:
        return f"bris de glace {self.pk}"

    @property
    def etat_ton(self) -> str:
        """Tone of the badge of its review."""
        return TONS[EtatExamen(self.etat)]

    @property
    def minutes_restantes(self) -> int:
        """Whole minutes left, the one in hand counted."""
        return max(0, -int((timezone.now() - self.jusque).total_seconds() // 60))
