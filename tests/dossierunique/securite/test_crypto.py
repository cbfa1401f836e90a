"""Encrypted texts, fingerprints and sealed tokens."""

import base64

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from dossierunique.securite import crypto
from dossierunique.securite.crypto import (
    DechiffrementImpossible,
    JetonInvalide,
    chiffrer,
    dechiffrer,
    desceller,
    empreinte,
    sceller,
    trousseau,
)


def cle(octet: int) -> str:
    return base64.urlsafe_b64encode(bytes([octet]) * 32).decode()


@pytest.fixture(autouse=True)
def cles(settings):
    settings.CLES_DONNEES = f"1:{cle(1)},2:{cle(2)}"
    settings.CLE_DONNEES_COURANTE = None
    settings.CLE_EMPREINTE = cle(9)


class TestChiffrer:
    @given(st.text())
    def test_gives_the_text_back(self, texte):
        assert dechiffrer(chiffrer(texte, "a.B.c"), "a.B.c") == texte

    def test_twice_the_same_text_never_gives_the_same_bytes(self):
        assert chiffrer("284058832102532", "x") != chiffrer("284058832102532", "x")

    def test_the_text_is_not_in_the_bytes(self):
        assert b"284058832102532" not in chiffrer("284058832102532", "x")

    def test_a_value_moved_to_another_column_does_not_decrypt(self):
        with pytest.raises(DechiffrementImpossible):
            dechiffrer(chiffrer("secret", "dossiers.Assure.nir"), "dossiers.Assure.iban")

    def test_any_altered_byte_is_refused(self):
        octets = chiffrer("secret", "x")
        for i in range(len(octets)):
            altere = bytearray(octets)
            altere[i] ^= 1
            with pytest.raises(DechiffrementImpossible):
                dechiffrer(bytes(altere), "x")

    @pytest.mark.parametrize("octets", [b"", b"\x01", b"\x01\x00\x01", b"\x01\x00\x01" + b"\0" * 12])
    def test_truncated_bytes_are_refused(self, octets):
        with pytest.raises(DechiffrementImpossible):
            dechiffrer(octets, "x")


def cle_employee():
    """The number of the key that encrypts now, read in the header."""
    return crypto.ENTETE.unpack_from(chiffrer("a", "x"))[1]


class TestRotation:
    def test_the_last_key_listed_encrypts(self):
        assert cle_employee() == 2

    def test_the_current_key_may_be_named(self, settings):
        settings.CLE_DONNEES_COURANTE = 1
        assert cle_employee() == 1

    def test_an_older_key_still_decrypts(self, settings):
        ancien = chiffrer("a", "x")
        settings.CLES_DONNEES = f"1:{cle(1)},2:{cle(2)},3:{cle(3)}"
        assert dechiffrer(ancien, "x") == "a"
        assert cle_employee() == 3

    def test_a_withdrawn_key_no_longer_decrypts(self, settings):
        ancien = chiffrer("a", "x")
        settings.CLES_DONNEES = f"3:{cle(3)}"
        with pytest.raises(DechiffrementImpossible):
            dechiffrer(ancien, "x")

    def test_keys_may_be_given_as_bytes(self, settings):
        ancien = chiffrer("a", "x")
        settings.CLES_DONNEES = {1: b"\1" * 32, 2: b"\2" * 32}
        assert dechiffrer(ancien, "x") == "a"

    @pytest.mark.parametrize(
        "valeur", ["", "1", f"0:{cle(1)}", f"a:{cle(1)}", f"1:{cle(1)},1:{cle(2)}", "1:Y291cnQ"]
    )
    def test_a_bad_setting_is_named_without_showing_the_key(self, settings, valeur):
        settings.CLES_DONNEES = valeur
        with pytest.raises(ImproperlyConfigured, match="CLES_DONNEES") as erreur:
            trousseau()
        assert cle(1) not in str(erreur.value)
        assert "Y291cnQ" not in str(erreur.value)


class TestEmpreinte:
    def test_is_stable_and_32_bytes_long(self):
        assert empreinte("284058832102532", "nir") == empreinte("284058832102532", "nir")
        assert len(empreinte("", "nir")) == 32

    def test_depends_on_the_text_the_context_and_the_key(self, settings):
        premiere = empreinte("284058832102532", "nir")
        assert premiere != empreinte("284058832102533", "nir")
        assert premiere != empreinte("284058832102532", "iban")
        settings.CLE_EMPREINTE = cle(8)
        assert premiere != empreinte("284058832102532", "nir")


class TestJetons:
    def test_gives_the_data_back(self):
        assert desceller(sceller({"nom": "Éloïse"}, contexte="a"), contexte="a", age_max=60) == {
            "nom": "Éloïse"
        }

    def test_goes_through_a_form_unchanged_and_says_nothing(self):
        jeton = sceller({"nir": "284058832102532"}, contexte="a")
        assert jeton.isascii() and not set(jeton) & set('"<>&+/= ')
        assert b"2840588" not in base64.urlsafe_b64decode(jeton + "==")

    def test_expires(self):
        with time_machine.travel("2026-11-22 10:00:00+00:00", tick=False):
            jeton = sceller({}, contexte="a")
        with time_machine.travel("2026-11-22 10:10:00+00:00", tick=False):
            assert desceller(jeton, contexte="a", age_max=600) == {}
        with time_machine.travel("2026-11-22 10:10:01+00:00", tick=False), pytest.raises(JetonInvalide):
            desceller(jeton, contexte="a", age_max=600)

    @pytest.mark.parametrize("jeton", ["", "é", "abc", "====", "A" * 80])
    def test_what_we_did_not_make_is_refused(self, jeton):
        with pytest.raises(JetonInvalide):
            desceller(jeton, contexte="a", age_max=60)

    def test_the_token_of_another_form_is_refused(self):
        with pytest.raises(JetonInvalide):
            desceller(sceller({}, contexte="a"), contexte="b", age_max=60)

    def test_an_encrypted_field_is_not_a_token(self):
        champ = base64.urlsafe_b64encode(chiffrer('{"t":0,"d":{}}', "a")).decode()
        with pytest.raises(JetonInvalide):
            desceller(champ, contexte="a", age_max=60)
