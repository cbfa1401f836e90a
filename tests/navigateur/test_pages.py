"""Every type of page: accessible in both schemes, whole on a phone, worked with the keyboard, and without scripts."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.navigateur import documents, gestes, noms, pages
from tests.navigateur.postes import ETROIT, LARGE, TELEPHONE

pytestmark = pytest.mark.navigateur
AXE = """async options => {
  const resultat = await axe.run({ resultTypes: ['violations'], selectors: false, ...options });
  return resultat.violations.map(v => `${v.id} (${v.impact}) ` + v.nodes.slice(0, 3).map(n => n.html.slice(0, 110)));
}"""
DEBORDE = """() => {
  const large = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= large) return [];
  return [...document.querySelectorAll('main *, header *, footer *')]
    .filter(e => e.getBoundingClientRect().right > large + 1 && !e.closest('.invisible'))
    .slice(0, 3).map(e => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`);
}"""

TEXTE = "taille => { document.documentElement.style.fontSize = taille; }"


def defauts_axe(page: Page, nom: str, **options: object) -> list[str]:
    """What axe finds, one line for each rule; it is given once to each page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [f"{nom} : {defaut}" for defaut in page.evaluate(AXE, options)]


def debordements(page: Page, nom: str) -> list[str]:
    """What is wider than a phone, or than a screen whose text is twice as large."""
    trouves = []
    for largeur, hauteur in (TELEPHONE, ETROIT):
        page.set_viewport_size({"width": largeur, "height": hauteur})
        trouves += [f"{nom} à {largeur} px : {element}" for element in page.evaluate(DEBORDE)]
    page.set_viewport_size({"width": LARGE[0], "height": LARGE[1]})
    page.evaluate(TEXTE, "200%")
    trouves += [f"{nom}, texte doublé : {element}" for element in page.evaluate(DEBORDE)]
    page.evaluate(TEXTE, "")
    return trouves


@pytest.mark.parametrize("compte", pages.PROFILS)
def test_every_page_is_accessible_in_both_schemes_and_whole_on_a_phone(compte, poste, demonstration, recolte):
    chez = poste(compte, statuts=(422,) if compte else (404,))
    recolte.suivre(chez)
    defauts = []
    for nom in pages.ouvrir_tous(demonstration, compte, chez):
        defauts += defauts_axe(chez.page, nom)
        chez.page.emulate_media(color_scheme="dark")
        defauts += defauts_axe(chez.page, f"{nom}, sombre", runOnly=["color-contrast"])
        chez.page.emulate_media(color_scheme="light")
        defauts += debordements(chez.page, nom)
        defauts += noms.defauts_de_noms(chez.page, nom)
        recolte.garder(nom)
    recolte.quitter()
    assert not defauts, "\n".join(defauts)


def test_the_life_of_every_wounded_person_of_the_demo_is_told(poste, demonstration):
    """They differ: the page of those with a DAPIAS once broke, and no other did."""
    chez = poste("gestionnaire")
    numeros = demonstration.lignes(
        "SELECT numero FROM dossiers_dossier WHERE programme = 'OPEX' ORDER BY numero"
    )
    assert len(numeros) > 50
    for (numero,) in numeros:
        for onglet in ("", "suivi/"):
            adresse = f"/opex/dossiers/{numero}/{onglet}"
            assert chez.statut(adresse) == 200, adresse


def avancer_jusqu_a(page: Page, texte: str, pas: int = 25) -> None:
    """Press Tab until this element has the focus, which must be seen."""
    for _ in range(pas):
        page.keyboard.press("Tab")
        actif = page.locator("*:focus")
        if texte in actif.inner_text():
            assert actif.evaluate("e => getComputedStyle(e).outlineStyle") != "none"
            return
    raise AssertionError(f"« {texte} » ne s’atteint pas au clavier")


def test_a_dossier_is_looked_for_with_the_keyboard_alone(poste):
    page = poste("correspondant").page
    page.keyboard.press("Tab")
    expect(page.locator("*:focus")).to_have_text("Aller au contenu")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    avancer_jusqu_a(page, "Ouvrir un dossier")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/ouverture/$"))
    gestes.saisie(page, "NIR").focus()
    page.keyboard.type("2 84 05")
    page.keyboard.press("Enter")
    erreurs = page.locator(".erreurs")
    expect(erreurs).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(gestes.saisie(page, "NIR")).to_be_focused()


def test_the_menu_and_the_search_answer_the_keyboard(poste):
    page = poste("gestionnaire").page
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("mar")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/recherche/\?q=mar"))
    page.keyboard.press("/")
    page.keyboard.type(gestes.NIR)
    page.keyboard.press("Enter")
    expect(gestes.saisie(page, "NIR")).to_have_value(gestes.NIR)
    expect(gestes.saisie(page, "Date de naissance")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/recherche/$"))
    menu = page.locator("details.menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("button", name="Se déconnecter")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("button", name="Se déconnecter")).to_be_hidden()
    page.keyboard.press("Enter")
    sortie = menu.get_by_role("button", name="Se déconnecter")
    sortie.focus()
    page.keyboard.press("Tab")
    expect(sortie).to_be_hidden()


def test_the_work_is_done_without_scripts(poste, demonstration):
    """Signing in, a list, the opening form, steps of a demande and an upload, by plain POST."""
    chez = poste("correspondant", java_script_enabled=False)
    page = chez.aller("/dossiers/")
    expect(page.locator("tbody tr").first).to_be_visible()
    chez.aller("/ouverture/")
    gestes.chercher_personne(chez, nir=gestes.NIR[:-2] + "00")
    expect(page.locator(".champ__erreur")).to_contain_text("La clé")
    _, dossier = pages.demande(demonstration, "correspondant", "incomplete")
    chez.aller(f"/dossiers/{dossier}/demandes/nouvelle/")
    gestes.decrire_besoin(page, "Aide familiale (TISF)", "Garde de deux enfants.")
    gestes.detailler_budget(page, ("1 500",), ("400",))
    gestes.chiffrer(page, "300", "50")
    gestes.joindre(page, "devis", documents.pdf("devis.pdf", "Devis"))
    gestes.continuer(page, "Continuer")
    expect(page.locator("main")).to_contain_text("250,00 €")
    page.locator("summary").filter(has_text="Abandonner").click()
    page.get_by_role("button", name="Abandonner").click()
    expect(page.locator("main")).to_contain_text("est abandonné")
