"""What readers leave: an answer on a page, the mark of a news item that was read."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.utils import timezone

from documentation.articles.contenu import GenreArticle
from documentation.articles.models import VersionArticle
from documentation.articles.suites import AvisArticle, LectureArticle
from documentation.policies import versions_lisibles
from dossierunique.erreurs import ActionRefusee
from dossierunique.securite.nir import contient_un_nir
from partners.models import Habilitation


@transaction.atomic
def donner_avis(utilisateur: Any, version: VersionArticle, *, utile: bool, mots: str = "") -> AvisArticle:
    """Say whether a page was useful, once a version; saying it again replaces it."""
    if contient_un_nir(mots):
        raise ActionRefusee("Votre remarque contient ce qui ressemble à un NIR : retirez-le.", "mots")
    return AvisArticle.objects.update_or_create(
        version=version,
        utilisateur=utilisateur,
        defaults={"utile": utile, "mots": mots, "le": timezone.now()},
    )[0]


def marquer_lue(utilisateur: Any, version: VersionArticle) -> None:
    """Remember that this news item was read."""
    if version.genre == GenreArticle.ACTUALITE:
        LectureArticle.objects.bulk_create(
            [LectureArticle(utilisateur_id=utilisateur.pk, version=version)], ignore_conflicts=True
        )


def actualites(habilitation: Habilitation | None, utilisateur: Any, combien: int) -> QuerySet[VersionArticle]:
    """The latest news for this person, each with `lue`; for nobody in particular, nothing is new."""
    lues = LectureArticle.objects.filter(version=OuterRef("pk"), utilisateur=utilisateur.pk)
    lue = Exists(lues) if utilisateur.is_authenticated else Value(True)
    nouvelles = versions_lisibles(habilitation).filter(genre=GenreArticle.ACTUALITE).annotate(lue=lue)
    return nouvelles.order_by("-le", "-pk")[:combien]
