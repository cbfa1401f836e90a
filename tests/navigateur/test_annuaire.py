"""Search as one types; one's own card with an absence, seen at once by another; the same without scripts."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.navigateur import gestes

pytestmark = pytest.mark.navigateur


def test_a_person_away_is_found_as_one_types_with_who_stands_in(poste):
    sienne, autre = poste("mspp"), poste("gestionnaire")
    page = sienne.aller("/annuaire/ma-fiche/")
    aujourdhui = date.fromisoformat(gestes.aujourdhui())
    gestes.saisie(page, "Fonction").fill("gestionnaire des aides")
    gestes.saisie(page, "Téléphone").fill("0199000456")
    gestes.saisie(page, "Absente ou absent du").fill(aujourdhui.isoformat())
    gestes.saisie(page, "au (compris)").fill((aujourdhui + timedelta(days=4)).isoformat())
    gestes.saisie(page, "En votre absence, voir").select_option(label="Yann De La Tour-Fictif")
    gestes.continuer(page, "Enregistrer")
    expect(page.locator("main")).to_contain_text("En absence jusqu’au")
    expect(page.get_by_role("link", name="01 99 00 04 56")).to_have_attribute("href", "tel:+33199000456")

    lue = autre.aller("/annuaire/")
    champ = gestes.saisie(lue, "Nom, fonction, service, organisme ou téléphone")
    champ.press_sequentially("petit mspp", delay=20)
    expect(lue.get_by_role("status").filter(has_text="1\u00a0personne.")).to_be_visible()
    expect(champ).to_be_focused()
    expect(lue).to_have_url(re.compile(r"\?q=petit(\+|%20)mspp"))
    lue.locator("#resultats").get_by_role("link", name="Karine Petit-Fictive").click()
    expect(lue.locator(".avis")).to_contain_text(
        re.compile("En absence jusqu’au .*Voyez Yann De La Tour-Fictif")
    )


def test_the_directory_is_searched_without_scripts(poste):
    page = poste("uneo", java_script_enabled=False).aller("/annuaire/")
    gestes.saisie(page, "Nom, fonction, service, organisme ou téléphone").fill("bayone")
    page.get_by_role("button", name="Chercher", exact=True).click()
    expect(page.locator("main")).to_contain_text("voici ce qui y ressemble")
    expect(page.get_by_role("link", name="Antenne de Bayonne")).to_be_visible()
