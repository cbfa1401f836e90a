"""Consents: dated acts, one line per recipient, never rewritten."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dossiers.assures.models import Assure, RepresentantLegal
from dossiers.partages.models import Dossier
from dossierunique.fichiers.models import Fichier
from partners.models import Habilitation, Organisme
from partners.organismes.models import Programme


class TexteConsentement(models.Model):
    """One version of the wording, kept for ever: the one signed is the one printed."""

    programme = models.CharField(max_length=8, choices=Programme)
    version = models.PositiveIntegerField()
    titre = models.CharField(max_length=200)
    corps = models.TextField(help_text="Markdown")
    en_vigueur_depuis = models.DateField()

    class Meta:
        db_table = "dossiers_texte_consentement"
        verbose_name = "texte de consentement"
        ordering = ["programme", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="texte_consentement_version")
        ]

    def __str__(self) -> str:
        return f"{self.programme} version {self.version}"


class FormulaireConsentement(models.Model):
    """A form printed for a person: its reference joins the signed paper to the wording it carried."""

    reference = models.CharField(max_length=20, unique=True)
    assure = models.ForeignKey(Assure, models.PROTECT, related_name="formulaires")
    texte = models.ForeignKey(TexteConsentement, models.PROTECT)
    imprime_le = models.DateTimeField(default=timezone.now)
    imprime_par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")

    class Meta:
        db_table = "dossiers_formulaire_consentement"
        ordering = ["-imprime_le", "-pk"]

    def __str__(self) -> str:
        return self.reference


class Canal(models.TextChoices):
    PAPIER = "papier", "formulaire papier signé"
    GUICHET = "guichet", "en présence, au guichet"
    COURRIER = "courrier", "courrier de la personne"
    SUCCESSION = "succession", "succession d’un organisme"


class Consentement(models.Model):
    """One act of the person or of her representative, with the wording signed and the signed proof."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="consentements")
    texte = models.ForeignKey(TexteConsentement, models.PROTECT)
    signe_le = models.DateField("signé le")
    canal = models.CharField("recueilli par", max_length=10, choices=Canal, default=Canal.PAPIER)
    representant = models.ForeignKey(RepresentantLegal, models.PROTECT, null=True, blank=True)
    # The printed form that was signed; null for a copy that the portal did not print, and for a withdrawal.
    formulaire = models.ForeignKey(
        FormulaireConsentement, models.PROTECT, null=True, blank=True, related_name="consentements"
    )
    preuve = models.OneToOneField(Fichier, models.PROTECT, null=True, blank=True)
    enregistre_par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    enregistre_le = models.DateTimeField(default=timezone.now)
    # A successor's accord invents no choice: it rests on the act that the person signed for the organisme before it.
    origine = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="suites")

    class Meta:
        db_table = "dossiers_consentement"
        ordering = ["-enregistre_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(canal="succession", origine__isnull=False)
                | ~Q(canal="succession") & Q(origine__isnull=True),
                name="consentement_succession_fondee",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.signe_le:%Y-%m-%d}"

    @property
    def signataire(self) -> str:
        """Who signed, in words."""
        return str(self.representant) if self.representant else "la personne elle-même"

    @property
    def avis(self) -> "ConfirmationConsentement | None":
        """What a gestionnaire said of its proof."""
        return getattr(self, "confirmation", None)

    @property
    def attendue(self) -> "PreuveAConfirmer | None":
        """Its place among the proofs to confirm."""
        return getattr(self, "attente", None)

    @property
    def tient(self) -> bool:
        """Whether a share may rest on it: its proof is neither rejected nor too long unconfirmed."""
        if self.avis:
            return self.avis.decision == AvisPreuve.CONFIRME
        if self.origine is not None:
            return self.origine.tient
        return self.attendue is None or self.attendue.suspendu_le is None


class DecisionConsentement(models.TextChoices):
    ACCORDE = "accorde", "accordé"
    REFUSE = "refuse", "refusé"
    RETIRE = "retire", "retiré"


class LigneConsentement(models.Model):
    """What the act says for one recipient. Append-only: a change of mind is a new line of a new act."""

    consentement = models.ForeignKey(Consentement, models.PROTECT, related_name="lignes")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="lignes_consentement")
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    decision = models.CharField(max_length=8, choices=DecisionConsentement)
    effet_le = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "dossiers_ligne_consentement"
        ordering = ["organisme__sigle", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consentement", "organisme"], name="ligne_une_par_destinataire"),
            models.CheckConstraint(
                condition=Q(decision__in=DecisionConsentement.values), name="ligne_decision"
            ),
        ]
        indexes = [
            models.Index(fields=["dossier", "organisme", "-effet_le"], name="ligne_consentement_courante")
        ]

    def __str__(self) -> str:
        return f"{self.organisme_id} {self.decision}"

    @property
    def etat_ton(self) -> str:
        return {"accorde": "accord", "refuse": "refus", "retire": "attente"}[self.decision]


class AvisPreuve(models.TextChoices):
    CONFIRME = "confirme", "confirmé"
    REJETE = "rejete", "rejeté"


class ConfirmationConsentement(models.Model):
    """What a gestionnaire, not the one who recorded it, says of the signed proof of an act. Append-only, once."""

    consentement = models.OneToOneField(Consentement, models.PROTECT, related_name="confirmation")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    decision = models.CharField(max_length=8, choices=AvisPreuve)
    motif = models.CharField(max_length=500, blank=True)
    par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    quand = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "dossiers_confirmation_consentement"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(decision__in=AvisPreuve.values), name="confirmation_decision"),
            models.CheckConstraint(
                condition=Q(decision="confirme") | ~Q(motif=""), name="confirmation_rejet_motive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consentement_id} {self.decision}"


class PreuveAConfirmer(models.Model):
    """The queue of the gestionnaires: an act that opens shares, until its proof is confirmed or rejected.

    `depuis` is what the delay runs from: the recording, or the day this rule came into force.
    """

    consentement = models.OneToOneField(
        Consentement, models.CASCADE, primary_key=True, related_name="attente"
    )
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="preuves_a_confirmer")
    depuis = models.DateTimeField(default=timezone.now)
    prevenu_le = models.DateTimeField(null=True, blank=True)
    suspendu_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "dossiers_preuve_a_confirmer"
        ordering = ["depuis", "consentement_id"]
        indexes = [models.Index(fields=["depuis", "consentement"], name="preuve_plus_ancienne")]

    def __str__(self) -> str:
        return f"{self.consentement_id} depuis {self.depuis:%Y-%m-%d}"
