"""What a screen reader is given of a page, without what changes with the data: the trees of the folder `arbres`.

`ARBRES=ecrire .venv/bin/pytest tests/navigateur/test_arbres.py` writes them anew: read the difference before you keep
it.
"""

import os
import re
from difflib import unified_diff
from pathlib import Path

from playwright.sync_api import Page

DOSSIER = Path(__file__).parent / "arbres"
# Of each list of data one item stays, and of it the words of the interface but not the rest.
ELAGUER = """() => {
  const LISTES = "tbody, .temps, .nouv, .liste, .liste-simple, .legende, .voit, .comptes";
  const GARDES = ".invisible, h1, h2, h3, h4, button, caption, dt";
  for (const liste of document.querySelectorAll(`main :is(${LISTES})`))
    while (liste.children.length > 1) liste.lastElementChild.remove();
  for (const signe of document.querySelectorAll(".non-lue .invisible")) signe.remove();
  // That there are others.
  for (const reste of document.querySelectorAll("main .tableau + p.doux")) reste.remove();
  // One or many of them.
  for (const mots of document.querySelectorAll(".chiffre span"))
    mots.textContent = mots.textContent.replace(/s(?=\\s|$)/g, "");
  for (const lieu of document.querySelectorAll(`main :is(${LISTES}, dd, .doux, .etat, .etapes small, aside p)`)) {
    const textes = document.createTreeWalker(lieu, NodeFilter.SHOW_TEXT);
    for (let texte = textes.nextNode(); texte; texte = textes.nextNode()) {
      const autour = texte.parentElement;
      if (autour.closest(GARDES) || autour.closest("a") && !autour.closest(LISTES)) continue;
      if (texte.data.trim()) texte.data = "…";
    }
  }
}"""
VARIABLES = (
    (re.compile(r":\n( +)- /url: .*\n(?!\1)"), "\n"),
    (re.compile(r"^ +- /url: .*\n", re.M), ""),
    (re.compile(r"D[UM]-\d{4}-\d{7}-[A-Z]"), "‹numéro›"),
    (re.compile(r"[A-ZÀ-Ý’ŒÆ -]+-FICTI(F|VE)( [A-ZÀ-Ý][\w-]+)+"), "‹personne›"),
    (re.compile(r"\d+(er)? [a-zéû]+ \d{4}"), "‹jour›"),
    (re.compile(r"'(link \"Notifications) : (plus de )?\d+ non lues?\"'"), r'\1"'),
    (re.compile(r"(plus de )?(?<!level=)\d+([ ,]\d+)*"), "‹n›"),
    (re.compile(r"…([ ·]*…)+"), "…"),
)


def arbre(page: Page) -> str:
    """The tree of the page, the same on every demo and every day."""
    page.evaluate(ELAGUER)
    texte = page.locator("body").aria_snapshot() + "\n"
    for motif, mot in VARIABLES:
        texte = motif.sub(mot, texte.replace("\u00a0", " ").replace("\u202f", " "))
    return texte


def ecarts(page: Page, nom: str) -> str:
    """How the tree of a page differs from the one that was read and kept; empty when it does not."""
    fichier, lu = DOSSIER / f"{nom}.yml", arbre(page)
    if os.environ.get("ARBRES") == "ecrire":
        fichier.parent.mkdir(exist_ok=True)
        fichier.write_text(lu)
    garde = fichier.read_text() if fichier.exists() else ""
    return "\n".join(
        unified_diff(garde.splitlines(), lu.splitlines(), f"{nom}, gardé", f"{nom}, lu", lineterm="")
    )
