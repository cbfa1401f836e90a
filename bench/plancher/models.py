"""One table and its owner: nothing to protect, nothing to journal."""

from django.contrib.auth.models import Group
from django.db import models


class Dossier(models.Model):
    """A file as a first tutorial would write it."""

    nir = models.CharField(max_length=15, unique=True)
    nom = models.CharField(max_length=60)
    prenom = models.CharField(max_length=60)
    statut = models.CharField(max_length=12)
    organisme = models.ForeignKey(Group, models.PROTECT)
    cree = models.DateTimeField(db_index=True)
    maj = models.DateTimeField()

    def __str__(self) -> str:
        return self.nir
