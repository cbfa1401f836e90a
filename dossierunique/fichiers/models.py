"""A stored file: what the database knows of it. Its content lives, encrypted, in the storage."""

import uuid

from django.db import models
from django.db.models import Q

from dossierunique.etats import Transitions
from dossierunique.securite.coffres import Coffre


class EtatFichier(models.TextChoices):
    EN_ANALYSE = "en_analyse", "en analyse"
    DISPONIBLE = "disponible", "disponible"
    QUARANTAINE = "quarantaine", "en quarantaine"


class Analyse(models.TextChoices):
    EN_ATTENTE = "en_attente", "en attente"
    SAIN = "sain", "sain"
    INFECTE = "infecte", "infecté"
    NON_CONFIGURE = "non_configure", "non analysé (aucun antivirus)"


# A quarantine ends by a new analysis only, never by a plain change of mind.
TRANSITIONS: Transitions = {
    "en_analyse": frozenset({"disponible", "quarantaine"}),
    "disponible": frozenset({"en_analyse", "quarantaine"}),
    "quarantaine": frozenset({"en_analyse"}),
}
TONS = {"en_analyse": "attente", "disponible": "accord", "quarantaine": "refus"}


class Fichier(models.Model):
    """One file, never rewritten: a correction is another file."""

    reference = models.UUIDField("référence", unique=True, default=uuid.uuid4, editable=False)
    nom = models.CharField("nom", max_length=160)
    type_mime = models.CharField("type", max_length=80)
    taille = models.PositiveBigIntegerField("taille en octets")
    pages = models.PositiveIntegerField("pages", default=0)
    sha256 = models.CharField("empreinte", max_length=64)
    etat = models.CharField("état", max_length=12, choices=EtatFichier, default=EtatFichier.EN_ANALYSE)
    analyse = models.CharField("analyse", max_length=14, choices=Analyse, default=Analyse.EN_ATTENTE)
    # Who may open it, and whose keys encrypted it: they differ only while `rechiffrer_medical` has not passed.
    coffre = models.CharField(
        "coffre", max_length=9, choices=[(c.value, c.value) for c in Coffre], default=Coffre.ORDINAIRE.value
    )
    coffre_cle = models.CharField(max_length=9, default=Coffre.ORDINAIRE.value, editable=False)
    cle_id = models.PositiveSmallIntegerField("clé de chiffrement")
    chemin = models.CharField("clé de stockage", max_length=80, unique=True)
    cree_le = models.DateTimeField("déposé le", auto_now_add=True)
    # The user, not a foreign key: the platform knows no account, and the file survives it.
    cree_par_id = models.BigIntegerField("déposé par", null=True)

    class Meta:
        verbose_name = "fichier"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(etat__in=EtatFichier.values), name="fichier_etat"),
            models.CheckConstraint(condition=Q(analyse__in=Analyse.values), name="fichier_analyse"),
            models.CheckConstraint(
                condition=~Q(etat="disponible") | Q(analyse__in=["sain", "non_configure"]),
                name="fichier_disponible_analyse",
            ),
            models.CheckConstraint(
                condition=~Q(analyse="infecte") | Q(etat="quarantaine"), name="fichier_infecte_en_quarantaine"
            ),
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="fichier_empreinte"),
            models.CheckConstraint(condition=Q(taille__gt=0), name="fichier_non_vide"),
            models.CheckConstraint(
                condition=Q(coffre="ordinaire", coffre_cle="ordinaire")
                | Q(coffre="medical", coffre_cle__in=["ordinaire", "medical"]),
                name="fichier_coffre",
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def disponible(self) -> bool:
        """Whether it may be opened."""
        return self.etat == EtatFichier.DISPONIBLE

    @property
    def etat_ton(self) -> str:
        """Tone of the state for the screens."""
        return TONS[self.etat]
