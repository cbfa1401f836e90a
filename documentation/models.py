"""Gathers the rooms' models, as Django expects."""

from documentation.articles.models import Article, Redaction, Rubrique, VersionArticle
from documentation.articles.suites import AvisArticle, LectureArticle, PieceArticle
from documentation.recherche.models import MotConnu
from documentation.visite.models import VisiteGuidee

__all__ = [
    "Article",
    "AvisArticle",
    "LectureArticle",
    "MotConnu",
    "PieceArticle",
    "Redaction",
    "Rubrique",
    "VersionArticle",
    "VisiteGuidee",
]
