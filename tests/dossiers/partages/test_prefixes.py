"""Prefixes of names: the same answer as LIKE, by an index, under the second lock."""

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from dossiers.partages.models import Partage
from dossiers.partages.prefixes import _suivant, debute_par
from partners.habilitations.identite import agir_pour
from tests import fabriques

texte = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\U0010ffff"), min_size=1)


@given(texte, st.text(st.characters(exclude_categories=["Cs"])))
def test_the_bound_is_above_all_that_begin_so(debut, suite):
    borne = _suivant(debut).encode()
    assert debut.encode() <= (debut + suite).encode() < borne


@given(texte, texte)
def test_nothing_else_lies_between(debut, autre):
    entre = debut.encode() <= autre.encode() < _suivant(debut).encode()
    assert entre is autre.startswith(debut)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("debut", "trouve"), [("o'neil", True), ("o'", True), ("neil", False), ("o%", False)]
)
def test_a_name_is_found_by_its_beginning(gestionnaire, debut, trouve):
    fabriques.dossier(nom_naissance="O'Neil-Fictif")
    with agir_pour(gestionnaire):
        visibles = Partage.objects.visibles_par(gestionnaire).filter(debute_par("nom_tri", debut))
        assert visibles.exists() is trouve


@pytest.mark.django_db
def test_the_policy_lets_the_index_answer_first():
    """Operators of the index's own family, and leakproof: what the planner asks of a condition under a policy."""
    with connections["default"].cursor() as curseur:
        curseur.execute(
            "SELECT count(*), bool_and(p.proleakproof) FROM pg_operator o JOIN pg_proc p ON p.oid = o.oprcode "
            "JOIN pg_amop a ON a.amopopr = o.oid JOIN pg_opclass c ON c.opcfamily = a.amopfamily "
            "WHERE o.oprname IN ('~>=~', '~<~') AND c.opcname = 'text_pattern_ops'"
        )
        assert curseur.fetchone() == (2, True)
    requete = str(Partage.objects.filter(debute_par("nom_tri", "mart")).query)
    assert '"nom_tri" ~>=~ mart' in requete
    assert '"nom_tri" ~<~ maru' in requete
