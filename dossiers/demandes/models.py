"""A demande: one request for one aid type, with its need, its costs and the household's budget."""

from decimal import Decimal

import pghistory
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from dossiers.assures.models import AyantDroit
from dossiers.demandes import etats
from dossiers.demandes.etats import EtatDemande
from dossiers.demandes.visibilite import DemandeQuerySet
from dossiers.partages.models import Dossier
from partners.models import Habilitation

ZERO = Decimal("0.00")


def champ_montant(libelle: str, **options: object) -> models.DecimalField:
    """An amount in euros, never negative."""
    return models.DecimalField(
        libelle,
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(ZERO)],
        **options,  # type: ignore[arg-type]
    )


class Periodicite(models.TextChoices):
    PONCTUEL = "ponctuel", "une seule fois"
    MENSUEL = "mensuel", "par mois"


class TypeAide(models.Model):
    """One line of the catalogue of prestations supplémentaires."""

    code = models.SlugField(max_length=40, unique=True)
    nom = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    periodicite = models.CharField(max_length=8, choices=Periodicite)
    delai_jours = models.PositiveSmallIntegerField("délai de réponse (jours)", default=60)
    ordre = models.PositiveSmallIntegerField(default=0)
    actif = models.BooleanField(default=True)

    class Meta:
        db_table = "dossiers_type_aide"
        ordering = ["ordre", "pk"]
        verbose_name = "type d’aide"

    def __str__(self) -> str:
        return self.nom


@pghistory.track(fields=["etat", "cout", "deja_couvert", "montant_cnmss", "echeance", "instruite_par"])
class Demande(models.Model):
    """One request. The amounts of the plan live on it so that one CHECK holds rule 3 (sum of the plan ≤ cost)."""

    numero = models.CharField("numéro", max_length=20, unique=True)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="demandes", db_index=False)
    type_aide = models.ForeignKey(TypeAide, models.PROTECT, verbose_name="type d’aide")
    ayant_droit = models.ForeignKey(
        AyantDroit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="demandes",
        verbose_name="bénéficiaire",
    )
    besoin = models.TextField("besoin", blank=True)
    etat = models.CharField("état", max_length=16, choices=EtatDemande, default=EtatDemande.BROUILLON)
    periodicite = models.CharField(
        "le coût est", max_length=8, choices=Periodicite, default=Periodicite.PONCTUEL
    )
    cout = champ_montant("coût total", null=True, blank=True)
    deja_couvert = champ_montant("déjà pris en charge", default=ZERO)
    montant_demande = champ_montant("aide demandée à la CNMSS", null=True, blank=True)
    montant_cnmss = champ_montant("accordé par la CNMSS", default=ZERO)
    montant_partenaires = champ_montant("accordé par les partenaires", default=ZERO)
    reste_a_charge = models.GeneratedField(
        expression=F("cout") - F("deja_couvert") - F("montant_cnmss") - F("montant_partenaires"),
        output_field=models.DecimalField(max_digits=10, decimal_places=2, null=True),
        db_persist=True,
    )
    cree_par = models.ForeignKey(Habilitation, models.PROTECT, related_name="demandes_creees")
    cree_le = models.DateTimeField(default=timezone.now)
    soumise_le = models.DateTimeField(null=True, blank=True)
    complete_le = models.DateTimeField(null=True, blank=True)
    echeance = models.DateField("échéance", null=True, blank=True)
    instruite_par = models.ForeignKey(
        Habilitation, models.PROTECT, null=True, blank=True, related_name="demandes_instruites"
    )
    modifiee_le = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    objects = DemandeQuerySet.as_manager()

    class Meta:
        db_table = "dossiers_demande"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(etat__in=EtatDemande.values), name="demande_etat"),
            models.CheckConstraint(
                condition=Q(cout__isnull=True)
                | Q(cout__gte=F("deja_couvert") + F("montant_cnmss") + F("montant_partenaires")),
                name="demande_plan_dans_le_cout",
            ),
            models.CheckConstraint(
                condition=Q(deja_couvert__gte=0, montant_cnmss__gte=0, montant_partenaires__gte=0),
                name="demande_montants_positifs",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=["brouillon", "annulee"])
                | Q(soumise_le__isnull=False, cout__isnull=False),
                name="demande_soumise_chiffree",
            ),
        ]
        indexes = [
            models.Index(fields=["etat", "soumise_le", "id"], name="demande_corbeille"),
            models.Index(fields=["instruite_par", "etat", "soumise_le", "id"], name="demande_instructeur"),
            models.Index(fields=["dossier", "-id"], name="demande_du_dossier"),
            # The lists in the order they are shown: the few still open, and everything ever filed.
            models.Index(
                fields=["soumise_le", "id"],
                name="demande_ouvertes",
                condition=Q(etat__in=sorted(etats.EN_COMPLETUDE | etats.EN_INSTRUCTION)),
            ),
            models.Index(
                fields=["soumise_le", "id"], name="demande_depot", condition=Q(soumise_le__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.numero

    @property
    def beneficiaire(self) -> str:
        """Who the aid is for, in words."""
        return str(self.ayant_droit) if self.ayant_droit else str(self.dossier.assure)

    @property
    def etat_ton(self) -> str:
        return etats.TONS.get(EtatDemande(self.etat), "calme")

    @property
    def en_retard(self) -> bool:
        """Whether the date by which an answer is due has passed while it is still open."""
        ouverte = self.etat in etats.EN_COMPLETUDE | etats.EN_INSTRUCTION
        return ouverte and self.echeance is not None and self.echeance < timezone.localdate()


class NatureBudget(models.TextChoices):
    RESSOURCE = "ressource", "ressource"
    CHARGE = "charge", "charge"


class LigneBudget(models.Model):
    """One monthly resource or charge of the household."""

    demande = models.ForeignKey(Demande, models.CASCADE, related_name="budget")
    nature = models.CharField(max_length=10, choices=NatureBudget)
    libelle = models.CharField("libellé", max_length=80)
    montant = champ_montant("montant mensuel")

    class Meta:
        db_table = "dossiers_ligne_budget"
        ordering = ["nature", "pk"]
        constraints = [models.CheckConstraint(condition=Q(montant__gte=0), name="ligne_budget_positive")]

    def __str__(self) -> str:
        return self.libelle
