"""The family after a death: each one is a person with her own consent, recipient by recipient."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dossiers.consentements.models import DecisionConsentement
from dossiers.partages.models import Dossier
from dossierunique.fichiers.models import Fichier
from opex.imprimes.models import Relation
from partners.models import Habilitation, Organisme


class AyantCause(models.Model):
    """Someone of the family whom the death gives rights to."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="ayants_cause")
    nom = models.CharField("nom", max_length=80)
    prenoms = models.CharField("prénoms", max_length=120)
    date_naissance = models.DateField("date de naissance", null=True, blank=True)
    relation = models.CharField("lien", max_length=12, choices=Relation)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    adresse = models.TextField("adresse", blank=True)
    # Who signs for a child: the words of the act, as on a consent.
    representant = models.CharField("représentant légal", max_length=160, blank=True)
    par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    enregistre_le = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "opex_ayant_cause"
        ordering = ["pk"]
        verbose_name = "ayant cause"

    def __str__(self) -> str:
        return f"{self.nom.upper()} {self.prenoms}"


class AccordAyantCause(models.Model):
    """What one of them says for one recipient. Append-only: a change of mind is a new row; the last one counts."""

    ayant_cause = models.ForeignKey(AyantCause, models.PROTECT, related_name="accords", db_index=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    decision = models.CharField(max_length=8, choices=DecisionConsentement)
    signe_le = models.DateField("signé le")
    preuve = models.ForeignKey(Fichier, models.PROTECT, null=True, blank=True, related_name="+")
    enregistre_par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    effet_le = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "opex_accord_ayant_cause"
        ordering = ["-effet_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__in=DecisionConsentement.values), name="accord_ayant_cause_decision"
            )
        ]
        indexes = [
            models.Index(
                fields=["ayant_cause", "organisme", "-effet_le", "-id"], name="accord_ayant_cause_courant"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ayant_cause_id} {self.organisme_id} {self.decision}"
