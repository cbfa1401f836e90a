"""The NIR: every valid one is read, every single-digit change is refused, each fault is named."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fr import nir as stdnum_nir

from dossiers.assures.nir import NirInvalide, espacer, incoherences, lire, masquer
from tests.fabriques import nir_valide

VALIDES = [
    "284058832102532", "284052A32102552", "284052B32102579", "255081416802538", "185108312345634", "192059741100169",
]  # fmt: skip
MOIS = [*range(1, 13), *range(20, 43), *range(50, 100)]
DEPARTEMENTS = [f"{d:02d}" for d in range(1, 96)] + ["2A", "2B", "97", "98", "99"]

nirs = st.builds(
    lambda premier, annee, mois, departement, commune, ordre: _avec_cle(
        f"{premier}{annee:02d}{mois:02d}{departement}{commune:03d}{ordre:03d}"
    ),
    st.sampled_from("123478"),
    st.integers(0, 99),
    st.sampled_from(MOIS),
    st.sampled_from(DEPARTEMENTS),
    st.integers(1, 990),
    st.integers(1, 999),
)


def _avec_cle(corps: str) -> str:
    return corps + stdnum_nir.calc_check_digits(corps)


@pytest.mark.parametrize("numero", VALIDES)
def test_exemples_valides(numero):
    assert lire(numero).valeur == numero


@given(nirs)
def test_tout_nir_valide_est_lu(numero):
    lu = lire(numero)
    assert lu.valeur == numero
    assert lu.provisoire == (numero[0] in "3478")
    assert lu.sexe == ("H" if numero[0] in "137" else "F")


@given(nirs, st.data())
def test_un_seul_chiffre_change_est_refuse(numero, donnees):
    place = donnees.draw(st.sampled_from([i for i in range(15) if numero[i].isdigit()]))
    autre = donnees.draw(st.sampled_from([c for c in "0123456789" if c != numero[place]]))
    with pytest.raises(NirInvalide):
        lire(numero[:place] + autre + numero[place + 1 :])


@given(nirs, st.sampled_from([" ", ".", "-", "\u00a0", "\u202f"]))
def test_les_separateurs_ne_comptent_pas(numero, separateur):
    assert lire(separateur.join(numero)).valeur == numero


@pytest.mark.parametrize("departement", ["2A", "2B"])
def test_corse_en_minuscules(departement):
    numero = nir_valide("F", 84, 5, departement, 12)
    assert lire(numero.lower()).valeur == numero


def test_les_deux_cles_de_la_corse_different():
    a, b = nir_valide("F", 84, 5, "2A", 12), nir_valide("F", 84, 5, "2B", 12)
    with pytest.raises(NirInvalide, match="clé"):
        lire(a[:6] + "B" + a[7:])
    assert a[13:] != b[13:]


@pytest.mark.parametrize(
    ("saisie", "message"),
    [
        ("", "15 caractères"),
        ("2840588321025", "manque sans doute la clé"),
        ("28405883210253", "vous en avez saisi 14"),
        ("2840588321025321", "vous en avez saisi 16"),
        ("2840588X2102532", "que des chiffres"),
        ("28405A832102532", "positions 6 et 7"),
        ("2A4058832102532", "positions 6 et 7"),
        ("584058832102532", "premier chiffre"),
        ("084058832102532", "premier chiffre"),
        ("284138832102532", "mois de naissance"),
        ("284008832102532", "mois de naissance"),
        ("284438832102532", "mois de naissance"),
        ("284050032102532", "département"),
        ("284059632102532", "département"),
        ("284058832102533", "clé"),
        ("٢84058832102532", "que des chiffres"),
    ],
)
def test_chaque_faute_est_nommee(saisie, message):
    with pytest.raises(NirInvalide, match=message):
        lire(saisie)


@pytest.mark.parametrize("mois", [20, 42, 50, 99])
def test_mois_inconnu(mois):
    nir = lire(nir_valide("H", 70, mois))
    assert nir.mois is None
    assert incoherences(nir, naissance=date(1970, 3, 1)) == {}


def test_incoherences_avec_l_identite():
    nir = lire("284058832102532")
    assert incoherences(nir, sexe="F", naissance=date(1984, 5, 14)) == {}
    assert set(incoherences(nir, sexe="H", naissance=date(1985, 5, 14))) == {"sexe", "date_naissance"}
    assert "mois 05" in incoherences(nir, naissance=date(1984, 6, 14))["date_naissance"]


def test_une_centenaire_est_coherente():
    assert incoherences(lire(nir_valide("F", 20, 5)), naissance=date(1920, 5, 1)) == {}


@given(nirs)
def test_le_masque_ne_montre_que_sexe_annee_mois(numero):
    nir = lire(numero)
    assert masquer(numero).startswith(f"{numero[0]} {numero[1:3]} {numero[3:5]} ")
    assert numero[5:] not in masquer(numero).replace(" ", "")
    assert numero not in repr(nir)
    assert espacer(numero).replace("\u00a0", "") == numero
