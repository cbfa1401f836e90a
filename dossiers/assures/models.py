"""The insured person, those who depend on her, and who may sign for her."""

import uuid

import pghistory
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Concat, NullIf
from django.utils import timezone

from dossiers.assures import nir as regles_nir
from dossierunique.securite import crypto
from dossierunique.securite.champs import ChampChiffre
from partners.models import Habilitation, Organisme, Unite

CONTEXTE_NIR = "dossiers.Assure.nir"


class Sexe(models.TextChoices):
    HOMME = "H", "homme"
    FEMME = "F", "femme"


class SansAccent(Func):
    """Unaccented and lower-cased form of a name (function of the first migration)."""

    function = "du_sans_accent"
    output_field = models.TextField()


class Statut(models.TextChoices):
    ACTIVITE = "activite", "en activité"
    RETRAITE = "retraite", "retraité"
    CIVIL = "civil", "personnel civil"
    AYANT_CAUSE = "ayant_cause", "ayant cause"


class AssureQuerySet(models.QuerySet["Assure"]):
    def par_nir(self, nir: regles_nir.Nir) -> "AssureQuerySet":
        """The person of this NIR, or who bore it while hers was provisional, found by keyed HMAC."""
        empreinte = crypto.empreinte(nir.valeur, CONTEXTE_NIR)
        anciens = AncienNir.objects.filter(nir_empreinte=empreinte)
        return self.filter(Q(nir_empreinte=empreinte) | Q(pk__in=anciens.values("assure")))


@pghistory.track(exclude=["nir", "nir_empreinte"])
class Assure(models.Model):
    """A person covered by the CNMSS, unique by NIR. Without a Dossier yet, it is an opening in progress."""

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nir = ChampChiffre("NIR")
    nir_empreinte = models.BinaryField(max_length=32, unique=True, editable=False)
    nir_provisoire = models.BooleanField("numéro provisoire", default=False)
    nom_naissance = models.CharField("nom de naissance", max_length=80)
    nom_usage = models.CharField("nom d’usage", max_length=80, blank=True)
    prenoms = models.CharField("prénoms", max_length=120)
    sexe = models.CharField("sexe", max_length=1, choices=Sexe)
    date_naissance = models.DateField("date de naissance")
    lieu_naissance = models.CharField("lieu de naissance", max_length=100, blank=True)
    adresse = models.TextField("adresse", blank=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    courriel = models.EmailField("adresse électronique", blank=True)
    statut = models.CharField("statut", max_length=12, choices=Statut, default=Statut.ACTIVITE)
    grade = models.CharField("grade", max_length=60, blank=True)
    matricule = models.CharField("matricule", max_length=30, blank=True)
    unite = models.ForeignKey(Unite, models.PROTECT, related_name="assures", verbose_name="unité")
    mutuelle = models.ForeignKey(
        Organisme, models.PROTECT, null=True, blank=True, related_name="adherents", verbose_name="mutuelle"
    )
    cree_par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    cree_le = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)
    nom_tri = models.GeneratedField(
        expression=SansAccent(
            Concat(Coalesce(NullIf(F("nom_usage"), Value("")), F("nom_naissance")), Value(" "), F("prenoms"))
        ),
        output_field=models.TextField(),
        db_persist=True,
    )
    naissance_tri = models.GeneratedField(
        expression=SansAccent(Concat(F("nom_naissance"), Value(" "), F("prenoms"))),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = AssureQuerySet.as_manager()

    class Meta:
        db_table = "dossiers_assure"
        verbose_name = "assuré"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(sexe__in=Sexe.values), name="assure_sexe"),
            models.CheckConstraint(condition=~Q(nom_naissance="") & ~Q(prenoms=""), name="assure_nomme"),
        ]

    def __str__(self) -> str:
        return f"{self.nom} {self.prenoms}"

    @property
    def nom(self) -> str:
        """The name she goes by, in capitals as in every French administration."""
        return (self.nom_usage or self.nom_naissance).upper()

    @property
    def nir_masque(self) -> str:
        return regles_nir.masquer(self.nir)

    @property
    def ne_le(self) -> str:
        """`née` or `né`, agreed with the sex."""
        return "née" if self.sexe == Sexe.FEMME else "né"

    def definir_nir(self, nir: regles_nir.Nir) -> None:
        """Set the NIR and all that follows from it (blind index, provisional mark)."""
        self.nir = nir.valeur
        self.nir_empreinte = crypto.empreinte(nir.valeur, CONTEXTE_NIR)
        self.nir_provisoire = nir.provisoire


class AncienNir(models.Model):
    """A provisional number that became definitive: it still leads to the same person (domain.md §6). Append-only."""

    assure = models.ForeignKey(Assure, models.PROTECT, related_name="anciens_nir")
    nir_empreinte = models.BinaryField(max_length=32, unique=True, editable=False)
    remplace_le = models.DateTimeField(default=timezone.now)
    par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")

    class Meta:
        db_table = "dossiers_ancien_nir"
        ordering = ["-remplace_le", "-pk"]

    def __str__(self) -> str:
        return f"{self.assure_id} jusqu’au {self.remplace_le:%Y-%m-%d}"


class Lien(models.TextChoices):
    CONJOINT = "conjoint", "conjoint, partenaire ou concubin"
    ENFANT = "enfant", "enfant"
    ASCENDANT = "ascendant", "ascendant"
    AUTRE = "autre", "autre personne à charge"


class AyantDroit(models.Model):
    """Someone who may benefit from an aid through the insured person."""

    assure = models.ForeignKey(Assure, models.PROTECT, related_name="ayants_droit")
    nom = models.CharField("nom", max_length=80)
    prenoms = models.CharField("prénoms", max_length=120)
    date_naissance = models.DateField("date de naissance")
    lien = models.CharField("lien", max_length=12, choices=Lien)

    class Meta:
        db_table = "dossiers_ayant_droit"
        verbose_name = "ayant droit"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.nom.upper()} {self.prenoms}"


class Qualite(models.TextChoices):
    PARENT = "parent", "titulaire de l’autorité parentale"
    TUTEUR = "tuteur", "tuteur"
    CURATEUR = "curateur", "curateur"
    MANDATAIRE = "mandataire", "mandataire (mandat de protection future)"
    HABILITE = "habilite", "personne habilitée par le juge (habilitation familiale)"


class RepresentantLegal(models.Model):
    """Who may sign for the person, by which act and until when."""

    assure = models.ForeignKey(Assure, models.PROTECT, related_name="representants")
    nom = models.CharField("nom", max_length=80)
    prenoms = models.CharField("prénoms", max_length=120)
    qualite = models.CharField("qualité", max_length=12, choices=Qualite)
    acte = models.CharField("acte (jugement, mandat…)", max_length=150)
    valide_du = models.DateField("valable du")
    valide_au = models.DateField("valable jusqu’au", null=True, blank=True)

    class Meta:
        db_table = "dossiers_representant_legal"
        verbose_name = "représentant légal"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valide_au__isnull=True) | Q(valide_au__gte=F("valide_du")),
                name="representant_periode",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nom.upper()} {self.prenoms}"
