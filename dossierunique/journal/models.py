"""The access journal: rows are added, never changed, and survive what they speak of."""

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from dossierunique.journal.actes import Acte


class LigneJournal(models.Model):
    """One act of one person, as it was written at that moment.

    The table is partitioned by month and made by hand in the migration (`managed` is off, so that
    neither Django's autodetector nor its test flush touches it). Plain numbers instead of foreign
    keys: the row outlives the account and the dossier.
    """

    id = models.BigAutoField(primary_key=True)
    quand = models.DateTimeField("date", default=timezone.now, editable=False)
    utilisateur_id = models.BigIntegerField("utilisateur", null=True)
    habilitation_id = models.BigIntegerField("habilitation", null=True)
    organisme_id = models.BigIntegerField("organisme", null=True)
    acteur_nom = models.TextField("agent", default="", blank=True)
    action = models.TextField("acte", choices=Acte)
    objet = models.TextField("objet", default="", blank=True)
    objets = ArrayField(models.TextField(), verbose_name="objets montrés", default=list, blank=True)
    motif = models.TextField("motif", default="", blank=True)
    details = models.JSONField("détails", default=dict, blank=True, encoder=DjangoJSONEncoder)
    requete_id = models.TextField("requête", default="", blank=True)
    sceau = models.BigIntegerField("sceau", null=True, editable=False)
    marque = models.BinaryField("marque", null=True, editable=False)

    class Meta:
        db_table = "journal_ligne"
        managed = False
        ordering = ["-quand", "-id"]
        verbose_name = "ligne du journal"
        verbose_name_plural = "lignes du journal"

    def __str__(self) -> str:
        return f"{self.acteur_nom} {self.get_action_display()} {self.objet}".strip()


class NatureSceau(models.TextChoices):
    LIGNES = "lignes", "lignes"
    REPRISE = "reprise", "lignes d’avant les marques"
    PURGE = "purge", "purge d’un mois"


class Sceau(models.Model):
    """One link of the chain: a batch of rows, or a month that was dropped. Written by a function of the owner only."""

    id = models.BigIntegerField(primary_key=True)
    nature = models.TextField(choices=NatureSceau)
    fait_le = models.DateTimeField()
    de = models.DateTimeField()
    a = models.DateTimeField()
    nombre = models.IntegerField()
    lignes = models.BinaryField()
    empreinte = models.BinaryField()
    precedent = models.BinaryField()
    signature = models.BinaryField()
    cle = models.SmallIntegerField()

    class Meta:
        db_table = "journal_sceau"
        managed = False
        ordering = ["id"]

    def __str__(self) -> str:
        return f"sceau {self.pk}"


class VerificationJournal(models.Model):
    """What one verification of the journal found; its signature keeps the head of the chain that it saw."""

    debut = models.DateTimeField()
    fin = models.DateTimeField()
    sceaux = models.BigIntegerField()
    lignes = models.BigIntegerField()
    anomalies = models.BigIntegerField()
    exemples = models.JSONField(default=list)
    tete = models.BigIntegerField()
    tete_signature = models.BinaryField()
    cle = models.SmallIntegerField()
    signature = models.BinaryField()

    class Meta:
        db_table = "journal_verification"
        ordering = ["-fin", "-pk"]
        verbose_name = "vérification du journal"

    def __str__(self) -> str:
        return f"vérification du {self.fin:%Y-%m-%d %H:%M}"

    @property
    def saine(self) -> bool:
        """Whether nothing was found."""
        return self.anomalies == 0
