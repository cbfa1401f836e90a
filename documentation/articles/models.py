"""Rubriques, articles, the text being written and the published versions."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from documentation.articles.contenu import Contenu
from documentation.articles.etats import TONS, EtatArticle
from partners.organismes.models import Organisme

# Text search configuration of the migrations: French stems, accents ignored.
FRANCAIS = "francais"
POIDS = (("titre", "A"), ("mots", "B"), ("resume", "C"), ("texte", "D"))


def _vecteur() -> SearchVector:
    premier, *autres = (SearchVector(champ, weight=poids, config=FRANCAIS) for champ, poids in POIDS)
    for autre in autres:
        premier = premier + autre
    return premier


def _personne(inverse: str, **options: bool) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name=inverse, **options)


class Rubrique(models.Model):
    """A shelf of the space."""

    code = models.SlugField("code", max_length=30, unique=True)
    nom = models.CharField("nom", max_length=80)
    description = models.CharField("description", max_length=200)
    ordre = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        ordering = ["ordre", "pk"]
        verbose_name = "rubrique"

    def __str__(self) -> str:
        return self.nom


class Article(models.Model):
    """An address that does not change, who answers for it, and where its text stands."""

    slug = models.SlugField("adresse", max_length=80, unique=True)
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="articles")
    etat = models.CharField("état", max_length=12, choices=EtatArticle, default=EtatArticle.BROUILLON)
    # What is read today; nothing before the first publication and after a withdrawal.
    publiee = models.OneToOneField(
        "VersionArticle", models.PROTECT, null=True, blank=True, related_name="en_ligne"
    )
    # Fingerprint of the file that it comes from, when the portal brought it.
    empreinte = models.CharField("empreinte du fichier", max_length=64, blank=True)
    modifie_le = models.DateTimeField("modifié le", default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-modifie_le", "-pk"]
        verbose_name = "article"
        constraints = [
            models.CheckConstraint(condition=Q(etat__in=EtatArticle.values), name="article_etat"),
            models.CheckConstraint(
                condition=~Q(etat="publie") | Q(publiee__isnull=False), name="article_publie_a_une_version"
            ),
            models.CheckConstraint(
                condition=~Q(etat="retire") | Q(publiee__isnull=True), name="article_retire_ne_se_lit_plus"
            ),
        ]
        indexes = [
            models.Index(fields=["organisme", "-modifie_le", "-id"], name="article_organisme"),
            models.Index(fields=["-modifie_le", "-id"], name="article_recents"),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def etat_ton(self) -> str:
        """Tone of the badge that shows its state."""
        return TONS[self.etat]

    @property
    def redaction_ouverte(self) -> "Redaction | None":
        """The text being written, if any."""
        return getattr(self, "redaction", None)

    @property
    def contenu(self) -> Contenu:
        """What its writers work on: the text being written, else what is published."""
        ouverte = self.redaction_ouverte or self.publiee
        if ouverte is None:
            raise LookupError(f"article {self.pk} sans contenu")
        return ouverte


class Redaction(Contenu):
    """The text being written: one an article, gone once it is published."""

    article = models.OneToOneField(Article, models.CASCADE, related_name="redaction")
    auteur = _personne("+")
    # Everybody who wrote in it: none of them may publish it.
    redacteurs = ArrayField(models.BigIntegerField(), default=list)
    renvoi = models.CharField("ce qui est à reprendre", max_length=500, blank=True)
    modifiee_le = models.DateTimeField("modifiée le", default=timezone.now)

    class Meta(Contenu.Meta):
        abstract = False
        verbose_name = "rédaction"


class VersionArticle(Contenu):
    """What was published, once for ever: written by some, read again by another. Append-only."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="versions")
    numero = models.PositiveIntegerField("numéro")
    # Nobody, for what the portal brings by itself.
    auteur = _personne("+", null=True)
    relue_par = _personne("+", null=True)
    redacteurs = ArrayField(models.BigIntegerField(), default=list)
    le = models.DateTimeField("publiée le", default=timezone.now)
    # The words of `corps` without its marks: what is searched and quoted.
    texte = models.TextField("texte sans mise en forme", editable=False)
    recherche = models.GeneratedField(
        expression=_vecteur(), output_field=SearchVectorField(), db_persist=True
    )

    class Meta(Contenu.Meta):
        abstract = False
        ordering = ["-le", "-pk"]
        verbose_name = "version"
        constraints = [
            *Contenu.Meta.constraints,
            models.UniqueConstraint(fields=["article", "numero"], name="version_article_numero"),
            models.CheckConstraint(
                condition=Q(auteur__isnull=True, relue_par__isnull=True)
                | Q(auteur__isnull=False, relue_par__isnull=False) & ~Q(relue_par=models.F("auteur")),
                name="version_article_relue_par_une_autre",
            ),
        ]
        indexes = [
            GinIndex(fields=["recherche"], name="version_article_recherche"),
            models.Index(
                fields=["valable_jusqu_au"],
                condition=Q(valable_jusqu_au__isnull=False),
                name="version_article_validite",
            ),
        ]

    @property
    def du(self) -> object:
        """The day that readers see."""
        return self.parait_le or self.le

    @property
    def perimee(self) -> bool:
        """Whether its validity is over."""
        return self.valable_jusqu_au is not None and self.valable_jusqu_au < timezone.localdate()
