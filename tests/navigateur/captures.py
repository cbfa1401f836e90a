"""`python -m tests.navigateur.captures [profile…]`: pictures of every page type, to be looked at.

They go to captures/ (ignored by git), with an index.html for each profile; the two of the README to docs/images/.
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from dossierunique.embarque.lieux import PROJET
from tests.navigateur import pages
from tests.navigateur.demonstration import Demonstration
from tests.navigateur.postes import LANCEMENT, LARGE, TELEPHONE, Poste

CAPTURES, IMAGES = PROJET / "captures", PROJET / "docs" / "images"
SCHEMAS = {"clair": "light", "sombre": "dark"}
PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Captures</title>
<style>body{{font-family:sans-serif}}section{{display:flex;gap:1em;align-items:start}}img{{border:1px solid}}</style>
{}"""


def photographier(poste: Poste, fichier: Path, *, entiere: bool = True) -> None:
    """One picture, once the page's own pictures have come."""
    fichier.parent.mkdir(parents=True, exist_ok=True)
    poste.page.evaluate("document.activeElement?.blur()")
    poste.page.wait_for_function("[...document.images].every(i => i.complete || i.loading === 'lazy')")
    poste.page.screenshot(path=fichier, full_page=entiere, animations="disabled")


def profil(navigateur: Browser, demo: Demonstration, compte: str) -> None:
    """Every page of a profile, wide and on a phone, light and dark; and one page that shows them side by side."""
    poste = Poste(navigateur, demo.adresse, statuts=(404, 422))
    if compte:
        poste.entrer(compte)
    racine, vues = CAPTURES / (compte or "public"), []
    for nom in pages.ouvrir_tous(demo, compte, poste):
        prises = []
        for schema, couleurs in SCHEMAS.items():
            poste.page.emulate_media(color_scheme=couleurs)
            for taille in (LARGE, TELEPHONE):
                poste.page.set_viewport_size({"width": taille[0], "height": taille[1]})
                prises.append(f"{nom}-{taille[0]}-{schema}.png")
                photographier(poste, racine / prises[-1])
        # As the next page expects to be opened.
        poste.page.emulate_media(color_scheme="light")
        poste.page.set_viewport_size({"width": LARGE[0], "height": LARGE[1]})
        images = "".join(f'<img src="{prise}" alt="" height="600" loading="lazy">' for prise in prises)
        vues.append(f"<h2>{nom}</h2><section>{images}</section>")
    (racine / "index.html").write_text(PAGE.format("".join(vues)))
    for incident in poste.quitter():
        sys.stderr.write(f"{compte or 'public'} : {incident}\n")


def presentation(navigateur: Browser, demo: Demonstration) -> None:
    """The README's pictures: the home of a gestionnaire, and a dossier where much has happened."""
    poste = Poste(navigateur, demo.adresse, taille=(1280, 960)).entrer("gestionnaire")
    # As on the days that follow the first.
    poste.page.get_by_role("button", name="Plus tard").click()
    photographier(poste, IMAGES / "accueil.png", entiere=False)
    _, dossier = pages.demande(demo, "gestionnaire", "en_instruction")
    poste.aller(f"/dossiers/{dossier}/")
    photographier(poste, IMAGES / "dossier.png", entiere=False)
    poste.quitter()


def main() -> None:
    """Start a demo (or use DEMO_EN_MARCHE=port:directory) and photograph it."""
    port, _, racine = os.environ.get("DEMO_EN_MARCHE", "").partition(":")
    demo = Demonstration(Path(racine), int(port)) if port else Demonstration().demarrer()
    try:
        with sync_playwright() as playwright:
            chrome = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=LANCEMENT)
            presentation(chrome, demo)
            for compte in sys.argv[1:] or pages.PROFILS:
                profil(chrome, demo, compte)
            chrome.close()
    finally:
        if not port:
            demo.effacer()


if __name__ == "__main__":
    main()
