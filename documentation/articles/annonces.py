"""Telling who may review a text that it waits, and its author what became of it. Titles name nobody: they go out."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from documentation.articles.models import Article, VersionArticle
from documentation.policies import GARDIENS, REDACTEURS
from dossierunique.notifications import genres
from dossierunique.notifications.centre import notifier
from partners.comptes.models import Utilisateur
from partners.habilitations.models import Habilitation

RELECTURE, VALIDITE, A_RELIRE = "documentation_relecture", "documentation_validite", "documentation_a_relire"
genres.declarer(A_RELIRE, "Un article attend une relecture")
genres.declarer(RELECTURE, "Un de vos articles est publié, ou vous revient")
genres.declarer(VALIDITE, "Un de vos articles n’est bientôt plus valable")


def annoncer_relecture(article: Article, redacteurs: Iterable[int], texte: str, sauf: int, cle: str) -> None:
    """Tell those who wrote the text, but who decides."""
    personnes = Utilisateur.objects.filter(pk__in=set(redacteurs) - {sauf})
    notifier(
        personnes,
        genre=RELECTURE,
        texte=texte,
        url=reverse("documentation:suivre", args=[article.slug]),
        cle=f"article-{article.pk}-{cle}",
    )


def annoncer_a_relire(article: Article, titre: str, redacteurs: Iterable[int]) -> None:
    """Tell those who look after the whole space, and the other writers of the article's organisme when it is a partner.

    The gestionnaires, who are many, see it on the space's home.
    """
    du_partenaire = Habilitation.objects.en_vigueur().filter(
        organisme=article.organisme_id, profil__in=sorted(REDACTEURS)
    )
    du_partenaire = du_partenaire.exclude(organisme__type="cnmss")
    personnes = _gardiens(article) | Utilisateur.objects.filter(pk__in=du_partenaire.values("utilisateur"))
    notifier(
        personnes.exclude(pk__in=set(redacteurs)),
        genre=A_RELIRE,
        texte=f"L’article « {titre} » attend une relecture.",
        url=reverse("documentation:suivre", args=[article.slug]),
        cle=f"article-{article.pk}-a-relire-{article.version}",
    )


def annoncer_validite(version: VersionArticle, texte: str, cle: str) -> None:
    """Tell the author, or those who look after what has no author any more."""
    auteur = version.auteur
    personnes = [auteur] if auteur and auteur.is_active else list(_gardiens(version.article))
    notifier(
        personnes,
        genre=VALIDITE,
        texte=texte,
        url=reverse("documentation:suivre", args=[version.article.slug]),
        cle=f"version-article-{version.pk}-{cle}",
    )


def _gardiens(article: Article) -> QuerySet[Utilisateur]:
    en_vigueur = Habilitation.objects.en_vigueur().filter(organisme__type="cnmss", profil__in=GARDIENS)
    return Utilisateur.objects.filter(pk__in=en_vigueur.values("utilisateur")).order_by("pk")
