"""A list filed to be taken into the directory: kept the time to join its columns, try it and apply it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.habilitations.models import Habilitation
from partners.organismes.models import Organisme


class Nature(models.TextChoices):
    """What a list holds, one line each."""

    SERVICES = "services", "des services"
    PERSONNES = "personnes", "des personnes"


class EtatDepot(models.TextChoices):
    A_ASSOCIER = "a_associer", "colonnes à associer"
    VERIFIE = "verifie", "essayée"
    APPLIQUE = "applique", "appliquée"
    ABANDONNE = "abandonne", "abandonnée"


TRANSITIONS: dict[str, frozenset[str]] = {
    "a_associer": frozenset({"verifie", "abandonne"}),
    "verifie": frozenset({"applique", "abandonne"}),
    "applique": frozenset(),
    "abandonne": frozenset(),
}
A_PREPARER = (EtatDepot.A_ASSOCIER, EtatDepot.VERIFIE)
TONS = {"a_associer": "attente", "verifie": "info", "applique": "accord", "abandonne": "calme"}


class Depot(models.Model):
    """The cells of a list, then what each of its lines would do, or did."""

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nature = models.CharField("contenu", max_length=10, choices=Nature)
    nom = models.CharField("nom du fichier", max_length=150)
    # Whose entries the lines are, where they do not say it.
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+", verbose_name="organisme")
    contenu = models.JSONField(default=dict)  # {"titres": […], "lignes": [[number, […]]]}
    colonnes = models.JSONField(default=dict)
    rapport = models.JSONField(default=list)
    nombre = models.PositiveIntegerField("lignes")
    etat = models.CharField("état", max_length=12, choices=EtatDepot, default=EtatDepot.A_ASSOCIER)
    depose_par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+", verbose_name="déposée par")
    depose_le = models.DateTimeField("déposée le", default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "annuaire_depot"
        ordering = ["-depose_le", "-pk"]
        verbose_name = "liste déposée"
        constraints = [
            models.CheckConstraint(condition=Q(etat__in=EtatDepot.values), name="depot_etat"),
            models.CheckConstraint(condition=Q(nature__in=Nature.values), name="depot_nature"),
            # Applied or given up, nothing of what it said is kept.
            models.CheckConstraint(
                condition=Q(etat__in=["a_associer", "verifie"]) | Q(contenu={}), name="depot_vide_a_la_fin"
            ),
        ]
        indexes = [
            models.Index(
                fields=["depose_le"], condition=Q(etat__in=["a_associer", "verifie"]), name="depot_oublie"
            )
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def etat_ton(self) -> str:
        """Tone of the badge that shows its state."""
        return TONS[self.etat]
