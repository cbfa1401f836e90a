"""Telling the author what became of her text. Titles go out by e-mail: they name no one."""

from collections.abc import Iterable

from django.urls import reverse

from documentation.articles.models import Article, VersionArticle
from documentation.policies import GARDIENS
from dossierunique.notifications import genres
from dossierunique.notifications.centre import notifier
from partners.comptes.models import Utilisateur
from partners.habilitations.models import Habilitation

RELECTURE, VALIDITE = "documentation_relecture", "documentation_validite"
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


def _gardiens(article: Article) -> Iterable[Utilisateur]:
    en_vigueur = Habilitation.objects.en_vigueur().filter(organisme__type="cnmss", profil__in=GARDIENS)
    return Utilisateur.objects.filter(pk__in=en_vigueur.values("utilisateur")).order_by("pk")
