"""Accounts: one person who signs in. What she may do is said by her habilitations."""

from typing import Any

from django.contrib.auth import get_backends
from django.contrib.auth.models import AbstractUser
from django.db import models


class Utilisateur(AbstractUser):
    """A person of an organisme. `is_staff` and `is_superuser` are for technicians: no page of a dossier asks them."""

    email = models.EmailField("adresse électronique", unique=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)

    # Filled by partners.comptes.lecture for the person of a session.
    habilitations_en_vigueur: list[Any]
    notifications_non_lues: int

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
