"""Accounts: one person who signs in. What she may do is said by her habilitations."""

from django.contrib.auth.models import AbstractUser
from django.db import models


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
