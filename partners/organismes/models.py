"""Partners of the dossier unique and their units, dated: they merge and are renamed."""

from datetime import date

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Programme(models.TextChoices):
    """The two programmes that an organisme may take part in."""

    DU = "DU", "Dossier unique"
    OPEX = "OPEX", "Dossier unique OPEX"


def programmes_par_defaut() -> list[str]:
    return [Programme.DU.value]


class TypeOrganisme(models.TextChoices):
    CNMSS = "cnmss", "Caisse nationale militaire de sécurité sociale"
    ASD = "asd", "Action sociale de la défense"
    MUTUELLE = "mutuelle", "Mutuelle"
    ETAT_MAJOR = "etat_major", "État-major ou armée"
    SSA = "ssa", "Service de santé des armées"
    ONACVG = "onacvg", "ONaCVG"
    SDP = "sdp", "Sous-direction des pensions"
    PREVOYANCE = "prevoyance", "Organisme de prévoyance"
    CELLULE = "cellule", "Cellule d’aide aux blessés"
    MDPH = "mdph", "MDPH"
    ASSOCIATION = "association", "Association"


@pghistory.track()
class Organisme(models.Model):
    """A partner: it decides for itself and reads a dossier only while the person lets it."""

    code = models.SlugField("code", max_length=30, unique=True)
    sigle = models.CharField("sigle", max_length=30)
    nom = models.CharField("nom", max_length=150)
    type = models.CharField("type", max_length=20, choices=TypeOrganisme)
    programmes = ArrayField(
        models.CharField(max_length=8, choices=Programme),
        verbose_name="programmes",
        default=programmes_par_defaut,
    )
    voit_nir = models.BooleanField("peut voir le NIR", default=False)
    contributeur = models.BooleanField(
        "peut contribuer",
        default=True,
        help_text="Proposé comme destinataire sur le formulaire de consentement.",
    )
    courriel = models.EmailField("adresse électronique", blank=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    adresse = models.TextField("adresse", blank=True)
    depuis = models.DateField("depuis le")
    jusque = models.DateField("jusqu’au", null=True, blank=True)
    successeur = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecesseurs", verbose_name="successeur"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "partners_organisme"
        ordering = ["sigle", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(jusque__isnull=True) | Q(jusque__gte=F("depuis")), name="organisme_periode"
            ),
            models.CheckConstraint(condition=Q(programmes__len__gt=0), name="organisme_un_programme"),
        ]

    def __str__(self) -> str:
        return self.sigle

    @property
    def est_cnmss(self) -> bool:
        """Whether it is the controller and depositary of the dossiers."""
        return self.type == TypeOrganisme.CNMSS

    def nom_au(self, jour: date) -> tuple[str, str]:
        """(sigle, name) that it bore on that day: what a letter about that day writes."""
        ancien = self.anciens_noms.filter(jusque__gte=jour).order_by("jusque").first()
        return (ancien.sigle, ancien.nom) if ancien else (self.sigle, self.nom)


class AncienNom(models.Model):
    """A name that an organisme bore until a day. Append-only."""

    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="anciens_noms")
    sigle = models.CharField("sigle", max_length=30)
    nom = models.CharField("nom", max_length=150)
    jusque = models.DateField("jusqu’au")

    class Meta:
        db_table = "partners_ancien_nom"
        ordering = ["-jusque", "-pk"]
        constraints = [models.UniqueConstraint(fields=["organisme", "jusque"], name="ancien_nom_un_par_jour")]

    def __str__(self) -> str:
        return f"{self.sigle} – {self.nom}"


@pghistory.track()
class Unite(models.Model):
    """A regiment, base, CTAS or antenne under an organisme: the perimeter of a correspondant."""

    code = models.SlugField("code", max_length=40, unique=True)
    nom = models.CharField("nom", max_length=120)
    ville = models.CharField("ville", max_length=80, blank=True)
    departement = models.CharField("département", max_length=3, blank=True)
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="unites", verbose_name="organisme")
    active = models.BooleanField("active", default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "partners_unite"
        ordering = ["nom", "pk"]
        verbose_name = "unité"

    def __str__(self) -> str:
        return f"{self.nom}, {self.ville}" if self.ville else self.nom
