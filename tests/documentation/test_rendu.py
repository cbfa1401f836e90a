"""The renderer: headings, tables and links as we want them, nothing that acts."""

import pytest

from documentation.rendu import articles_cites, en_texte, rendre


def html(corps, **connus):
    return str(rendre(corps, connus.get, connus.get).html)


def test_headings_have_anchors_and_make_a_table_of_contents():
    rendu = rendre("# Un\n\n## Deux\n\n### Deux\n\n###### Fin\n", {}.get, {}.get)
    assert '<h2 id="s-un">Un</h2>' in rendu.html
    assert '<h3 id="s-deux-2">Deux</h3>' in rendu.html
    assert "<h4" in rendu.html
    assert rendu.sommaire == [(2, "s-un", "Un"), (2, "s-deux", "Deux"), (3, "s-deux-2", "Deux")]
    assert rendre("## Un\n\n## Deux\n", {}.get, {}.get).sommaire == []


def test_links_to_articles_live_or_are_flagged():
    rendu = rendre("[ici](article:un#s-a) [là](article:deux)", {"un": "/d/un/"}.get, {}.get)
    assert '<a href="/d/un/#s-a">ici</a>' in rendu.html
    assert '<span class="lien-mort">là</span>' in rendu.html
    assert rendu.morts == ["article:deux"]
    assert articles_cites("[ici](article:un) et [encore](article:un)") == ["un"]


def test_pictures_are_the_article_s_own():
    rendu = rendre(
        "![plan](image:plan) ![espion](https://ailleurs.example/x.png)", {}.get, {"plan": "/d/i/1/"}.get
    )
    assert '<img src="/d/i/1/" alt="plan"' in rendu.html
    assert "ailleurs" not in rendu.html
    assert rendu.morts == ["https://ailleurs.example/x.png"]


def test_a_table_is_read_on_a_phone_and_by_ears():
    page = html("| Qui | Combien |\n|---|--:|\n| la mutuelle | 3 |\n")
    assert '<div class="tableau"><table>' in page
    assert '<th scope="col">Qui</th>' in page
    assert 'data-titre="Combien"' in page
    assert "style" not in page


@pytest.mark.parametrize(
    "corps",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "[x](//ailleurs.example)",
        "![x](data:image/svg+xml;base64,AAAA)",
        "<img src=x onerror=alert(1)>",
        '[x](https://exemple.fr "a" onclick=alert(1))',
    ],
)
def test_nothing_acts(corps):
    page = html(corps).lower()
    for mauvais in (
        "<script",
        'href="javascript',
        'href="data',
        'src="data',
        'href="//',
        "<img",
        " onclick=alert(1)>",
    ):
        assert mauvais not in page


def test_other_sites_are_marked_and_the_words_are_french():
    page = html("[Légifrance](https://www.legifrance.gouv.fr/) : l'avis ?")
    assert 'rel="noopener external"' in page
    assert "&nbsp;: l’avis\u202f?" in page.replace("\u00a0", "&nbsp;")


def test_the_words_alone():
    assert (
        en_texte("## Titre\n\nUn **mot** [ici](article:x).\n\n- un\n- deux\n")
        == "Titre\nUn mot ici.\nun\ndeux"
    )
