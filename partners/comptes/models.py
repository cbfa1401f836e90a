"""Accounts: one person who signs in. What she may do is said by her habilitations."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth import get_backends
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone

from dossierunique.securite.champs import ChampChiffre


class Utilisateur(AbstractUser):
    """A person of an organisme. `is_staff` and `is_superuser` are for technicians: no page of a dossier asks them."""

    email = models.EmailField("adresse électronique", unique=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)

    class Meta:
        db_table = "partners_utilisateur"
        verbose_name = "utilisateur"
        ordering = ["last_name", "first_name", "pk"]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """A right on one object comes from the backends only: being a superuser opens no dossier."""
        if obj is None:
            return super().has_perm(perm)
        return self.is_active and any(
            b.has_perm(self, perm, obj) for b in get_backends() if hasattr(b, "has_perm")
        )

    def mots_personnels(self) -> list[str]:
        """What others know of this person besides her name: the names of her organismes and units."""
        if not self.pk:
            return []
        return [
            mot
            for h in self.habilitations.select_related("organisme").prefetch_related("unites")
            for mot in (
                h.organisme.sigle,
                h.organisme.nom,
                *(texte for unite in h.unites.all() for texte in (unite.nom, unite.ville)),
            )
        ]


class IdentiteFederee(models.Model):
    """The account of a person at an OpenID provider: found by issuer and `sub`, never by e-mail."""

    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="identites_federees",
        verbose_name="utilisateur",
    )
    emetteur = models.CharField("émetteur", max_length=255)
    sub = models.CharField("identifiant chez l’émetteur", max_length=255)
    rattachee_le = models.DateTimeField("rattachée le", default=timezone.now, editable=False)
    vue_le = models.DateTimeField("dernière connexion", null=True, blank=True)

    class Meta:
        db_table = "partners_identite_federee"
        verbose_name = "identité fédérée"
        constraints = [
            models.UniqueConstraint(fields=["emetteur", "sub"], name="identite_federee_sub"),
            models.UniqueConstraint(fields=["utilisateur", "emetteur"], name="identite_federee_une"),
            models.CheckConstraint(
                condition=~models.Q(sub="") & ~models.Q(emetteur=""), name="identite_federee_nommee"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.utilisateur} chez {self.emetteur}"


class SessionOuverte(models.Model):
    """A session as its owner recognises it; the session itself is Django's."""

    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sessions_ouvertes", verbose_name="utilisateur"
    )
    cle = models.CharField(max_length=40, unique=True, editable=False)
    ouverte_le = models.DateTimeField("ouverte le", default=timezone.now, editable=False)
    vue_le = models.DateTimeField("dernière activité", default=timezone.now)
    adresse = models.GenericIPAddressField("adresse", null=True)
    navigateur = models.CharField("navigateur", max_length=200, blank=True)
    moyen = models.CharField("moyen de connexion", max_length=60, blank=True)

    class Meta:
        db_table = "partners_session_ouverte"
        verbose_name = "session ouverte"
        ordering = ["-vue_le", "pk"]

    def __str__(self) -> str:
        return f"{self.utilisateur} depuis {self.adresse}"


class EssaisConnexion(models.Model):
    """Failed sign-ins under one key: a keyed fingerprint, for what is typed there may be a password or a NIR."""

    cle = models.BinaryField(primary_key=True, max_length=32)
    echecs = models.PositiveIntegerField(default=0)
    dernier = models.DateTimeField()

    class Meta:
        db_table = "partners_essais_connexion"
        verbose_name = "essais de connexion"
        indexes = [models.Index(fields=["dernier"], name="essais_connexion_dernier")]

    def __str__(self) -> str:
        return f"{self.echecs} échecs"


class BrouillonFormulaire(models.Model):
    """What somebody had typed in a form that could not be sent: encrypted, hers alone, kept a few days."""

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="brouillons", verbose_name="utilisateur"
    )
    # Keyed fingerprints: an address may hold what was searched for. The addresses themselves are in the content.
    page = models.BinaryField(max_length=32)
    action = models.BinaryField(max_length=32)
    contenu = ChampChiffre("contenu", contexte="partners.BrouillonFormulaire.contenu")
    ecrit_le = models.DateTimeField("écrit le", default=timezone.now)

    class Meta:
        db_table = "partners_brouillon_formulaire"
        verbose_name = "brouillon de formulaire"
        constraints = [
            models.UniqueConstraint(
                fields=["utilisateur", "page", "action"], name="brouillon_un_par_formulaire"
            )
        ]
        indexes = [models.Index(fields=["ecrit_le"], name="brouillon_ecrit_le")]

    def __str__(self) -> str:
        return f"brouillon de {self.utilisateur}"
