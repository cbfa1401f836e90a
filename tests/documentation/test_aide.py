"""The links to help that the other pages carry: each leads to an article that the portal brings."""

import re
from pathlib import Path

from documentation.articles.fichiers_source import lire_tous

GABARITS = Path(__file__).parents[2] / "templates"
AIDE = re.compile(r'{% aide "([^"]+)"')


def test_every_help_link_names_an_article_of_the_portal():
    citees = {slug for gabarit in GABARITS.rglob("*.html") for slug in AIDE.findall(gabarit.read_text())}
    assert len(citees) >= 5
    assert citees - {source.slug for source in lire_tous()} == set()
