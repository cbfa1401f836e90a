"""The words of what is published: what a mistyped one is compared with."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models


class MotConnu(models.Model):
    """A word as it is written, its unaccented form, its stem, and in how many articles it stands."""

    mot = models.CharField("mot", max_length=40, unique=True)
    forme = models.CharField("forme sans accent", max_length=40)
    # The stem that the search compares: a word whose stem is known was not mistyped.
    racine = models.CharField("racine", max_length=80, db_index=True)
    nombre = models.PositiveIntegerField("articles")

    class Meta:
        db_table = "documentation_mot"
        ordering = ["mot"]
        verbose_name = "mot connu"
        indexes = [GinIndex(fields=["forme"], opclasses=["gin_trgm_ops"], name="mot_connu_trigrammes")]

    def __str__(self) -> str:
        return self.mot
