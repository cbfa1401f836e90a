"""What a writer fills: the same columns for the text that is being written and for each published version."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from partners.habilitations.models import Profil
from partners.organismes.models import Programme


class GenreArticle(models.TextChoices):
    ARTICLE = "article", "article"
    GUIDE = "guide", "guide"
    FICHE = "fiche", "fiche"
    TEXTE = "texte", "texte officiel"
    FORMULAIRE = "formulaire", "formulaire"
    ACTUALITE = "actualite", "actualité"


class Contenu(models.Model):
    """Words, audience and dates. An empty audience is everyone's; what is `public` is read without signing in."""

    rubrique = models.ForeignKey("documentation.Rubrique", models.PROTECT, related_name="+")
    genre = models.CharField("genre", max_length=12, choices=GenreArticle, default=GenreArticle.ARTICLE)
    titre = models.CharField("titre", max_length=150)
    resume = models.CharField("résumé", max_length=200)
    mots = models.CharField("autres mots", max_length=500, blank=True)
    corps = models.TextField("texte")
    profils = ArrayField(models.CharField(max_length=20, choices=Profil), default=list, blank=True)
    programmes = ArrayField(models.CharField(max_length=8, choices=Programme), default=list, blank=True)
    # Codes: an organisme is never deleted and its code never changes.
    organismes = ArrayField(models.SlugField(max_length=30), default=list, blank=True)
    public = models.BooleanField("lisible sans se connecter", default=False)
    parait_le = models.DateField("paraît le", null=True, blank=True)
    expire_le = models.DateField("n’est plus lisible après le", null=True, blank=True)
    valable_jusqu_au = models.DateField("valable jusqu’au", null=True, blank=True)
    reference = models.CharField("référence", max_length=200, blank=True)
    date_texte = models.DateField("date du texte", null=True, blank=True)
    source = models.URLField("adresse du texte", max_length=400, blank=True)
    voir = ArrayField(models.SlugField(max_length=80), default=list, blank=True)
    ordre = models.PositiveSmallIntegerField("rang dans la rubrique", default=100)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(genre__in=GenreArticle.values), name="%(class)s_genre"),
            models.CheckConstraint(
                condition=Q(public=False) | Q(profils__len=0, programmes__len=0, organismes__len=0),
                name="%(class)s_public_pour_tous",
            ),
            models.CheckConstraint(
                condition=Q(expire_le__isnull=True)
                | Q(parait_le__isnull=True)
                | Q(expire_le__gte=models.F("parait_le")),
                name="%(class)s_periode",
            ),
        ]

    def __str__(self) -> str:
        return self.titre

    def valeurs(self) -> dict[str, Any]:
        """What was filled, to be filled again elsewhere."""
        return {champ: getattr(self, champ) for champ in CHAMPS}


CHAMPS = (
    "rubrique", "genre", "titre", "resume", "mots", "corps", "profils", "programmes", "organismes", "public",
    "parait_le", "expire_le", "valable_jusqu_au", "reference", "date_texte", "source", "voir", "ordre",
)  # fmt: skip
