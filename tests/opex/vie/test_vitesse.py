"""The life of a dossier costs the same with twenty facts and with two thousand."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.opex.fabriques import dossier_opex
from tests.opex.vie import faits

pytestmark = pytest.mark.django_db


def lire(client, dossier, suite: str) -> tuple[list[str], str]:
    """The statements of a page, and the page."""
    adresse = reverse("vie:page", args=[dossier.numero]) + suite
    with CaptureQueriesContext(connection) as requetes:
        reponse = client.get(adresse)
    assert reponse.status_code == 200
    return [requete["sql"] for requete in requetes], reponse.content.decode()


def suivante(html: str) -> str:
    trouvees = re.findall(r'rel="next" href="([^"]+)"', html)
    return unescape(trouvees[0]) if trouvees else ""


@pytest.fixture
def courte(correspondant, gestionnaire):
    """A life of some twenty facts."""
    dossier = dossier_opex(correspondant, endormi=False)
    faits.en_nombre(dossier, gestionnaire, 16)
    return dossier


@pytest.fixture
def longue(correspondant, gestionnaire):
    """A life of two thousand."""
    dossier = dossier_opex(correspondant, endormi=False)
    faits.en_nombre(dossier, gestionnaire, 2000)
    return dossier


@pytest.mark.parametrize("suite", ["", "?fait=aides", "?du=2010-01-01&au=2026-12-31"])
def test_autant_de_requetes_pour_vingt_que_pour_deux_mille(connexion, uneo, courte, longue, suite):
    client = connexion(uneo)
    for dossier in (courte, longue):
        lire(client, dossier, suite)
    (peu, _), (beaucoup, html) = lire(client, courte, suite), lire(client, longue, suite)
    assert html.count('class="fait"') == 50
    assert len(beaucoup) == len(peu) <= 26


def test_la_page_du_milieu_marche_dans_l_index(connexion, uneo, courte, longue):
    client = connexion(uneo)
    peu, _ = lire(client, courte, "")
    suite = ""
    for _ in range(20):
        requetes, html = lire(client, longue, suite)
        suite = suivante(html)
    assert html.count('class="fait"') == 50 and suite
    assert len(requetes) <= len(peu)
    assert not any(re.search(r"\bOFFSET [1-9]", sql) for sql in requetes)
    [page] = [sql for sql in requetes if 'FROM "dossiers_evenement"' in sql and "LIMIT 51" in sql]
    assert '("dossiers_evenement"."jour", "dossiers_evenement"."id") <' in page
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL enable_seqscan = off")
        curseur.execute(f"EXPLAIN {page}")
        plan = "\n".join(ligne for (ligne,) in curseur.fetchall())
    assert "evenement_vie" in plan and "Index Cond: ((dossier_id = " in plan and "ROW(jour, id) <" in plan
