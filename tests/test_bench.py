"""The bench can be run again: it fills a base of the schema of today, which nothing else would tell."""

import psycopg2
import pytest
from django.conf import settings

from bench import bases
from bench.services import Adresses
from dossierunique.embarque import lieux
from tests import modele

NOMBRE = 40


@pytest.fixture
def adresses():
    if not settings.SERVICES_A_DEMARRER:
        pytest.skip("makes a database of its own, on the session's own server")
    adresses = Adresses(modele.url(lieux.APPLICATION), modele.url(lieux.PROPRIETAIRE), lieux.lieu().url_redis)
    yield adresses
    bases.detruire(adresses, [bases.nom("portail", NOMBRE)])


def test_the_bench_fills_the_schema_of_today(adresses, django_db_setup, tmp_path, monkeypatch):
    monkeypatch.setattr(bases, "MODELE", modele.NOM)
    with modele.a_copier():
        bases.preparer_portail(adresses, NOMBRE, tmp_path)
    base = adresses.base("proprietaire", bases.nom("portail", NOMBRE))
    connexion = psycopg2.connect(base)
    try:
        with connexion.cursor() as curseur:
            curseur.execute("SELECT count(*) FROM dossiers_dossier WHERE cardinality(lecteurs) > 0")
            assert curseur.fetchone() == (NOMBRE,)
    finally:
        connexion.close()
