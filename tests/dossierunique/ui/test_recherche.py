"""The search of the header gathers what each room finds, and nothing that a room does not give."""

import pytest
from django.test import RequestFactory

from dossierunique.ui import recherche
from dossierunique.ui.recherche import Section, Trouve


@pytest.fixture
def salles(monkeypatch):
    """The rooms that answer, in these tests."""
    fournisseurs = []
    monkeypatch.setattr(recherche, "_fournisseurs", fournisseurs)
    return fournisseurs


def test_rooms_answer_in_their_order_and_the_silent_ones_are_left_out(salles):
    @recherche.enregistrer
    def annuaire(request, mots):
        return Section("Annuaire", [Trouve(f"Service {mots}", "/annuaire/1/")])

    recherche.enregistrer(lambda request, mots: Section("Rien", []))
    recherche.enregistrer(annuaire)
    requete = RequestFactory().get("/recherche/")
    assert [s.titre for s in recherche.chercher(requete, "social")] == ["Annuaire"]
    assert recherche.chercher(requete, "social")[0].trouves[0].libelle == "Service social"


def test_no_words_ask_nothing_of_anybody(salles):
    recherche.enregistrer(lambda request, mots: pytest.fail("asked"))
    assert recherche.chercher(RequestFactory().get("/recherche/"), "") == []
