"""A sealed field: encrypted under the keys of a safe, and read by who opens that safe only."""

import pytest
from django.db import connection

from dossierunique.securite.champs import ChampScelle, TexteScelle
from dossierunique.securite.coffres import Coffre, CoffreFerme
from dossierunique.securite.crypto import DechiffrementImpossible


@pytest.fixture
def champ():
    return ChampScelle(contexte="essais.Note.texte")


def stocker(champ, valeur) -> bytes:
    return bytes(champ.get_db_prep_value(valeur, connection).adapted)


def test_what_is_read_stays_closed(champ):
    scelle = champ.from_db_value(stocker(champ, "une maladie"), None, connection)
    assert isinstance(scelle, TexteScelle)
    assert "maladie" not in f"{scelle} {scelle!r} {scelle.octets!r}"
    with pytest.raises(CoffreFerme):
        scelle.ouvrir(Coffre.ORDINAIRE)
    assert scelle.ouvrir(Coffre.MEDICAL) == "une maladie"


def test_saved_again_as_it_was_read_it_does_not_change(champ):
    octets = stocker(champ, "une maladie")
    assert stocker(champ, champ.from_db_value(octets, None, connection)) == octets


def test_the_medical_keys_are_the_ones(champ, settings):
    octets = stocker(champ, "une maladie")
    settings.CLES_DONNEES = {9: bytes(32)}
    settings.CLE_DONNEES_COURANTE = 9
    assert champ.from_db_value(octets, None, connection).ouvrir(Coffre.MEDICAL) == "une maladie"
    settings.CLES_MEDICALES = {1: bytes(32)}
    with pytest.raises(DechiffrementImpossible):
        champ.from_db_value(octets, None, connection).ouvrir(Coffre.MEDICAL)


def test_a_text_moved_to_another_column_does_not_open(champ):
    octets = stocker(champ, "une maladie")
    autre = ChampScelle(contexte="essais.Note.autre")
    with pytest.raises(DechiffrementImpossible):
        autre.from_db_value(octets, None, connection).ouvrir(Coffre.MEDICAL)


def test_none_stays_none_and_migrations_keep_the_safe(champ):
    assert champ.from_db_value(None, None, connection) is None
    assert champ.get_db_prep_value(None, connection) is None
    assert champ.deconstruct()[3] == {"contexte": "essais.Note.texte", "coffre": "medical"}
