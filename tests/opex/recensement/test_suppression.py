"""What is published of a table never tells of a handful of people: a reader adds and subtracts everything."""

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opex.recensement.suppression import SEUIL, Grille, Ligne, croiser, masquer, petit
from tests.opex.recensement.attaque import Flot

PETITS_NOMBRES = st.one_of(st.integers(0, 6), st.integers(0, 6), st.integers(0, 40))
TABLES = st.dictionaries(st.sampled_from("abcdefgh"), PETITS_NOMBRES, max_size=8)
CROISEMENTS = st.lists(
    st.lists(PETITS_NOMBRES, min_size=5, max_size=5), min_size=1, max_size=5
).map(
    lambda lignes: {
        (f"l{i}", f"c{j}"): nombre for i, ligne in enumerate(lignes) for j, nombre in enumerate(ligne)
    }
)  # fmt: skip


def marges(cellules) -> tuple[dict[str, int], dict[str, int]]:
    lignes, colonnes = defaultdict(int), defaultdict(int)
    for (ligne, colonne), nombre in cellules.items():
        lignes[ligne] += nombre
        colonnes[colonne] += nombre
    return dict(lignes), dict(colonnes)


@settings(max_examples=400, deadline=None)
@given(TABLES)
def test_one_dimension_no_small_number_is_shown_nor_found(nombres):
    vue = masquer(nombres)
    total = sum(nombres.values())
    if not vue.publiee:
        return
    assert not petit(total)
    montres = {cle: nombre for cle, nombre in nombres.items() if vue.montre(cle)}
    assert not any(map(petit, montres.values()))
    # What is hidden is known to be at least 1, for a zero is shown, and to come to the rest of the total.
    caches, reste = vue.masquees, total - sum(montres.values())
    for _ in caches:
        assert reste - (len(caches) - 1) >= SEUIL


@settings(max_examples=400, deadline=None)
@given(CROISEMENTS)
def test_two_dimensions_every_hidden_number_may_be_large(cellules):
    lignes, colonnes = marges(cellules)
    vue = croiser(cellules, masquer(lignes), masquer(colonnes))
    if not vue.publiee:
        return
    montrees = {cle: nombre for cle, nombre in cellules.items() if vue.montre(*cle)}
    assert not any(map(petit, montrees.values()))
    for ligne, colonne in cellules:
        if not vue.montre(ligne, colonne) and cellules[ligne, colonne]:
            assert peut_etre_grand(cellules, vue, ligne, colonne), (ligne, colonne, vue)


def peut_etre_grand(cellules, vue: Grille, ligne: str, colonne: str) -> bool:
    """Whether some table that agrees with all that is published has SEUIL or more in this cell.

    Units flow from the total to the rows, to the columns, and back to the total: what is published fixes edges.
    """
    lignes, colonnes = marges(cellules)
    flot = Flot()
    _marges(flot, lignes, vue.lignes, "source", "groupe-l", lambda cle: ("l", cle), False)
    _marges(flot, colonnes, vue.colonnes, "puits", "groupe-c", lambda cle: ("c", cle), True)
    for (i, j), nombre in cellules.items():
        bas, haut = (nombre, nombre) if vue.montre(i, j) else (0, sum(lignes.values()))
        if (i, j) == (ligne, colonne):
            bas = max(bas, SEUIL)
        flot.relier(("l", i), ("c", j), bas, haut)
    return flot.possible("source", "puits")


def _marges(flot, nombres, vue: Ligne, bout, groupe, noeud, vers_le_bout) -> None:
    """Margins shown are exact; of those hidden, only the sum is known, and that each one is at least 1."""
    somme = sum(nombre for cle, nombre in nombres.items() if not vue.montre(cle))
    relier = (lambda a, b, *k: flot.relier(b, a, *k)) if vers_le_bout else flot.relier
    relier(bout, groupe, somme, somme)
    for cle, nombre in nombres.items():
        if vue.montre(cle):
            relier(bout, noeud(cle), nombre, nombre)
        else:
            relier(groupe, noeud(cle), 1, somme)


@pytest.mark.parametrize(
    ("nombres", "masquees"),
    [
        ({"a": 12, "b": 5, "c": 0}, set()),
        ({}, set()),
        # alone, it would be the total less the others
        ({"a": 3, "b": 9, "c": 20}, {"a", "b"}),
        # 4 and 1 come to 5, but then neither can be 5
        ({"a": 4, "b": 1, "c": 8, "d": 30}, {"a", "b", "c"}),
        ({"a": 4, "b": 4, "c": 30}, {"a", "b"}),
        # zeros protect nothing
        ({"a": 2, "b": 0, "c": 7, "d": 9}, {"a", "c"}),
    ],
)
def test_one_dimension_by_hand(nombres, masquees):
    vue = masquer(nombres)
    assert (vue.publiee, vue.masquees) == (True, masquees)


@pytest.mark.parametrize("nombres", [{"a": 3}, {"a": 1, "b": 2}, {"a": 2, "b": 2, "c": 2}, {"a": 4, "b": 1}])
def test_too_few_people_for_a_table(nombres):
    assert not masquer(nombres).publiee


def test_a_total_of_persons_counted_once_may_be_too_small_by_itself():
    assert not masquer({"a": 4, "b": 4}, total=4).publiee
    assert masquer({"a": 5, "b": 5}, total=5).publiee


def test_two_dimensions_by_hand():
    cellules = {
        ("2013", "Terre"): 10, ("2013", "Air"): 6,
        ("2014", "Terre"): 12, ("2014", "Air"): 3,
        ("2015", "Terre"): 20, ("2015", "Air"): 9,
    }  # fmt: skip
    lignes, colonnes = marges(cellules)
    vue = croiser(cellules, masquer(lignes), masquer(colonnes))
    # 2014 alone would be worked out; 2015 is the largest and stays
    assert vue.fermees == {"2013", "2014"}
    assert vue.montre("2015", "Air")
    assert not vue.montre("2013", "Terre")


def test_a_table_without_small_cells_is_whole():
    cellules = {("a", "x"): 5, ("a", "y"): 0, ("b", "x"): 7, ("b", "y"): 11}
    lignes, colonnes = marges(cellules)
    assert croiser(cellules, masquer(lignes), masquer(colonnes)).fermees == frozenset()


def test_a_margin_hidden_in_one_dimension_stays_hidden():
    cellules = {("a", "x"): 3, ("b", "x"): 8, ("c", "x"): 30, ("a", "y"): 0, ("b", "y"): 0, ("c", "y"): 12}
    lignes, colonnes = marges(cellules)
    vue = croiser(cellules, masquer(lignes), masquer(colonnes))
    assert vue.lignes.masquees == {"a", "b"}
    assert not vue.montre("b", "x")


def test_a_column_hidden_in_one_dimension_does_not_show_through_its_row():
    # Columns y (3) and z (5) are hidden together; row b leaves 2 to them: it is closed, and another one with it.
    cellules = {
        ("a", "x"): 9, ("a", "y"): 1, ("a", "z"): 5, ("b", "x"): 8, ("b", "y"): 2, ("b", "z"): 0,
        ("c", "x"): 40, ("c", "y"): 0, ("c", "z"): 0,
    }  # fmt: skip
    lignes, colonnes = marges(cellules)
    vue = croiser(cellules, masquer(lignes), masquer(colonnes))
    assert vue.colonnes.masquees == {"y", "z"}
    assert vue.fermees == {"a", "b"}
    assert vue.montre("c", "x")


def test_the_attacker_of_these_tests_finds_what_is_badly_hidden():
    cellules = {("a", "x"): 3, ("a", "y"): 9, ("b", "x"): 8, ("b", "y"): 9}
    ouverte = Ligne(publiee=True)
    mal = Grille(ouverte, ouverte, frozenset({"a"}))
    assert not peut_etre_grand(cellules, mal, "a", "x")
    assert peut_etre_grand(cellules, Grille(ouverte, ouverte, frozenset({"a", "b"})), "a", "x")
