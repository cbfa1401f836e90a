"""Texts of the letters: editable, dated, and never changed once written."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from dossierunique.courriers.champs import champs_du_texte, champs_permis


class ModeleCourrierQuerySet(models.QuerySet["ModeleCourrier"]):
    def en_vigueur(self, code: str) -> "ModeleCourrier":
        """The version of a model that applies today; raises ModeleCourrier.DoesNotExist."""
        modele = (
            self.filter(code=code, en_vigueur_depuis__lte=timezone.localdate()).order_by("-version").first()
        )
        if modele is None:
            raise self.model.DoesNotExist(code)
        return modele


class ModeleCourrier(models.Model):
    """One version of the text of one kind of letter; a change is a new version."""

    code = models.SlugField("code", max_length=40)
    version = models.PositiveSmallIntegerField("version", default=1)
    objet = models.CharField("objet", max_length=200)
    corps = models.TextField("texte", help_text="Markdown, avec des champs entre accolades : {demandeur}")
    en_vigueur_depuis = models.DateField("en vigueur depuis", default=timezone.localdate)

    objects = ModeleCourrierQuerySet.as_manager()

    class Meta:
        verbose_name = "modèle de courrier"
        verbose_name_plural = "modèles de courrier"
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="modelecourrier_version"),
            models.CheckConstraint(condition=Q(version__gt=0), name="modelecourrier_version_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    def save(self, *args, **kwargs) -> None:
        self.clean()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a field that the code of this letter does not give."""
        if inconnus := sorted(champs_du_texte(self.objet, self.corps) - champs_permis(self.code)):
            raise ValidationError({"corps": f"Champs inconnus de ce courrier : {', '.join(inconnus)}."})
