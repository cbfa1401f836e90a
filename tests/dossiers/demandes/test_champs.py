"""Amounts as people type them."""

from decimal import Decimal

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from dossiers.demandes.champs import ChampEuros, SaisieEuros
from dossierunique.ui.formats import euros


@pytest.mark.parametrize(
    ("saisie", "montant"),
    [
        ("1 234,56", "1234.56"), ("1234.56", "1234.56"), ("1\u202f234,56\u00a0€", "1234.56"), ("12", "12"),
        ("1,234.56", "1234.56"), ("0", "0"), (",5", "0.5"), (" 12,3 ", "12.3"), ("99 999 999,99", "99999999.99"),
    ],
)  # fmt: skip
def test_un_montant_se_lit(saisie, montant):
    assert ChampEuros().clean(saisie) == Decimal(montant)


@pytest.mark.parametrize(
    "saisie", ["douze", "-3", "1e3", "12,345", "1,2,3", "100000000", ".", "€", "NaN", "Infinity", "١٢"]
)
def test_un_montant_illisible_est_refuse(saisie):
    with pytest.raises(forms.ValidationError):
        ChampEuros().clean(saisie)


@given(st.decimals(min_value=0, max_value=Decimal("99999999.99"), places=2))
def test_ce_que_le_portail_ecrit_se_relit(montant):
    assert ChampEuros().clean(euros(montant)) == montant
    assert ChampEuros().clean(SaisieEuros().format_value(montant)) == montant


def test_vide_et_facultatif():
    assert ChampEuros(required=False).clean("") is None
