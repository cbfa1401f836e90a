"""Justificatifs: typed, classified papers; the CNMSS is their depositary."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from dossiers.demandes.models import Demande, TypeAide
from dossiers.partages.models import Dossier
from dossierunique.fichiers.models import Fichier
from partners.models import Habilitation


class ClassePiece(models.TextChoices):
    ADMINISTRATIF = "administratif", "administratif"
    FINANCIER = "financier", "financier"
    BANCAIRE = "bancaire", "bancaire"
    SOCIAL = "social", "social"
    MEDICAL = "medical", "médical"


class TypePiece(models.Model):
    """A kind of paper, and its secrecy class."""

    code = models.SlugField(max_length=40, unique=True)
    nom = models.CharField(max_length=120)
    classe = models.CharField(max_length=14, choices=ClassePiece)
    aide = models.CharField("où la trouver", max_length=250, blank=True)
    ordre = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "dossiers_type_piece"
        ordering = ["ordre", "pk"]
        verbose_name = "type de pièce"

    def __str__(self) -> str:
        return self.nom


class PieceRequise(models.Model):
    """A paper that an aid type asks for, always or only in some situations."""

    type_aide = models.ForeignKey(TypeAide, models.CASCADE, related_name="pieces_requises")
    type_piece = models.ForeignKey(TypePiece, models.PROTECT)
    obligatoire = models.BooleanField(default=True)

    class Meta:
        db_table = "dossiers_piece_requise"
        ordering = ["type_piece__ordre", "pk"]
        constraints = [models.UniqueConstraint(fields=["type_aide", "type_piece"], name="piece_requise_une")]

    def __str__(self) -> str:
        return str(self.type_piece_id)


class EtatJustificatif(models.TextChoices):
    DEPOSE = "depose", "en analyse"
    A_VERIFIER = "a_verifier", "à vérifier"
    VALIDE = "valide", "validée"
    REJETE = "rejete", "rejetée"
    PERIME = "perime", "périmée"
    REMPLACE = "remplace", "remplacée"
    QUARANTAINE = "quarantaine", "en quarantaine"


TRANSITIONS: dict[str, frozenset[str]] = {
    "depose": frozenset({"a_verifier", "quarantaine", "remplace"}),
    "a_verifier": frozenset({"valide", "rejete", "remplace", "quarantaine"}),
    "valide": frozenset({"perime", "remplace", "rejete"}),
    "rejete": frozenset({"remplace", "valide"}),
    "perime": frozenset({"remplace"}),
    "remplace": frozenset(),
    "quarantaine": frozenset({"remplace"}),
}


class RaisonRejet(models.TextChoices):
    """Ready reasons of rejection: all that is told of a paper that its reader may not open."""

    ILLISIBLE = "illisible", "Le document est illisible."
    INCOMPLETE = "incomplete", "Le document est incomplet : il manque des pages."
    PERIMEE = "perimee", "Le document est périmé."
    PERSONNE = "personne", "Le document concerne une autre personne."
    AUTRE = "autre", "Autre raison, que le service de la CNMSS vous dira."


TONS = {"depose": "calme", "a_verifier": "info", "valide": "accord", "rejete": "refus", "perime": "attente",
        "remplace": "calme", "quarantaine": "refus"}  # fmt: skip


class JustificatifQuerySet(models.QuerySet["Justificatif"]):
    def gardes(self) -> "JustificatifQuerySet":
        """Without the papers taken back from a draft: filing the demande does not share them."""
        return self.exclude(etat=EtatJustificatif.REMPLACE, remplace_par__isnull=True)


@pghistory.track(fields=["etat", "motif_rejet", "verifie_par"])
class Justificatif(models.Model):
    """One paper of a dossier, joined to the demande it was filed for, or to the dossier alone."""

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="justificatifs", db_index=False)
    demande = models.ForeignKey(
        Demande, models.PROTECT, null=True, blank=True, related_name="justificatifs", db_index=False
    )
    type = models.ForeignKey(TypePiece, models.PROTECT, verbose_name="type de pièce")
    fichier = models.OneToOneField(Fichier, models.PROTECT, related_name="justificatif")
    etat = models.CharField("état", max_length=12, choices=EtatJustificatif, default=EtatJustificatif.DEPOSE)
    raison_rejet = models.CharField(
        "raison du rejet", max_length=10, choices=RaisonRejet, default=RaisonRejet.AUTRE
    )
    # Of a medical paper, the words of the ready reason only: the médecin's own are a note (dossiers/avis).
    motif_rejet = models.CharField("motif du rejet", max_length=300, blank=True)
    depose_par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    depose_le = models.DateTimeField(default=timezone.now)
    verifie_par = models.ForeignKey(Habilitation, models.PROTECT, null=True, blank=True, related_name="+")
    verifie_le = models.DateTimeField(null=True, blank=True)
    remplace_par = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="remplacees")

    objects = JustificatifQuerySet.as_manager()

    class Meta:
        db_table = "dossiers_justificatif"
        ordering = ["-depose_le", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(etat__in=EtatJustificatif.values), name="justificatif_etat"),
            models.CheckConstraint(
                condition=~Q(etat="rejete") | ~Q(motif_rejet=""), name="justificatif_rejet_motive"
            ),
        ]
        indexes = [
            models.Index(fields=["demande", "-depose_le", "-id"], name="justificatif_demande"),
            models.Index(fields=["dossier", "-depose_le", "-id"], name="justificatif_dossier"),
            models.Index(
                fields=["depose_le", "id"], condition=Q(etat="a_verifier"), name="justificatif_a_verifier"
            ),
        ]

    def __str__(self) -> str:
        return str(self.reference)

    @property
    def etat_ton(self) -> str:
        return TONS[self.etat]


class EtatPieceDemandee(models.TextChoices):
    ATTENDUE = "attendue", "attendue"
    FOURNIE = "fournie", "fournie"
    ANNULEE = "annulee", "annulée"


class PieceDemandee(models.Model):
    """A paper asked for, with its due date; it suspends the delay of the demande."""

    demande = models.ForeignKey(Demande, models.PROTECT, related_name="pieces_demandees")
    type = models.ForeignKey(TypePiece, models.PROTECT)
    precision = models.CharField("précision", max_length=300, blank=True)
    demandee_par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    demandee_le = models.DateTimeField(default=timezone.now)
    echeance = models.DateField()
    etat = models.CharField(max_length=8, choices=EtatPieceDemandee, default=EtatPieceDemandee.ATTENDUE)
    justificatif = models.ForeignKey(
        Justificatif, models.PROTECT, null=True, blank=True, related_name="reponses"
    )

    class Meta:
        db_table = "dossiers_piece_demandee"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["demande", "type"], condition=Q(etat="attendue"), name="piece_demandee_une_attendue"
            )
        ]
        indexes = [
            models.Index(
                fields=["echeance", "id"], condition=Q(etat="attendue"), name="piece_demandee_echeance"
            )
        ]

    def __str__(self) -> str:
        return f"{self.demande_id} {self.type_id}"
