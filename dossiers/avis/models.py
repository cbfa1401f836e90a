"""The avis of the médecin-conseil: what everybody may know of it, and apart, the notes that only médecins read."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dossiers.demandes.models import Demande
from dossiers.justificatifs.models import Justificatif
from dossierunique.etats import Transitions
from dossierunique.securite.champs import ChampScelle
from partners.models import Habilitation


class EtatAvis(models.TextChoices):
    DEMANDE = "demande", "avis demandé"
    RENDU = "rendu", "avis rendu"
    RETIRE = "retire", "demande d’avis retirée"


class Sens(models.TextChoices):
    FAVORABLE = "favorable", "favorable"
    DEFAVORABLE = "defavorable", "défavorable"
    RESERVE = "reserve", "réservé"


TRANSITIONS: Transitions = {
    "demande": frozenset({"rendu", "retire"}),
    "rendu": frozenset(),
    "retire": frozenset(),
}
TONS = {"favorable": "accord", "defavorable": "refus", "reserve": "attente", "": "info"}


class AvisMedical(models.Model):
    """A question to the médecin-conseil and her answer, without anything medical. Given once: another is a new row."""

    demande = models.ForeignKey(Demande, models.PROTECT, related_name="avis")
    etat = models.CharField("état", max_length=8, choices=EtatAvis, default=EtatAvis.DEMANDE)
    question = models.TextField("question", max_length=1000, blank=True)
    demande_par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    demande_le = models.DateTimeField(default=timezone.now)
    sens = models.CharField("avis", max_length=12, choices=Sens, blank=True)
    motif = models.TextField("motif non médical", max_length=1000, blank=True)
    rendu_par = models.ForeignKey(Habilitation, models.PROTECT, null=True, blank=True, related_name="+")
    rendu_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "dossiers_avis_medical"
        ordering = ["-pk"]
        verbose_name = "avis médical"
        constraints = [
            models.CheckConstraint(condition=Q(etat__in=EtatAvis.values), name="avis_etat"),
            models.CheckConstraint(
                condition=(
                    Q(etat="rendu", sens__in=Sens.values, rendu_par__isnull=False, rendu_le__isnull=False)
                    & ~Q(motif="")
                )
                | Q(
                    etat__in=["demande", "retire"],
                    sens="",
                    motif="",
                    rendu_par__isnull=True,
                    rendu_le__isnull=True,
                ),
                name="avis_rendu_entier",
            ),
            models.UniqueConstraint(
                fields=["demande"], condition=Q(etat="demande"), name="avis_un_en_attente_par_demande"
            ),
        ]
        indexes = [models.Index(fields=["demande", "-id"], name="avis_de_la_demande")]

    def __str__(self) -> str:
        return f"{self.demande_id} {self.etat}"

    @property
    def etat_ton(self) -> str:
        return TONS[self.sens]

    def get_etat_complet(self) -> str:
        """« avis favorable », or where it stands."""
        return f"avis {self.get_sens_display()}" if self.sens else self.get_etat_display()


class NoteMedicale(models.Model):
    """What a médecin-conseil writes for médecins only, on an avis or a rejected paper. Append-only, in the safe."""

    # None on a paper of the dossier alone.
    demande = models.ForeignKey(
        Demande, models.PROTECT, null=True, blank=True, related_name="notes_medicales"
    )
    avis = models.ForeignKey(AvisMedical, models.PROTECT, null=True, blank=True, related_name="notes")
    piece = models.ForeignKey(Justificatif, models.PROTECT, null=True, blank=True, related_name="notes")
    texte = ChampScelle("note médicale", max_length=5000)
    auteur = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    ecrite_le = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "dossiers_note_medicale"
        ordering = ["pk"]
        verbose_name = "note médicale"
        constraints = [
            models.CheckConstraint(
                condition=Q(avis__isnull=False, piece__isnull=True)
                | Q(avis__isnull=True, piece__isnull=False),
                name="note_medicale_un_objet",
            ),
            models.CheckConstraint(
                condition=Q(demande__isnull=False) | Q(piece__isnull=False), name="note_medicale_situee"
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"
