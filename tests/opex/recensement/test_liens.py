"""The tables of the kinds and of the partners, given together: a reader solves the equations that they make."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from opex.recensement.comptage import ARMEE, GENRE, PARTENAIRE, Comptes, Mesure
from opex.recensement.liens import masquer_ensemble
from opex.recensement.suppression import Ligne, masquer, petit
from opex.recensement.tableaux import _grille

NOMBRES = st.one_of(st.integers(1, 6), st.integers(1, 30))
# Most kinds are of one partner; « secours » and « séjour » are of several.
POSTES = st.dictionaries(
    st.sampled_from(
        [("pension", "SDP"), ("indemnisation", "SDP"), ("secours", "ASD"), ("secours", "ONaCVG"), ("prêt", "ASD"),
         ("reconversion", "ONaCVG"), ("capital", "Tégo"), ("rente", "Tégo"), ("aide immédiate", "CABAT")]
    ),
    NOMBRES, min_size=1,
)  # fmt: skip


def sommes(postes, rang: int) -> dict[str, int]:
    """Persons a kind, or a partner: nobody counted twice here."""
    resultat: dict[str, int] = {}
    for cle, nombre in postes.items():
        resultat[cle[rang]] = resultat.get(cle[rang], 0) + nombre
    return resultat


def se_deduit(equations: list[list[int]], voulue: list[int]) -> bool:
    """Whether a sum of unknowns follows from those that are known: it is a combination of them."""
    return _rang([*equations, voulue]) == _rang(equations)


def _rang(lignes: list[list[int]]) -> int:
    matrice, rang = [[Fraction(v) for v in ligne] for ligne in lignes], 0
    for colonne in range(len(lignes[0])):
        pivot = next((i for i in range(rang, len(matrice)) if matrice[i][colonne]), None)
        if pivot is None:
            continue
        matrice[rang], matrice[pivot] = matrice[pivot], matrice[rang]
        for i in range(rang + 1, len(matrice)):
            facteur = matrice[i][colonne] / matrice[rang][colonne]
            matrice[i] = [a - facteur * b for a, b in zip(matrice[i], matrice[rang], strict=True)]
        rang += 1
    return rang


def inconnues(postes, payes, genres: Ligne, partenaires: Ligne):
    """The equations of the published amounts, then the sums that would speak of a handful of people."""
    cles = sorted(payes)
    equations, sensibles = [[1] * len(cles)], []
    for rang, vue in enumerate((genres, partenaires)):
        for nom, nombre in sommes(postes, rang).items():
            ligne = [int(cle[rang] == nom) for cle in cles]
            if vue.montre(nom):
                equations.append(ligne)
            if petit(nombre) and any(ligne):
                sensibles.append(ligne)
    sensibles += [[int(c == cle) for c in cles] for cle in cles if petit(payes[cle])]
    return equations, sensibles


@settings(max_examples=300, deadline=None)
@given(POSTES, st.sets(st.sampled_from(["prêt", "secours"])))
def test_no_amount_of_a_handful_of_people_follows_from_the_two_tables(postes, sans_argent):
    payes = {cle: nombre for cle, nombre in postes.items() if cle[0] not in sans_argent}
    vues = masquer_ensemble(payes, sommes(postes, 0), sommes(postes, 1), sum(postes.values()))
    if not vues[0].publiee:
        return
    for rang, vue in enumerate(vues):
        assert not any(petit(n) for nom, n in sommes(postes, rang).items() if vue.montre(nom))
    if payes:
        equations, sensibles = inconnues(postes, payes, *vues)
        for voulue in sensibles:
            assert not se_deduit(equations, voulue)


def test_hidden_apart_the_two_tables_would_tell():
    """CABAT pays money by one kind only: its total is the amount of that kind, which 3 persons received."""
    postes = {
        ("aide immédiate", "CABAT"): 3,
        ("séjour", "CABAT"): 9,
        ("capital", "Tégo"): 7,
        ("pension", "SDP"): 12,
    }
    payes = {cle: nombre for cle, nombre in postes.items() if cle[0] != "séjour"}
    apart = tuple(masquer(sommes(postes, rang)) for rang in (0, 1))
    equations, sensibles = inconnues(postes, payes, *apart)
    assert any(se_deduit(equations, voulue) for voulue in sensibles)
    ensemble = masquer_ensemble(payes, sommes(postes, 0), sommes(postes, 1), 31)
    assert not ensemble[1].montre("CABAT")
    assert ensemble[1].montre("SDP")


def test_without_small_numbers_nothing_is_hidden():
    postes = {("secours", "ASD"): 8, ("secours", "ONaCVG"): 5, ("capital", "Tégo"): 7}
    vues = masquer_ensemble(postes, sommes(postes, 0), sommes(postes, 1), 20)
    assert [vue.masquees for vue in vues] == [frozenset(), frozenset()]


ARMEES = st.dictionaries(
    st.tuples(
        st.sampled_from(["Terre", "Air", "Marine", "Gendarmerie"]),
        st.sampled_from([("pension", "SDP"), ("secours", "ASD"), ("secours", "ONaCVG"), ("capital", "Tégo")]),
    ).map(lambda c: (c[0], *c[1])),
    NOMBRES, min_size=1,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(ARMEES)
def test_the_crossings_of_kinds_and_of_partners_close_the_same_rows(croises):
    postes: dict[tuple[str, str], int] = {}
    armees: dict[str, int] = {}
    for (armee, genre, partenaire), nombre in croises.items():
        postes[genre, partenaire] = postes.get((genre, partenaire), 0) + nombre
        armees[armee] = armees.get(armee, 0) + nombre
    genres, partenaires = masquer_ensemble(postes, sommes(postes, 0), sommes(postes, 1), sum(armees.values()))
    vues = {"armee": masquer(armees), "genre": genres, "partenaire": partenaires}
    if not all(vue.publiee for vue in vues.values()):
        return
    comptes = Comptes(
        postes={cle: Mesure(n, Decimal(1)) for cle, n in postes.items()},
        postes_croises={cle: Mesure(n, Decimal(1)) for cle, n in croises.items()},
    )
    grilles = [_grille(comptes, (ARMEE, autre), vues) for autre in (GENRE, PARTENAIRE)]
    assert grilles[0].fermees == grilles[1].fermees
    for (armee, _, _), nombre in croises.items():
        if vues["armee"].montre(armee) and armee not in grilles[0].fermees:
            assert not petit(nombre)
