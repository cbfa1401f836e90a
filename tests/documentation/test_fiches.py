"""The sheets to print hold on two pages, as the correspondants' space says, and are read aloud in order."""

import pypdfium2
import pytest

from documentation.articles.contenu import GenreArticle
from documentation.articles.fichiers_source import Source, lire_tous
from documentation.articles.models import Article, Rubrique, VersionArticle
from documentation.articles.page import dessiner, papier

SOURCES = lire_tous()
FICHES = [source for source in SOURCES if source.valeurs["genre"] == GenreArticle.FICHE]


def test_there_are_sheets():
    assert {"fiche-naissance-difficile", "fiche-retour-d-hospitalisation", "fiche-blesse"} <= {
        fiche.slug for fiche in FICHES
    }


@pytest.mark.parametrize("fiche", FICHES, ids=lambda fiche: fiche.slug)
def test_a_sheet_holds_on_two_tagged_pages(fiche: Source):
    version = VersionArticle(
        article=Article(slug=fiche.slug), rubrique=Rubrique(code=fiche.rubrique, nom="Espace correspondant"),
        **fiche.valeurs,
    )  # fmt: skip
    page = dessiner(version, [], {source.slug for source in SOURCES})
    assert page.rendu.morts == []
    with pypdfium2.PdfDocument(
        papier(version, page, f"https://exemple.fr/documentation/{fiche.slug}/")
    ) as pdf:
        assert pdf.is_tagged()
        assert len(pdf) <= 2
