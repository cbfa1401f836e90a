"""The words of the screens: what they open on, where they come from, and that each of them is in the glossary."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from documentation import glossaire
from documentation.rendu import definitions, rendre
from documentation.visite.parcours import PARCOURS
from tests.documentation.fabriques import mots_du_portail, publie

GABARITS = Path(__file__).parents[2] / "templates"
TERME = re.compile(r'{% terme "([^"]+)"')
DANS = re.compile(r"<(a|button|label|summary|option)\b[^>]*>(?:(?!</\1>).)*{% terme ", re.S)
TABLE = """| Mot | Définition |
|---|---|
| **Prêt** | Un dossier confié. |
| **Accès d’urgence, ou bris de glace** | Une lecture |
"""


def montrer(gabarit, request=None):
    return Template(gabarit).render(Context({"request": request} if request else {}))


@pytest.fixture
def request_():
    return RequestFactory().get("/")


class TestEveryWord:
    def test_is_in_the_glossary_of_the_portal(self):
        cites = {mot for gabarit in GABARITS.rglob("*.html") for mot in TERME.findall(gabarit.read_text())}
        cites |= {mot for etapes in PARCOURS.values() for etape in etapes for mot in etape.mots}
        assert len(cites) >= 25
        inconnus = {mot for mot in cites if glossaire._cle(mot) not in mots_du_portail()}
        assert inconnus == set()

    def test_is_in_no_link_nor_button(self):
        assert [g.name for g in GABARITS.rglob("*.html") if DANS.search(g.read_text())] == []


class TestTheTag:
    def test_opens_on_the_definition_without_script(self, request_):
        html = montrer('{% terme "bris de glace" "accès d’urgence" %}', request_)
        ancre = "terme-acces-d-urgence-ou-bris-de-glace"
        assert f'<button class="terme" type="button" popovertarget="bulle-{ancre}"' in html
        assert ">accès d’urgence</button>" in html
        assert f'id="bulle-{ancre}" popover><b>Accès d’urgence, ou bris de glace</b>' in html
        assert f'href="{reverse("documentation:lire", args=["glossaire"])}#{ancre}"' in html

    def test_once_a_page(self, request_):
        html = montrer('{% terme "prêt" %} {% terme "prêt" "prêts" %}', request_)
        assert html.count("popover>") == 1
        assert html.endswith(" prêts")

    def test_is_the_word_alone_when_unknown_and_on_paper(self, request_):
        assert montrer('{% terme "zeugme" %}', request_) == "zeugme"
        assert montrer('{% terme "prêt" %}') == "prêt"


class TestTheArticle:
    def test_gives_each_row_an_anchor_that_nothing_else_takes(self):
        html = rendre(TABLE + "\n## Terme prêt\n", {}.get, {}.get).html
        assert '<tr id="terme-pret">\n<td><strong>Prêt</strong>' in html
        assert 'id="s-terme-pret"' in html
        assert 'id="terme-' not in rendre(TABLE.replace("Mot", "Qui"), {}.get, {}.get).html

    def test_a_word_written_twice_has_two_anchors(self):
        deux = list(definitions(TABLE + "\n" + TABLE))
        assert [ancre for _, _, ancre in deux].count("terme-pret") == 1
        assert deux[2][2] == "terme-pret-2"

    def test_anchors_of_screens_and_of_the_article_agree(self):
        html = rendre(TABLE, {}.get, {}.get).html
        for trouvee in glossaire.lire(TABLE).values():
            assert f'<tr id="{trouvee.cle}">' in html


class TestReading:
    """What `_lues` does, which the other tests do without."""

    @pytest.fixture(autouse=True)
    def vraie_lecture(self, monkeypatch, db):
        monkeypatch.undo()
        glossaire._lues.cache_clear()
        yield
        glossaire._lues.cache_clear()

    @pytest.fixture
    def a_la_minute(self, monkeypatch):
        def aller(minute):
            monkeypatch.setattr(glossaire.time, "monotonic", lambda: minute * glossaire.SECONDES + 1)

        return aller

    def test_a_new_version_is_shown_within_the_minute_and_pages_ask_nothing(
        self, a_la_minute, django_assert_num_queries
    ):
        a_la_minute(1)
        assert glossaire.definition("prêt") is None
        publie(titre="Glossaire", corps=TABLE, public=True)
        assert glossaire.definition("prêt") is None
        a_la_minute(2)
        with django_assert_num_queries(1):
            assert glossaire.definition("prêt").texte == "Un dossier confié"
            assert glossaire.definition("bris de glace").texte == "Une lecture"

    def test_what_is_not_public_is_not_shown(self, a_la_minute):
        a_la_minute(1)
        publie(titre="Glossaire", corps=TABLE)
        assert glossaire.definition("prêt") is None


@pytest.mark.django_db
def test_somebody_who_is_not_signed_in_reads_a_word(client):
    page = client.get("/").content.decode()
    assert 'popovertarget="bulle-terme-correspondant-d-unite"' in page
