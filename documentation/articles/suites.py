"""What hangs on an article: its files, the answers of its readers, the marks of the news that were read."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from documentation.articles.models import Article, VersionArticle
from dossierunique.fichiers.models import Fichier


class PieceArticle(models.Model):
    """A picture or a document of an article. It follows the text: seen once published with it."""

    class Genre(models.TextChoices):
        DOCUMENT = "document", "document à télécharger"
        IMAGE = "image", "image du texte"

    article = models.ForeignKey(Article, models.PROTECT, related_name="pieces")
    reference = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    genre = models.CharField("genre", max_length=8, choices=Genre)
    # How the text names it: ![description](image:cle).
    cle = models.SlugField("nom dans le texte", max_length=40)
    titre = models.CharField("titre", max_length=150)
    fichier = models.OneToOneField(Fichier, models.PROTECT, related_name="+")
    ajoutee_par = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ajoutee_le = models.DateTimeField("ajoutée le", default=timezone.now)
    publiee_le = models.DateTimeField("publiée le", null=True, blank=True)
    a_retirer = models.BooleanField("à retirer à la prochaine publication", default=False)
    retiree_le = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        db_table = "documentation_piece"
        ordering = ["pk"]
        verbose_name = "pièce jointe"
        constraints = [
            models.UniqueConstraint(
                fields=["article", "cle"], condition=Q(retiree_le__isnull=True), name="piece_article_cle"
            ),
            models.CheckConstraint(condition=Q(genre__in=["document", "image"]), name="piece_article_genre"),
        ]

    def __str__(self) -> str:
        return self.titre


class AvisArticle(models.Model):
    """Whether a version was useful to somebody, with her words for its author."""

    version = models.ForeignKey(VersionArticle, models.PROTECT, related_name="avis", db_index=False)
    utilisateur = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    utile = models.BooleanField("utile")
    mots = models.CharField("remarque", max_length=500, blank=True)
    le = models.DateTimeField("donné le", default=timezone.now)

    class Meta:
        db_table = "documentation_avis"
        ordering = ["-le", "-pk"]
        verbose_name = "avis de lecteur"
        constraints = [
            models.UniqueConstraint(fields=["version", "utilisateur"], name="avis_article_un_par_personne")
        ]

    def __str__(self) -> str:
        return "utile" if self.utile else "pas utile"


class LectureArticle(models.Model):
    """Somebody has read this version of a news item."""

    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    version = models.ForeignKey(VersionArticle, models.PROTECT, related_name="lectures")
    le = models.DateTimeField("lue le", default=timezone.now)

    class Meta:
        db_table = "documentation_lecture"
        ordering = ["pk"]
        verbose_name = "lecture"
        constraints = [
            models.UniqueConstraint(fields=["utilisateur", "version"], name="lecture_article_unique")
        ]

    def __str__(self) -> str:
        return f"{self.utilisateur_id} a lu {self.version_id}"
