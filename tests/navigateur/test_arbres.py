"""The main pages as a screen reader tells them: landmarks, headings in order, names of what one acts on."""

import pytest

from tests.navigateur import arbres, pages

pytestmark = pytest.mark.navigateur


def test_the_main_pages_are_told_as_they_were_read(poste, demonstration):
    demande, dossier = pages.demande(demonstration, "gestionnaire", "en_instruction")
    ecarts = []
    for compte, adresses in {
        "": {"public": "/"},
        "gestionnaire": {
            "accueil": "/",
            "dossiers": "/dossiers/",
            "dossier": f"/dossiers/{dossier}/",
            "demande": f"/demandes/{demande}/",
        },
        "correspondant": {"espace": "/espace-correspondant/"},
    }.items():
        chez = poste(compte)
        ecarts += [arbres.ecarts(chez.aller(adresse), nom) for nom, adresse in adresses.items()]
    assert not any(ecarts), "\n".join([*filter(None, ecarts), f"(voir {arbres.__name__})"])
