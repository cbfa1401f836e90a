"""The request's number and the strength of passwords."""

import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse

from dossierunique.contexte import requete_id
from dossierunique.securite.middleware import identifiant_de_requete
from dossierunique.securite.mots_de_passe import EffortDeDeviner, entropie


class TestIdentifiantDeRequete:
    def test_is_the_same_in_the_view_and_in_the_answer(self, rf):
        vus = []

        def vue(request):
            vus.append(requete_id.get())
            return HttpResponse()

        reponse = identifiant_de_requete(vue)(rf.get("/"))
        assert reponse["X-Request-ID"] == vus[0]
        assert re.fullmatch(r"[0-9a-f]{32}", vus[0])
        assert requete_id.get() == ""

    def test_does_not_believe_the_browser(self, rf):
        reponse = identifiant_de_requete(lambda r: HttpResponse())(
            rf.get("/", headers={"X-Request-ID": "moi"})
        )
        assert reponse["X-Request-ID"] != "moi"

    def test_is_forgotten_after_an_error(self, rf):
        def vue(request):
            raise ValueError

        with pytest.raises(ValueError):
            identifiant_de_requete(vue)(rf.get("/"))
        assert requete_id.get() == ""


class TestEffortDeDeviner:
    personne = SimpleNamespace(
        username="emartin", first_name="Éloïse", last_name="Martin-Fictif", email="eloise.martin@exemple.fr"
    )

    @pytest.mark.parametrize(
        "mot", ["court-9!xQ", "motdepasse2026", "aaaaaaaaaaaaaa", "eloise.martin@exemple.fr"]
    )
    def test_refuses_what_is_guessed(self, mot):
        with pytest.raises(ValidationError) as erreur:
            EffortDeDeviner().validate(mot, self.personne)
        assert mot not in str(erreur.value)

    @pytest.mark.parametrize(
        "mot", ["girafe patine lucarne 41", "Dossier-Unique-Demo-2026", "x" + "Ab3!" * 200]
    )
    def test_accepts_what_is_not(self, mot):
        EffortDeDeviner().validate(mot, self.personne)

    @pytest.mark.parametrize(
        ("mot", "code"),
        [
            ("Ab3!Ab3!", "mot_de_passe_court"),
            ("xkqzvbwmpfht", "mot_de_passe_pauvre"),
            ("xkqzvbwmpfht2", "mot_de_passe_pauvre"),
            ("Azertyuiop-2026", "mot_de_passe_faible"),
            ("Motdepasse-2026!", "mot_de_passe_faible"),
            ("Bayonne-RPIMA", "mot_de_passe_faible"),
        ],
    )
    def test_says_which_rule_is_missed(self, mot, code):
        personne = SimpleNamespace(mots_personnels=lambda: ["1er RPIMA", "Bayonne"])
        with pytest.raises(ValidationError) as erreur:
            EffortDeDeviner().validate(mot, personne)
        assert erreur.value.code == code

    @pytest.mark.parametrize("mot", ["Xk9!qzVb2?wM", "xkQ7zvbWmp4fHt", "xkqzvbwmpfhtdgjcls"])
    def test_the_three_examples_of_the_message_hold(self, mot):
        EffortDeDeviner().validate(mot, None)

    @pytest.mark.parametrize(("mot", "bits"), [("", 0), ("Ab3!Ab3!Ab3!", 80), ("a" * 18, 85)])
    def test_counts_bits_as_the_cnil_does(self, mot, bits):
        assert round(entropie(mot)) == bits

    def test_a_password_may_be_weighed_without_a_person(self):
        EffortDeDeviner().validate("girafe patine lucarne 41", None)

    def test_says_in_french_what_it_wants(self):
        assert "12 caractères" in EffortDeDeviner().get_help_text()
