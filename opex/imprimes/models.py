"""The identification form filled before a departure: versions, persons to warn, family, contracts; lists to import."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from dossiers.partages.models import Dossier
from dossierunique.fichiers.models import Fichier
from dossierunique.securite.champs import ChampChiffre
from partners.models import Habilitation, Organisme, Unite

CONTEXTE_LOT = "opex.LotImport.lignes"


class Operation(models.Model):
    """An external operation and its theatre: data, never code."""

    code = models.SlugField("code", max_length=40, unique=True)
    nom = models.CharField("nom", max_length=80)
    theatre = models.CharField("théâtre", max_length=80)
    debut = models.DateField("début")
    fin = models.DateField("fin", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "opex_operation"
        ordering = ["-debut", "pk"]
        verbose_name = "opération"
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gte=F("debut")), name="operation_periode"
            )
        ]

    def __str__(self) -> str:
        return f"{self.nom} ({self.theatre})"

    @property
    def terminee(self) -> bool:
        """Whether nobody leaves for it any more."""
        return self.fin is not None and self.fin < timezone.localdate()


class StatutOpex(models.TextChoices):
    MILITAIRE = "militaire", "militaire"
    CIVIL = "civil", "personnel civil"


class SourceImprime(models.TextChoices):
    ECRAN = "ecran", "saisi à l’écran"
    LISTE = "liste", "repris d’une liste"
    A_POSTERIORI = "a_posteriori", "ouvert a posteriori"


class Imprime(models.Model):
    """One version of the form. Append-only: every departure brings a new one, and the screens show what changed."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="imprimes", db_index=False)
    rang = models.PositiveSmallIntegerField("version")
    # What the printed QR code says, with the number of the dossier and the version: no personal data.
    reference = models.CharField("référence", max_length=20, unique=True)
    source = models.CharField(max_length=12, choices=SourceImprime, default=SourceImprime.ECRAN)
    statut = models.CharField("statut", max_length=10, choices=StatutOpex, default=StatutOpex.MILITAIRE)
    grade = models.CharField("grade", max_length=60, blank=True)
    matricule = models.CharField("matricule", max_length=30, blank=True)
    nationalite = models.CharField("nationalité", max_length=60, default="française")
    unite = models.ForeignKey(Unite, models.PROTECT, related_name="+", verbose_name="unité")
    base_defense = models.CharField("base de défense", max_length=80, blank=True)
    operation = models.ForeignKey(
        Operation, models.PROTECT, null=True, blank=True, related_name="imprimes", verbose_name="opération"
    )
    depart_le = models.DateField("départ le", null=True, blank=True)
    retour_le = models.DateField("retour prévu le", null=True, blank=True)
    adresse = models.TextField("adresse", blank=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    courriel = models.EmailField("adresse électronique", blank=True)
    signe_le = models.DateField("signé le", null=True, blank=True)
    signe_a = models.CharField("signé à", max_length=80, blank=True)
    scan = models.OneToOneField(Fichier, models.PROTECT, null=True, blank=True, related_name="+")
    saisi_par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    saisi_le = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "opex_imprime"
        ordering = ["-rang"]
        verbose_name = "imprimé d’identification"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "rang"], name="imprime_un_par_rang"),
            models.CheckConstraint(
                condition=Q(retour_le__isnull=True)
                | Q(depart_le__isnull=False, retour_le__gte=F("depart_le")),
                name="imprime_periode",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} v{self.rang}"

    @property
    def version(self) -> int:
        """What a form is made from: the next version is written over this one."""
        return self.rang


class Relation(models.TextChoices):
    CONJOINT = "conjoint", "conjoint, partenaire ou concubin"
    PARENT = "parent", "père ou mère"
    ENFANT = "enfant", "enfant"
    FRATRIE = "fratrie", "frère ou sœur"
    AMI = "ami", "ami"
    AUTRE = "autre", "autre"


class PersonneAPrevenir(models.Model):
    """Whom to tell first, in which order."""

    imprime = models.ForeignKey(Imprime, models.CASCADE, related_name="a_prevenir", db_index=False)
    ordre = models.PositiveSmallIntegerField("ordre")
    nom = models.CharField("nom", max_length=80)
    prenoms = models.CharField("prénoms", max_length=120)
    relation = models.CharField("lien", max_length=12, choices=Relation)
    telephone = models.CharField("téléphone", max_length=20)
    adresse = models.TextField("adresse", blank=True)

    class Meta:
        db_table = "opex_personne_a_prevenir"
        ordering = ["ordre"]
        constraints = [models.UniqueConstraint(fields=["imprime", "ordre"], name="a_prevenir_un_par_ordre")]

    def __str__(self) -> str:
        return f"{self.nom.upper()} {self.prenoms}"


class Proche(models.Model):
    """A member of the family, or someone who depends on the person."""

    imprime = models.ForeignKey(Imprime, models.CASCADE, related_name="proches")
    nom = models.CharField("nom", max_length=80)
    prenoms = models.CharField("prénoms", max_length=120)
    date_naissance = models.DateField("date de naissance", null=True, blank=True)
    relation = models.CharField("lien", max_length=12, choices=Relation)
    a_charge = models.BooleanField("à charge", default=False)

    class Meta:
        db_table = "opex_proche"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.nom.upper()} {self.prenoms}"


class GenreContrat(models.TextChoices):
    MUTUELLE = "mutuelle", "mutuelle"
    ACCOMPAGNEMENT = "accompagnement", "mutuelle d’accompagnement social"
    PREVOYANCE = "prevoyance", "prévoyance"


class Contrat(models.Model):
    """A cover that the person has: a partner of the portal, or a name in words."""

    imprime = models.ForeignKey(Imprime, models.CASCADE, related_name="contrats")
    genre = models.CharField("genre", max_length=14, choices=GenreContrat)
    organisme = models.ForeignKey(Organisme, models.PROTECT, null=True, blank=True, related_name="+")
    nom = models.CharField("organisme", max_length=80, blank=True)
    numero = models.CharField("numéro d’adhérent ou de contrat", max_length=40, blank=True)

    class Meta:
        db_table = "opex_contrat"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(organisme__isnull=False) | ~Q(nom=""), name="contrat_nomme")
        ]

    def __str__(self) -> str:
        return str(self.organisme or self.nom)


class EtatLot(models.TextChoices):
    A_ASSOCIER = "a_associer", "colonnes à associer"
    VERIFIE = "verifie", "vérifié"
    EN_COURS = "en_cours", "en cours de reprise"
    TERMINE = "termine", "terminé"
    ABANDONNE = "abandonne", "abandonné"


TRANSITIONS_LOT: dict[str, frozenset[str]] = {
    "a_associer": frozenset({"verifie", "abandonne"}),
    "verifie": frozenset({"a_associer", "en_cours", "abandonne"}),
    "en_cours": frozenset({"termine"}),
    "termine": frozenset(),
    "abandonne": frozenset(),
}
TONS_LOT = {
    "a_associer": "attente", "verifie": "info", "en_cours": "attente", "termine": "accord", "abandonne": "calme",
}  # fmt: skip


class LotImport(models.Model):
    """A list of people who leave: read, mapped, tried, then taken over by one job. Emptied once it is done."""

    reference = models.UUIDField(unique=True, editable=False)
    nom = models.CharField("fichier", max_length=160)
    unite = models.ForeignKey(Unite, models.PROTECT, related_name="+", verbose_name="unité")
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="+", verbose_name="opération")
    depart_le = models.DateField("départ le")
    etat = models.CharField("état", max_length=10, choices=EtatLot, default=EtatLot.A_ASSOCIER)
    # The cells as they were read (JSON), encrypted: they hold NIRs. Empty once the list is taken over or given up.
    lignes = ChampChiffre("lignes", blank=True)
    nombre = models.PositiveIntegerField("lignes", default=0)
    # column of the list → field of the form
    colonnes = models.JSONField(default=dict)
    # One entry a line: {"ligne": 7, "constat": "…", "erreurs": [{"champ": "nir", "message": "…"}]}; never a NIR.
    rapport = models.JSONField(default=list)
    depose_par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    depose_le = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "opex_lot_import"
        ordering = ["-depose_le", "-pk"]
        verbose_name = "liste à reprendre"
        indexes = [models.Index(fields=["unite", "-depose_le", "-id"], name="lot_de_l_unite")]

    def __str__(self) -> str:
        return self.nom

    @property
    def etat_ton(self) -> str:
        return TONS_LOT[self.etat]
