"""Statements prepared once for each connection."""

import pytest
from django.db import DataError, connections, transaction

from dossierunique.preparees import Preparee

pytestmark = pytest.mark.django_db
SQL = "SELECT %(a)s + 1, %(mots)s, '100 %%' WHERE %(a)s > 0"


def requete(suffixe: str) -> Preparee:
    """A statement that this connection has not seen yet."""
    return Preparee(f"{SQL} -- {suffixe}\n", {"a": "int", "mots": "text[]"})


def test_elle_n_est_preparee_qu_une_fois(django_assert_num_queries) -> None:
    essai = requete("une fois")
    with django_assert_num_queries(3) as vues:
        assert essai.ligne(a=1, mots=["d’un % à l’autre"]) == (2, ["d’un % à l’autre"], "100 %")
        assert essai.lignes(a=2, mots=[]) == [(3, [], "100 %")]
        assert essai.ligne(a=0, mots=[]) is None
    assert [requete["sql"].count("PREPARE") for requete in vues.captured_queries] == [1, 0, 0]


def test_un_refus_la_laisse_reprendre() -> None:
    essai = requete("refus")
    with pytest.raises(DataError), transaction.atomic():
        essai.ligne(a="x", mots=[])
    assert essai.ligne(a=1, mots=[]) == (2, [], "100 %")


def test_sans_preparation_elle_dit_la_meme_chose(settings, django_assert_num_queries) -> None:
    settings.REQUETES_PREPAREES = False
    with django_assert_num_queries(1) as vues:
        assert requete("directe").ligne(a=1, mots=["é"]) == (2, ["é"], "100 %")
    assert "PREPARE" not in vues.captured_queries[0]["sql"]


@pytest.mark.django_db(transaction=True)
def test_une_connexion_neuve_la_prepare_de_nouveau() -> None:
    essai = requete("neuve")
    essai.ligne(a=1, mots=[])
    connections["default"].close()
    assert essai.ligne(a=1, mots=[]) == (2, [], "100 %")
