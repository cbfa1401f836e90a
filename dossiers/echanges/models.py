"""What passes between people about a dossier: its history, the letters produced, and when each one last looked."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import functions
from django.utils import timezone

from dossiers.demandes.models import Demande
from dossiers.partages.models import Dossier
from dossierunique.fichiers.models import Fichier
from partners.models import Habilitation, Organisme


class Genre(models.TextChoices):
    """Kinds of events; their wording and their audience are in histoire.py."""

    DOSSIER_OUVERT = "dossier_ouvert"
    CONSENTEMENT = "consentement"
    RETRAIT = "retrait"
    PREUVE_CONFIRMEE = "preuve_confirmee"
    PREUVE_REJETEE = "preuve_rejetee"
    PARTAGE_SUSPENDU = "partage_suspendu"
    DEMANDE_SOUMISE = "demande_soumise"
    PIECE_DEPOSEE = "piece_deposee"
    PIECE_VALIDEE = "piece_validee"
    PIECE_REJETEE = "piece_rejetee"
    PIECES_DEMANDEES = "pieces_demandees"
    DEMANDE_COMPLETE = "demande_complete"
    DEMANDE_INSTRUITE = "demande_instruite"
    DEMANDE_CLASSEE = "demande_classee"
    AVIS_DEMANDE = "avis_demande"
    AVIS_RENDU = "avis_rendu"
    CONTRIBUTION = "contribution"
    DECISION = "decision"
    NOTIFICATION = "notification"
    RELEVE = "releve"
    SUCCESSION = "succession"
    # Of the OPEX programme: their words are in opex/vie/histoire.py.
    IMPRIME = "opex_imprime"
    BLESSURE = "opex_blessure"
    BLESSURE_COMPLETEE = "opex_completee"
    RECONNAISSANCE = "opex_reconnaissance"
    EVOLUTION = "opex_evolution"
    DAPIAS = "opex_dapias"
    AIDE = "opex_aide"
    AIDE_CORRIGEE = "opex_aide_corrigee"
    SUIVI = "opex_suivi"
    RELAIS = "opex_relais"
    DECES = "opex_deces"
    AYANT_CAUSE = "opex_ayant_cause"


class Evenement(models.Model):
    """One fact of the life of a dossier, written by the action that made it. Append-only."""

    # The index of the history begins with it: alone, it would have every event read to show a few.
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="evenements", db_index=False)
    demande = models.ForeignKey(Demande, models.PROTECT, null=True, blank=True, related_name="evenements")
    genre = models.CharField(max_length=20, choices=Genre)
    quand = models.DateTimeField(default=timezone.now)
    # The day of the fact itself, which may be long before it was told.
    jour = models.DateField(default=timezone.localdate, db_default=functions.TruncDate(functions.Now()))
    auteur = models.ForeignKey(Habilitation, models.PROTECT, null=True, blank=True, related_name="+")
    # The recipient that a consent event is about (told to those who may see consents, and to itself), or the partner
    # whose contribution it is.
    organisme = models.ForeignKey(Organisme, models.PROTECT, null=True, blank=True, related_name="+")
    donnees = models.JSONField(default=dict)

    class Meta:
        db_table = "dossiers_evenement"
        ordering = ["-quand", "-pk"]
        indexes = [
            models.Index(fields=["dossier", "-quand", "-id"], name="evenement_histoire"),
            models.Index(fields=["dossier", "-jour", "-id"], name="evenement_vie"),
        ]

    def __str__(self) -> str:
        return f"{self.genre} {self.quand:%Y-%m-%d}"


class GenreCourrier(models.TextChoices):
    ACCUSE = "accuse_reception", "Accusé de réception"
    PIECES = "demande_pieces", "Demande de pièces"
    NOTIFICATION = "notification", "Notification de décision"
    RECU_CONSENTEMENT = "recu_consentement", "Reçu de consentement"
    RECU_RETRAIT = "recu_retrait", "Reçu de retrait"


class Courrier(models.Model):
    """A letter to the person, produced once by the worker and kept as it was sent."""

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="courriers")
    demande = models.ForeignKey(Demande, models.PROTECT, null=True, blank=True, related_name="courriers")
    genre = models.CharField(max_length=20, choices=GenreCourrier)
    cible = models.BigIntegerField(help_text="Key of the fact it tells: decision, consent…")
    fichier = models.OneToOneField(Fichier, models.PROTECT, null=True, blank=True)
    cree_le = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "dossiers_courrier"
        ordering = ["-cree_le", "-pk"]
        constraints = [models.UniqueConstraint(fields=["genre", "cible"], name="courrier_un_par_fait")]

    def __str__(self) -> str:
        return f"{self.genre} {self.cible}"


class Visite(models.Model):
    """When a user last opened a dossier, for « depuis votre dernière visite »."""

    utilisateur = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="visites")
    derniere = models.DateTimeField()

    class Meta:
        db_table = "dossiers_visite"
        constraints = [models.UniqueConstraint(fields=["utilisateur", "dossier"], name="visite_une")]

    def __str__(self) -> str:
        return f"{self.utilisateur_id} {self.dossier_id}"
