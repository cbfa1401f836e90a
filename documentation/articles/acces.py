"""Fetching what may be read or written, or nothing: unknown and forbidden look the same."""

from uuid import UUID

from django.http import Http404, HttpRequest

from documentation import policies
from documentation.articles.models import Article, VersionArticle
from documentation.articles.suites import PieceArticle
from documentation.policies import versions_lisibles
from partners.habilitations.acces import habilitation_requise

redacteurs_seulement = habilitation_requise(*sorted(policies.REDACTEURS))


def version_lue(request: HttpRequest, slug: str) -> VersionArticle:
    """The published version of this address, if this reader is among those it is for."""
    version = versions_lisibles(request.habilitation).filter(article__slug=slug).first()
    if version is None:
        raise Http404
    return version


def article_suivi(request: HttpRequest, slug: str) -> Article:
    """An article that this habilitation writes or reviews, with its text; or AccesRefuse."""
    article = (
        Article.objects.filter(slug=slug)
        .select_related("organisme", "publiee__rubrique", "redaction__rubrique", "redaction__auteur")
        .first()
    )
    policies.exiger(article is not None and policies.suit(request.habilitation, article), article)
    assert article is not None  # noqa: S101
    return article


def piece_lue(request: HttpRequest, reference: UUID) -> PieceArticle:
    """A file of an article that this person reads, or writes."""
    piece = (
        PieceArticle.objects.filter(reference=reference, retiree_le__isnull=True)
        .select_related(
            "fichier", "article__organisme", "article__publiee__rubrique", "article__redaction__rubrique"
        )
        .first()
    )
    if piece is None:
        raise Http404
    if piece.publiee_le and versions_lisibles(request.habilitation).filter(article=piece.article_id).exists():
        return piece
    if not policies.suit(request.habilitation, piece.article):
        raise Http404
    return piece
