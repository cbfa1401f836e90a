"""What each partner decides on a demande. Only its organisme writes it; each correction is a new version."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dossiers.demandes.models import Demande, champ_montant
from partners.models import Habilitation, Organisme


class EtatContribution(models.TextChoices):
    SOLLICITEE = "sollicitee", "à étudier"
    EN_INSTRUCTION = "en_instruction", "en instruction"
    ACCORD = "accord", "accord"
    ACCORD_PARTIEL = "accord_partiel", "accord partiel"
    REFUS = "refus", "refus"
    SANS_OBJET = "sans_objet", "sans objet"
    NON_RESSORTISSANT = "non_ressortissant", "non ressortissant"
    VERSEE = "versee", "versée"
    CLOSE = "close", "close"
    # The organisme reads no more: nothing is asked of it, until the person lets it read again.
    INTERROMPUE = "interrompue", "interrompue"


ACCORDEES = frozenset({"accord", "accord_partiel", "versee", "close"})
SANS_REPONSE = frozenset({"sollicitee", "en_instruction"})
DECISIONS = frozenset({"accord", "accord_partiel", "refus", "sans_objet", "non_ressortissant"})
TRANSITIONS: dict[str, frozenset[str]] = {
    "sollicitee": DECISIONS | {"en_instruction", "interrompue"},
    "en_instruction": DECISIONS | {"interrompue"},
    "interrompue": frozenset({"sollicitee"}),
    **{decision: DECISIONS - {decision} | {"en_instruction"} for decision in DECISIONS},
    "accord": DECISIONS - {"accord"} | {"en_instruction", "versee"},
    "accord_partiel": DECISIONS - {"accord_partiel"} | {"en_instruction", "versee"},
    "versee": DECISIONS | {"close"},
    "close": frozenset(),
}
TONS = {"sollicitee": "calme", "en_instruction": "info", "accord": "accord", "accord_partiel": "accord",
        "refus": "refus", "versee": "accord"}  # fmt: skip


class Contribution(models.Model):
    """Where one partner stands on one demande; independent of the CNMSS state."""

    demande = models.ForeignKey(Demande, models.PROTECT, related_name="contributions", db_index=False)
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="contributions", db_index=False)
    etat = models.CharField(
        "état", max_length=18, choices=EtatContribution, default=EtatContribution.SOLLICITEE
    )
    montant = champ_montant("montant", default=0)
    date_effet = models.DateField("date de la décision", null=True, blank=True)
    commentaire = models.TextField("commentaire partagé", blank=True, max_length=1000)
    cree_le = models.DateTimeField(default=timezone.now)
    maj_le = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "dossiers_contribution"
        ordering = ["organisme__sigle", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["demande", "organisme"], name="contribution_une_par_partenaire"),
            models.CheckConstraint(condition=Q(etat__in=EtatContribution.values), name="contribution_etat"),
            models.CheckConstraint(
                condition=Q(montant=0) | Q(montant__gt=0, etat__in=sorted(ACCORDEES)),
                name="contribution_montant",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=["accord", "accord_partiel", "versee"])
                | Q(montant__gt=0, date_effet__isnull=False),
                name="contribution_accord_chiffre",
            ),
        ]
        indexes = [
            models.Index(fields=["organisme", "etat", "id"], name="contribution_corbeille"),
            models.Index(fields=["organisme", "id"], name="contribution_liste"),
        ]

    def __str__(self) -> str:
        return f"{self.organisme_id} sur {self.demande_id}"

    @property
    def etat_ton(self) -> str:
        return TONS.get(self.etat, "calme")


class VersionContribution(models.Model):
    """One state of a contribution as its author recorded it. Append-only."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="versions")
    rang = models.PositiveIntegerField()
    etat = models.CharField(max_length=18, choices=EtatContribution)
    montant = champ_montant("montant")
    date_effet = models.DateField(null=True, blank=True)
    commentaire = models.TextField(blank=True)
    auteur = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    enregistree_le = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "dossiers_version_contribution"
        ordering = ["-rang"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "rang"], name="version_contribution_rang")
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} v{self.rang}"
