"""Amounts, dates and sizes as French people write them."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine

from dossierunique.ui import formats

PARIS = ZoneInfo("Europe/Paris")


def lisible(texte: str) -> str:
    """No-break spaces shown as `~`, to see them in the expected values."""
    return texte.replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [
        (Decimal("1234.56"), "1~234,56~€"),
        (1234567, "1~234~567,00~€"),
        ("0.005", "0,01~€"),
        (Decimal("-12.5"), "-12,50~€"),
        (0, "0,00~€"),
        (None, "–"),
        ("", "–"),
        ("abc", "–"),
    ],
)
def test_euros(valeur, attendu) -> None:
    assert lisible(formats.euros(valeur)) == attendu


def test_jour() -> None:
    assert lisible(formats.jour(date(2026, 11, 22))) == "22~novembre~2026"
    assert lisible(formats.jour(date(2026, 2, 1))) == "1er~février~2026"
    assert formats.jour(None) == "–"


@time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=PARIS), tick=False)
@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [
        (datetime(2026, 11, 22, 9, 12, tzinfo=PARIS), "aujourd’hui, 9~h~12"),
        (datetime(2026, 11, 21, 17, 40, tzinfo=PARIS), "hier, 17~h~40"),
        (datetime(2026, 11, 12, 10, 2, tzinfo=PARIS), "12~nov., 10~h~02"),
        (datetime(2025, 11, 12, 10, 2, tzinfo=PARIS), "12~nov.~2025, 10~h~02"),
        # 23 h 30 UTC is already tomorrow in Paris.
        (datetime(2026, 11, 21, 23, 30, tzinfo=ZoneInfo("UTC")), "aujourd’hui, 0~h~30"),
    ],
)
def test_moment(valeur, attendu) -> None:
    assert lisible(formats.moment(valeur)) == attendu


def test_nir_masque() -> None:
    assert lisible(formats.nir_masque("284058832102532")) == "2~84~05~••~•••~•••~••"
    assert formats.nir_masque("") == "" == formats.nir_masque(None)


@pytest.mark.parametrize("nir", ["284058832102532", "284052A32102552", "185108312345634"])
def test_nir_masque_ne_laisse_rien_du_lieu_ni_du_rang(nir) -> None:
    chiffres = [c for c in formats.nir_masque(nir) if c.isalnum()]
    assert "".join(chiffres) == nir[:5]


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [
        (0, "0~octet"),
        (999, "999~octets"),
        (240_000, "240~Ko"),
        (999_600, "1~Mo"),
        (1_234_567, "1,2~Mo"),
        (3 * 10**9, "3~Go"),
    ],
)
def test_octets(valeur, attendu) -> None:
    assert lisible(formats.octets(valeur)) == attendu


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [(0, "0~pièce"), (1, "1~pièce"), (2, "2~pièces"), ([1, 2, 3], "3~pièces"), (1200, "1~200~pièces")],
)
def test_pluriel(valeur, attendu) -> None:
    assert lisible(formats.pluriel(valeur, "pièce,pièces")) == attendu


def test_pluriel_irregulier() -> None:
    assert lisible(formats.pluriel(2, "journal,journaux")) == "2~journaux"
    assert lisible(formats.pluriel(2, "aide")) == "2~aides"


def test_html_reads_no_finer_than_the_second():
    assert formats.instant(datetime(2026, 3, 1, 12, 5, 9, 41, tzinfo=PARIS)) == "2026-03-01T12:05:09+01:00"
