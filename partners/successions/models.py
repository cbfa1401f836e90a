"""An organisme disappears into another: one row says which, when, by whom, and how far the work has gone."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partners.habilitations.models import Habilitation
from partners.organismes.models import Organisme


class EtatSuccession(models.TextChoices):
    PREVUE = "prevue", "prévue"
    EN_COURS = "en_cours", "en cours"
    TERMINEE = "terminee", "terminée"
    ANNULEE = "annulee", "annulée"


TRANSITIONS: dict[str, frozenset[str]] = {
    # Once begun, people have changed hands: only another merger would bring them back.
    "prevue": frozenset({"en_cours", "annulee"}),
    "en_cours": frozenset({"terminee"}),
    "terminee": frozenset(),
    "annulee": frozenset(),
}
TONS = {"prevue": "info", "en_cours": "attente", "terminee": "accord", "annulee": "calme"}


class SuccessionQuerySet(models.QuerySet["Succession"]):
    def tenues(self) -> "SuccessionQuerySet":
        """Those that hold, done or to come: all but the cancelled ones."""
        return self.exclude(etat=EtatSuccession.ANNULEE)


class Succession(models.Model):
    """`ancien` ceases on the eve of `effet_le`; what may pass to `successeur` passes, in batches."""

    ancien = models.ForeignKey(Organisme, models.PROTECT, related_name="fins", db_index=False)
    successeur = models.ForeignKey(Organisme, models.PROTECT, related_name="successions")
    effet_le = models.DateField("prend effet le")
    etat = models.CharField("état", max_length=10, choices=EtatSuccession, default=EtatSuccession.PREVUE)
    par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    decidee_le = models.DateTimeField("décidée le", default=timezone.now)
    terminee_le = models.DateTimeField("terminée le", null=True, blank=True)
    annulee_par = models.ForeignKey(Habilitation, models.PROTECT, null=True, blank=True, related_name="+")
    annulee_le = models.DateTimeField("annulée le", null=True, blank=True)
    motif = models.CharField("motif de l’annulation", max_length=300, blank=True)
    habilitations_transferees = models.PositiveIntegerField(default=0)
    habilitations_closes = models.PositiveIntegerField(default=0)
    unites = models.PositiveIntegerField(default=0)
    # Shares: the last one handled, how many there were, how many are done, and how many passed on.
    curseur = models.BigIntegerField(default=0)
    partages = models.PositiveIntegerField(default=0)
    partages_traites = models.PositiveIntegerField(default=0)
    partages_repris = models.PositiveIntegerField(default=0)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        db_table = "partners_succession"
        ordering = ["-decidee_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ancien"], condition=~Q(etat="annulee"), name="succession_une_par_organisme"
            ),
            models.CheckConstraint(condition=~Q(ancien=F("successeur")), name="succession_deux_organismes"),
            models.CheckConstraint(
                condition=Q(etat="annulee", annulee_par__isnull=False, annulee_le__isnull=False)
                | ~Q(etat="annulee") & Q(annulee_par__isnull=True, annulee_le__isnull=True),
                name="succession_annulee_par",
            ),
            models.CheckConstraint(condition=Q(etat__in=EtatSuccession.values), name="succession_etat"),
            models.CheckConstraint(
                condition=Q(partages_repris__lte=F("partages_traites")), name="succession_comptes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ancien} → {self.successeur}"

    @property
    def etat_ton(self) -> str:
        return TONS[self.etat]
