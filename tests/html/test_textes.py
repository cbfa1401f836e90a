"""The rules of the words find what they are made for, and leave good French alone."""

import pytest

from tests.html.lecture import PageServie
from tests.html.textes import defauts, defauts_de_forme


def page(corps: str, tete: str = "<title>Essai – Dossier unique</title>", langue: str = "fr") -> PageServie:
    source = f"<!doctype html><html lang={langue}><head>{tete}</head><body>{corps}</body></html>"
    return PageServie("uneo", "essai", "http://portail/essai/?q=1", source)


@pytest.mark.parametrize(
    "phrase",
    [
        "Qui voit quoi ?", "Qui voit quoi?", "Motif : aucun", "Motif: aucun", "« tout\u00a0»", "Le « tout »,",
        "l'unité", 'le "tout"', "et puis...", "1 234,56 €", "3 €", "12 345 €", "5 %", "20 Mo", "1234,56\u00a0€",
        "n° 12", "nº\u00a012", "une oeuvre", "Etat civil", "Rien , sinon", "Enter your password", "Aucun None",
        "2 dossier(s)", "0 dossiers", "1\u00a0pièces", "2 dossier", "1\u00a0200\u00a0demande", "12\u00a0ligne lues",
    ],
)  # fmt: skip
def test_a_fault_is_found(phrase):
    assert list(defauts(phrase))


@pytest.mark.parametrize(
    "phrase",
    [
        "Qui voit quoi\u202f?", "Motif\u00a0: «\u00a0tout\u00a0»\u202f; rien\u202f!",
        "L’unité (12e RI), à 9\u00a0h\u00a012.",
        "1\u00a0234,56\u00a0€, 5\u00a0%, 20\u00a0Mo", "n°\u00a02013-1142", "https://exemple.fr/?a=1;b=2",
        "et ainsi de suite…",
        "0\u00a0dossier, 1\u00a0pièce, 2\u00a0pièces, 3\u00a0mois, 1\u00a0an",
        "1\u00a0000\u00a0dossiers, 10\u00a0demandes",
        "DM-2026-0000012-K dossier", "0,5 point", "le 22\u00a0novembre 2026, page 2", "Un état, un événement",
    ],
)  # fmt: skip
def test_good_french_has_none(phrase):
    assert not list(defauts(phrase))


def test_what_is_read_and_read_out_is_gathered_and_nothing_else():
    lue = page(
        '<h1>Un <b>titre</b></h1><p>Une\n phrase <a href="/">suivie</a>.</p><p>Une autre</p><img alt="Un plan">'
        '<code>code: "x"</code><p lang="en">the end</p><script>"non"</script><p class="pre">tapé : ainsi</p>'
        '<input placeholder="Nom" value="valeur"><textarea aria-label="Saisie">tapé</textarea>'
    )
    assert [mots for mots in lue.phrases if mots != "\ufffc"] == [
        "Essai – Dossier unique", "Un titre", "Une phrase suivie.", "Une autre", "Un plan", "Nom", "Saisie",
    ]  # fmt: skip


def test_a_page_has_one_heading_a_title_and_a_language():
    assert not defauts_de_forme(page("<h1>Un</h1>"))
    assert len(defauts_de_forme(page("<h1>Un</h1><h1>Deux</h1>", "<title>Essai</title>", "en"))) == 3
