"""The guided visit and the words of the screens, with the keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.navigateur


def presser(page: Page, touche: str, fois: int = 1) -> None:
    """Press a key so many times."""
    for _ in range(fois):
        page.keyboard.press(touche)


def deplie(page: Page, bouton: str) -> bool:
    """What the browser itself tells screen readers of this button: no attribute says it."""
    arbre = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    (proprietes,) = (
        noeud["properties"]
        for noeud in arbre
        if noeud["role"]["value"] == "button" and noeud["name"]["value"] == bouton
    )
    return any(p["name"] == "expanded" and p["value"]["value"] for p in proprietes)


def test_a_step_a_word_and_the_next_step_by_the_keyboard(poste):
    chez = poste("superviseur")
    page = chez.aller("/documentation/visite/")
    page.locator("main form button").last.focus()
    presser(page, "Enter")
    bande = page.get_by_role("region", name=re.compile("Visite guidée, étape 1 sur"))
    # Reading starts at the strip: the word is the next stop.
    expect(bande).to_be_focused()
    presser(page, "Tab")
    mot = page.get_by_role("button", name="demande", exact=True)
    expect(mot).to_be_focused()
    presser(page, "Enter")
    bulle = page.locator(".terme__bulle:popover-open")
    expect(bulle).to_contain_text("La demande d’une aide")
    assert deplie(page, "demande")
    presser(page, "Tab")
    expect(bulle.get_by_role("link", name="Glossaire")).to_be_focused()
    presser(page, "Escape")
    expect(bulle).to_have_count(0)
    assert not deplie(page, "demande")
    expect(mot).to_be_focused()
    presser(page, "Tab", 2)
    expect(page.get_by_role("button", name="Suivant")).to_be_focused()
    presser(page, "Enter")
    expect(page.get_by_role("region", name=re.compile("étape 2 sur"))).to_be_focused()
    chez.aller("/contact/").get_by_role("link", name="Reprendre la visite").press("Enter")
    expect(page.get_by_role("region", name=re.compile("étape 2 sur"))).to_be_focused()
    page.get_by_role("button", name="Quitter la visite").press("Enter")
    expect(page.locator(".messages")).to_contain_text("menu de votre nom")
    expect(page.locator(".visite")).to_have_count(0)
