"""What leaves for a spreadsheet is text, and opens in French ones."""

import csv
from decimal import Decimal
from io import StringIO

import pytest

from dossierunique.tableurs import en_csv, inerte


@pytest.mark.parametrize("debut", "=+-@\t\r\n")
def test_what_starts_a_formula_is_made_inert(debut):
    texte = f"{debut}SUM(A1)"
    assert inerte(texte) == f"'{texte}"
    # In the file too, whether the caller has thought of it or not.
    lu = csv.reader(StringIO(en_csv([(texte,)]).decode("utf-8-sig"), newline=""), delimiter=";")
    assert next(lu) == [f"'{texte}"]


@pytest.mark.parametrize("texte", ["Sahel", "Ligne 3", "–"])
def test_other_texts_stay_as_they_are(texte):
    assert inerte(texte) == texte


def test_a_csv_for_french_spreadsheets():
    octets = en_csv([("Théâtre", "Montant"), ("Sahel", Decimal("1600.50")), ("Levant", 3)])
    assert octets.startswith(b"\xef\xbb\xbf")
    assert octets.decode("utf-8-sig").splitlines() == ["Théâtre;Montant", "Sahel;1600,50", "Levant;3"]
