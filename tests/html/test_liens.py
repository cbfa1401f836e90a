"""Links are found as a browser would follow them, and those that stand for others are chosen."""

from tests.html.liens import a_demander, ancres_perdues, liens
from tests.html.test_textes import page

CORPS = """
<a href="/dossiers/DU-1/">un</a><a href="/dossiers/DU-2/">deux</a><a href="/dossiers/DU-2/?du=2020#bas">trois</a>
<a href="#ici">ici</a><a href="?q=2">suite</a><a href="mailto:a@b.example">a</a><a href="https://ailleurs.example/">b</a>
<form method="post" action="/agir/"><button formaction="/agir/encore/">Agir</button><a href="/aide/">aide</a></form>
<form action="/recherche/"><input name="q"></form><p id="ici"></p>
"""


def test_what_a_get_asks_for_is_a_link_and_a_post_is_not():
    chemins = [lien.chemin for lien in liens(page(CORPS))]
    assert chemins == [
        "/dossiers/DU-1/", "/dossiers/DU-2/", "/dossiers/DU-2/?du=2020", "/essai/?q=1", "/essai/?q=2", "/aide/",
        "/recherche/",
    ]  # fmt: skip


def test_one_link_of_each_kind_is_asked_for():
    (demandes,) = a_demander([page(CORPS)]).values()
    assert [lien.chemin for lien in demandes] == [
        "/dossiers/DU-1/", "/dossiers/DU-2/?du=2020", "/essai/?q=2", "/aide/", "/recherche/",
    ]  # fmt: skip


def test_an_anchor_that_names_nothing_is_lost():
    assert not ancres_perdues([page(CORPS)])
    assert ancres_perdues([page('<a href="#perdue">x</a>')]) == ["uneo/essai : /essai/?q=1#perdue"]
