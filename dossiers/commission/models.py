"""Decisions on demandes. The sittings of the commission come later; a decision is never edited."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dossiers.demandes.models import Demande, champ_montant
from partners.models import Habilitation


class Issue(models.TextChoices):
    ACCORD = "accord", "accord"
    ACCORD_PARTIEL = "accord_partiel", "accord partiel"
    REJET = "rejet", "rejet"
    AJOURNEMENT = "ajournement", "ajournement"


TONS = {"accord": "accord", "accord_partiel": "accord", "rejet": "refus", "ajournement": "attente"}


class Decision(models.Model):
    """One decision of the CNMSS on one demande. Append-only: a revision is a new decision."""

    demande = models.ForeignKey(Demande, models.PROTECT, related_name="decisions")
    issue = models.CharField("décision", max_length=16, choices=Issue)
    montant = champ_montant("montant accordé", default=0)
    motif = models.TextField("motif", max_length=2000)
    prise_le = models.DateField("date de la décision")
    prise_par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    enregistree_le = models.DateTimeField(default=timezone.now)
    revise = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="revisee_par")

    class Meta:
        db_table = "dossiers_decision"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(issue__in=Issue.values), name="decision_issue"),
            models.CheckConstraint(
                condition=Q(issue__in=["accord", "accord_partiel"], montant__gt=0)
                | Q(issue__in=["rejet", "ajournement"], montant=0),
                name="decision_montant",
            ),
            models.CheckConstraint(condition=~Q(motif=""), name="decision_motivee"),
        ]

    def __str__(self) -> str:
        return f"{self.demande_id} {self.issue}"

    @property
    def etat_ton(self) -> str:
        return TONS[self.issue]

    def get_etat_display(self) -> str:
        """Lets the state badge show a decision."""
        return self.get_issue_display()
