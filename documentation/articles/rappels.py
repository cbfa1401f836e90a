"""A text has a term: its author is told some days before, and the day after."""

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from documentation.articles.annonces import annoncer_validite
from documentation.articles.models import VersionArticle
from dossierunique.ui.formats import jour


def rappeler() -> int:
    """Tell of each published article whose term comes, or has just passed: once each; how many were told of."""
    aujourdhui = timezone.localdate()
    limite = aujourdhui + timedelta(days=settings.ARTICLE_RAPPEL_JOURS)
    bientot = list(_finissant().filter(valable_jusqu_au__range=(aujourdhui, limite)))
    passes = list(
        _finissant().filter(
            valable_jusqu_au__range=(aujourdhui - timedelta(days=30), aujourdhui - timedelta(days=1))
        )
    )
    for version in bientot:
        fin = jour(version.valable_jusqu_au)
        annoncer_validite(
            version, f"L’article « {version.titre} » n’est valable que jusqu’au {fin}.", "avant"
        )
    for version in passes:
        fin = jour(version.valable_jusqu_au)
        annoncer_validite(
            version,
            f"L’article « {version.titre} » n’est plus valable depuis le {fin} : relisez-le.",
            "apres",
        )
    return len(bientot) + len(passes)


def _finissant() -> QuerySet[VersionArticle]:
    return (
        VersionArticle.objects.filter(en_ligne__isnull=False, valable_jusqu_au__isnull=False)
        .select_related("article", "auteur")
        .defer("corps", "texte", "recherche")
        .order_by("pk")
    )
