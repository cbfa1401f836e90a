"""How the pages look to who asks for it: forced colours, more contrast, no motion; and on paper."""

import pytest

from tests.navigateur import documents, pages
from tests.navigateur.postes import LARGE
from tests.navigateur.test_pages import DEBORDE, defauts_axe

pytestmark = pytest.mark.navigateur
# What is drawn by a background alone is lost when the system chooses the colours.
FORCEES = """() => {
  const CADRES = ".etat, .bouton, .carte, .carte-choix, .filtre, .message, .avis, .chiffre, input, textarea, select";
  const AUTREMENT = "[type=checkbox], [type=radio], [type=file], .chercher input";
  const voir = choix => [...document.querySelectorAll(choix)]
    .filter(e => e.checkVisibility() && e.getBoundingClientRect().width > 1);
  const defauts = [];
  for (const e of voir(CADRES)) {
    const style = getComputedStyle(e);
    const trace = parseFloat(style.borderLeftWidth) > 0 && style.borderLeftStyle !== "none";
    if (!trace && !e.matches(AUTREMENT)) defauts.push(`sans contour : ${e.outerHTML.slice(0, 90)}`);
  }
  const dessin = (e, pseudo) => {
    const s = getComputedStyle(e, pseudo);
    return [s.backgroundColor, s.borderBottomColor, s.borderTopWidth, s.color].join();
  };
  const pareils = (un, autre, pseudo) => {
    const [a, b] = [voir(un)[0], voir(autre)[0]];
    if (a && b && dessin(a, pseudo) === dessin(b, pseudo)) defauts.push(`${un} se voit comme ${autre}`);
  };
  for (const rangee of [".espaces", ".entrees", ".onglets", ".filtres"])
    pareils(`${rangee} a[aria-current]`, `${rangee} a:not([aria-current])`);
  pareils(".bouton--fort", ".bouton:not(.bouton--fort)");
  pareils(".etapes .fait", ".etapes li:not([class])", "::before");
  pareils(".etat--accord", ".etat:not(.etat--accord)", "::before");
  if (voir(".legende i").some(ton => getComputedStyle(ton).forcedColorAdjust !== "none")) defauts.push("légende nue");
  return defauts;
}"""
MOUVEMENTS = """() => {
  const secondes = durees => Math.max(
    ...durees.split(",").map(d => parseFloat(d) * (d.trim().endsWith("ms") ? .001 : 1)));
  return [...document.querySelectorAll("*")].filter(e => {
    const s = getComputedStyle(e);
    return secondes(s.transitionDuration) > .01 || secondes(s.animationDuration) > .01 || s.scrollBehavior === "smooth";
  }).slice(0, 3).map(e => `bouge : ${e.outerHTML.slice(0, 90)}`);
}"""
SUR_PAPIER = """() => {
  const SANS_OBJET = ".tete, .pied, .fil, .onglets, .filtres, .suite, button:not(.terme), .bouton, [role=search]";
  return [...document.querySelectorAll(SANS_OBJET)].filter(e => e.checkVisibility()).slice(0, 3)
    .map(e => `reste sur le papier : ${e.outerHTML.slice(0, 90)}`);
}"""
# A4 without its margins, at 96 dots an inch.
PAPIER = (672, 1000)


def ecrans(demonstration):
    """By account, a page of each kind: lists, forms, figures, states, a paper, the components themselves."""
    demande, dossier = pages.demande(demonstration, "gestionnaire", "en_instruction")
    a_verifier, _ = pages.demande(demonstration, "gestionnaire", "en_completude", "a_verifier")
    brouillon, _ = pages.demande(demonstration, "correspondant", "brouillon")
    piece = demonstration.une(pages.PIECE, a_verifier, "a_verifier")
    return {
        "": ("/ui/", "/documentation/articles/vos-droits/"),
        "gestionnaire": (
            "/", "/dossiers/", f"/dossiers/{dossier}/", f"/demandes/{demande}/decision/", f"/pieces/{piece}/",
        ),
        "correspondant": (f"/demandes/{brouillon}/besoin/", "/qui-voit-quoi/?programme=DU"),
    }  # fmt: skip


def test_nothing_is_lost_in_forced_colours_in_contrast_without_motion_or_on_paper(poste, demonstration):
    defauts = []
    for compte, adresses in ecrans(demonstration).items():
        page = poste(compte).page
        for adresse in adresses:
            page.goto(adresse)
            vus = page.evaluate(MOUVEMENTS)
            page.emulate_media(forced_colors="active")
            vus += page.evaluate(FORCEES)
            page.emulate_media(forced_colors="none", contrast="more")
            vus += defauts_axe(page, "contraste", runOnly=["color-contrast", "color-contrast-enhanced"])
            page.emulate_media(contrast="no-preference", media="print")
            page.set_viewport_size({"width": PAPIER[0], "height": PAPIER[1]})
            vus += page.evaluate(SUR_PAPIER) + page.evaluate(DEBORDE)
            page.emulate_media(media="screen")
            page.set_viewport_size({"width": LARGE[0], "height": LARGE[1]})
            defauts += [f"{compte} {adresse} : {defaut}" for defaut in vus]
    assert not defauts, "\n".join(defauts)


def test_a_dossier_an_article_and_a_list_are_printed_whole(poste, demonstration):
    demande, dossier = pages.demande(demonstration, "gestionnaire", "en_instruction")
    page = poste("gestionnaire").page
    for adresse, feuilles, attendus in (
        (f"/dossiers/{dossier}/", 4, (demande, "Pièces de la demande", "Plan de financement", "Qui voit ce dossier")),
        ("/documentation/articles/vos-droits/", 4, ("Vos droits", "Opposition")),
        ("/dossiers/", 4, ("Personne et dossier", "Situation")),
    ):  # fmt: skip
        page.goto(adresse)
        derniere = page.locator("main tbody tr").last
        attendus += (derniere.locator("td").first.inner_text().split("\n")[0],)
        pdf = page.pdf(prefer_css_page_size=True)
        texte = documents.texte(pdf)
        assert documents.pages(pdf) <= feuilles, adresse
        for attendu in attendus:
            assert " ".join(attendu.split()) in texte, (adresse, attendu)
        for absent in ("Aller au contenu", "Se déconnecter", "Plan du site", "Chercher par NIR"):
            assert absent not in texte, (adresse, absent)
