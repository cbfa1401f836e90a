"""The yearly review: every active habilitation is confirmed by its organisme, or stops."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.habilitations.models import Habilitation


class EtatCampagne(models.TextChoices):
    OUVERTE = "ouverte", "en cours"
    CLOSE = "close", "terminée"


class CampagneRevue(models.Model):
    """One year's review, open until its due date."""

    annee = models.PositiveSmallIntegerField("année", unique=True)
    etat = models.CharField("état", max_length=8, choices=EtatCampagne, default=EtatCampagne.OUVERTE)
    ouverte_le = models.DateTimeField("ouverte le", default=timezone.now)
    ouverte_par = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    echeance = models.DateField("à rendre avant la fin du")
    close_le = models.DateTimeField("terminée le", null=True, blank=True)

    class Meta:
        db_table = "partners_campagne_revue"
        ordering = ["-annee"]
        verbose_name = "campagne de revue"
        constraints = [
            models.UniqueConstraint(
                fields=["etat"], condition=Q(etat="ouverte"), name="campagne_une_ouverte"
            ),
            models.CheckConstraint(
                condition=Q(etat="ouverte", close_le__isnull=True) | Q(etat="close", close_le__isnull=False),
                name="campagne_etat",
            ),
        ]

    def __str__(self) -> str:
        return f"Revue {self.annee}"

    @property
    def etat_ton(self) -> str:
        return "info" if self.etat == EtatCampagne.OUVERTE else "calme"


class EtatLigne(models.TextChoices):
    A_CONFIRMER = "a_confirmer", "à confirmer"
    CONFIRMEE = "confirmee", "confirmée"
    CLOSE = "close", "close"
    SUSPENDUE = "suspendue", "suspendue sans réponse"
    SANS_OBJET = "sans_objet", "sans objet"


TRANSITIONS: dict[str, frozenset[str]] = {
    "a_confirmer": frozenset({"confirmee", "close", "suspendue", "sans_objet"}),
    "confirmee": frozenset(),
    "close": frozenset(),
    "suspendue": frozenset(),
    "sans_objet": frozenset(),
}
TONS = {"a_confirmer": "attente", "confirmee": "accord", "close": "calme", "suspendue": "refus"}


class LigneRevue(models.Model):
    """What the review says of one habilitation that was active when it opened."""

    campagne = models.ForeignKey(CampagneRevue, models.PROTECT, related_name="lignes")
    habilitation = models.ForeignKey(Habilitation, models.PROTECT, related_name="revues")
    etat = models.CharField("état", max_length=12, choices=EtatLigne, default=EtatLigne.A_CONFIRMER)
    decidee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decidee_le = models.DateTimeField("décidée le", null=True, blank=True)

    class Meta:
        db_table = "partners_ligne_revue"
        ordering = ["pk"]
        verbose_name = "ligne de revue"
        constraints = [
            models.UniqueConstraint(fields=["campagne", "habilitation"], name="ligne_revue_une"),
            models.CheckConstraint(condition=Q(etat__in=EtatLigne.values), name="ligne_revue_etat"),
            models.CheckConstraint(
                condition=Q(etat="a_confirmer", decidee_le__isnull=True)
                | ~Q(etat="a_confirmer") & Q(decidee_le__isnull=False),
                name="ligne_revue_decidee",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campagne_id} {self.habilitation_id}"

    @property
    def etat_ton(self) -> str:
        return TONS.get(self.etat, "calme")
