"""The articles that come with the portal, all of them: the tour opens a few."""

import pytest
from django.urls import resolve

from documentation.articles.fichiers_source import lire_tous
from documentation.rendu import rendre
from dossierunique.ui.typographie import espacer
from tests.html.lecture import PageServie
from tests.html.liens import ancres_perdues, liens
from tests.html.textes import defauts

LUS = "/documentation/articles/"


@pytest.fixture(scope="module")
def articles() -> list[PageServie]:
    """Each as its page shows it."""
    sources = lire_tous()
    connus = {source.slug for source in sources}

    def adresse(slug: str) -> str | None:
        return f"{LUS}{slug}/" if slug in connus else None

    return [
        PageServie(
            "",
            source.slug,
            f"http://portail{LUS}{source.slug}/",
            f"<html lang=fr><body><p>{espacer(source.valeurs['titre'])}<p>{espacer(source.valeurs['resume'])}"
            f"{rendre(source.valeurs['corps'], adresse, str).html}</body></html>",
        )
        for source in sources
    ]


def test_every_article_is_in_good_french(articles):
    assert len(articles) > 50
    trouves = [f"{a.nom} : {defaut}" for a in articles for phrase in a.phrases for defaut in defauts(phrase)]
    assert not trouves, "\n".join(trouves)


def test_every_article_links_to_what_is_there(articles):
    """An address of the portal is one that it knows: who may follow it is told elsewhere."""
    assert not ancres_perdues(articles)
    for article in articles:
        assert "lien-mort" not in article.source, article.nom
        for lien in liens(article):
            resolve(lien.chemin.split("?")[0])
