"""The dossier and its shares: who reads it, as periods.

`Partage` is the only source of truth. Rows are opened and closed by the actions of this room, on behalf of
the consents, never overwritten. Lists start from it (design.md §3).
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from guardian.models import UserObjectPermissionBase

from dossiers.assures.models import Assure
from dossiers.partages.visibilite import DossierQuerySet, PartageQuerySet
from partners.models import Habilitation, Organisme, Unite
from partners.organismes.models import Programme


class Situation(models.TextChoices):
    """Where the dossier stands, derived from its requests: what the lists filter on."""

    SANS_DEMANDE = "sans_demande", "sans demande"
    A_COMPLETER = "a_completer", "à compléter"
    EN_COURS = "en_cours", "en cours"
    DECIDE = "decide", "décidé"


class Dossier(models.Model):
    """The person's dossier unique for one programme, under one number for life."""

    numero = models.CharField("numéro", max_length=20, unique=True)
    assure = models.ForeignKey(Assure, models.PROTECT, related_name="dossiers", verbose_name="assuré")
    programme = models.CharField("programme", max_length=8, choices=Programme, default=Programme.DU)
    unite = models.ForeignKey(Unite, models.PROTECT, related_name="dossiers", verbose_name="unité")
    situation = models.CharField(
        "situation", max_length=16, choices=Situation, default=Situation.SANS_DEMANDE
    )
    ouvert_le = models.DateTimeField("ouvert le", default=timezone.now, editable=False)
    ouvert_par = models.ForeignKey(Habilitation, models.PROTECT, related_name="dossiers_ouverts")
    # What the person accords waits: opened before a departure, it is shared with partners at the first wound.
    endormi = models.BooleanField("en sommeil", default=False)
    # Who reads it, kept by trigger from the shares: what the row-level policies compare (ADR 8).
    lecteurs = ArrayField(models.TextField(), default=list, editable=False)

    objects = DossierQuerySet.as_manager()

    class Meta:
        db_table = "dossiers_dossier"
        ordering = ["-ouvert_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assure", "programme"], name="dossier_un_par_personne_et_programme"
            ),
            models.CheckConstraint(condition=Q(situation__in=Situation.values), name="dossier_situation"),
        ]
        # The vocabulary of permissions on one dossier; guardian carries the named exceptions.
        default_permissions = ()
        permissions = [("consulter", "Consulter un dossier")]

    def __str__(self) -> str:
        return self.numero


class ExceptionUtilisateur(UserObjectPermissionBase):
    """A rare, named exception: one user on one dossier, with a reason and an end (django-guardian, direct key).

    It holds under one of her habilitations only, rests on a loan or on a bris de glace, and goes when that ends.
    """

    content_object = models.ForeignKey(Dossier, models.CASCADE, related_name="exceptions")
    habilitation = models.ForeignKey(Habilitation, models.CASCADE, related_name="+")
    pret = models.OneToOneField(
        "dossiers.Pret", models.PROTECT, null=True, blank=True, related_name="exception"
    )
    bris_de_glace = models.OneToOneField(
        "dossiers.BrisDeGlace", models.PROTECT, null=True, blank=True, related_name="exception"
    )
    motif = models.CharField("motif", max_length=300)
    accorde_par = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    depuis = models.DateTimeField(default=timezone.now)
    jusque = models.DateTimeField("jusqu’au")

    class Meta(UserObjectPermissionBase.Meta):
        db_table = "dossiers_exception_utilisateur"
        # One person may hold two habilitations, each with its own reason to read the same dossier.
        unique_together = (("habilitation", "permission", "content_object"),)
        constraints = [
            models.CheckConstraint(
                condition=Q(pret__isnull=False, bris_de_glace__isnull=True)
                | Q(pret__isnull=True, bris_de_glace__isnull=False),
                name="exception_fondee",
            )
        ]


class Nature(models.TextChoices):
    MISSION = "mission", "mission de la CNMSS, responsable de traitement"
    CONSENTEMENT = "consentement", "consentement de la personne"
    UNITE = "unite", "correspondant de l’unité"


class Partage(models.Model):
    """A period during which an organisme, or the correspondants of a unit, read a dossier."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="partages")
    # The indexes of the lists begin with each of them: one more on it alone would only lead the planner astray.
    organisme = models.ForeignKey(
        Organisme, models.PROTECT, null=True, blank=True, related_name="partages", db_index=False
    )
    unite = models.ForeignKey(
        Unite, models.PROTECT, null=True, blank=True, related_name="partages", db_index=False
    )
    nature = models.CharField(max_length=12, choices=Nature)
    depuis = models.DateTimeField(default=timezone.now)
    retire_le = models.DateTimeField(null=True, blank=True)
    motif = models.CharField("motif de fin", max_length=200, blank=True)
    consentement_ligne = models.ForeignKey(
        "dossiers.LigneConsentement", models.PROTECT, null=True, blank=True, related_name="partages"
    )
    # Copied from the dossier and the person by trigger, so that a list touches one index (design.md §3).
    programme = models.CharField(max_length=8, editable=False, default="")
    ouvert_le = models.DateTimeField(editable=False, default=timezone.now)
    situation = models.CharField(max_length=16, editable=False, default="")
    nom_tri = models.TextField(editable=False, default="")
    naissance_tri = models.TextField(editable=False, default="")

    objects = PartageQuerySet.as_manager()

    class Meta:
        db_table = "dossiers_partage"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "organisme"],
                condition=Q(retire_le__isnull=True, organisme__isnull=False),
                name="partage_un_actif_par_organisme",
            ),
            models.UniqueConstraint(
                fields=["dossier", "unite"],
                condition=Q(retire_le__isnull=True, unite__isnull=False),
                name="partage_un_actif_par_unite",
            ),
            models.CheckConstraint(
                condition=(
                    Q(nature="unite", unite__isnull=False, organisme__isnull=True)
                    | Q(nature__in=["mission", "consentement"], unite__isnull=True, organisme__isnull=False)
                ),
                name="partage_un_destinataire",
            ),
            models.CheckConstraint(
                condition=~Q(nature="consentement") | Q(consentement_ligne__isnull=False),
                name="partage_consenti",
            ),
            models.CheckConstraint(
                condition=Q(retire_le__isnull=True) | Q(retire_le__gte=models.F("depuis")),
                name="partage_periode",
            ),
        ]
        # They hold what the policy of the second lock asks of a share: a count reads no row.
        indexes = [
            models.Index(
                "organisme",
                models.F("ouvert_le").desc(),
                models.F("dossier").desc(),
                name="partage_liste_organisme",
                condition=Q(retire_le__isnull=True),
                include=["programme", "unite", "retire_le"],
            ),
            models.Index(
                "unite",
                models.F("ouvert_le").desc(),
                models.F("dossier").desc(),
                name="partage_liste_unite",
                condition=Q(retire_le__isnull=True, unite__isnull=False),
                include=["programme", "organisme", "retire_le"],
            ),
            models.Index(
                "organisme",
                "situation",
                models.F("ouvert_le").desc(),
                models.F("dossier").desc(),
                name="partage_liste_situation",
                condition=Q(retire_le__isnull=True),
                include=["programme", "unite", "retire_le"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} → {self.organisme_id or self.unite_id}"
