"""Where each person stands in the guided visit, for each of her profils."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partners.habilitations.models import Profil


class VisiteGuidee(models.Model):
    """Begun, finished or set aside. A person who was never offered the visit has no row."""

    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    profil = models.CharField("profil", max_length=20, choices=Profil)
    etape = models.PositiveSmallIntegerField("étape", default=1)
    commencee_le = models.DateTimeField("commencée le", null=True, blank=True)
    terminee_le = models.DateTimeField("terminée le", null=True, blank=True)
    ecartee_le = models.DateTimeField("écartée le", null=True, blank=True)

    class Meta:
        db_table = "documentation_visite"
        ordering = ["pk"]
        verbose_name = "visite guidée"
        verbose_name_plural = "visites guidées"
        constraints = [
            models.UniqueConstraint(fields=["utilisateur", "profil"], name="visite_une_par_profil"),
            models.CheckConstraint(condition=Q(profil__in=Profil.values), name="visite_profil"),
            models.CheckConstraint(condition=Q(etape__gte=1), name="visite_etape"),
            models.CheckConstraint(
                condition=Q(terminee_le__isnull=True)
                | Q(commencee_le__isnull=False, ecartee_le__isnull=True),
                name="visite_terminee_apres_son_debut",
            ),
        ]

    def __str__(self) -> str:
        return f"visite de {self.utilisateur_id}, {self.profil}"

    @property
    def en_cours(self) -> bool:
        """Whether its strip is shown."""
        return self.commencee_le is not None and self.terminee_le is None and self.ecartee_le is None
