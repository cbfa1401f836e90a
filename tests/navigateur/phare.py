"""`make lighthouse`: the scores of the five main pages, on a phone and on a desk, written in bench/lighthouse.md.

Lighthouse times pages too: it is a measure, run by hand, and not a test. It fails under SEUIL all the same.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from dossierunique.embarque.lieux import PROJET
from tests.navigateur import pages
from tests.navigateur.demonstration import Demonstration
from tests.navigateur.postes import LANCEMENT, Poste

SEUIL = 95
LIGHTHOUSE = Path(__file__).parent / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
RESULTATS = PROJET / "bench" / "lighthouse.md"
CATEGORIES = {
    "performance": "performance",
    "accessibility": "accessibility",
    "best-practices": "best practices",
    "seo": "SEO",
}
APPAREILS = {"phone": (), "desk": ("--preset=desktop",)}
COMPTE = "gestionnaire"


@dataclass(frozen=True)
class Mesure:
    """The scores of a page on a device, out of 100, and the audits that cost it points."""

    page: str
    appareil: str
    notes: dict[str, int]
    manques: tuple[str, ...]


def principales(demo: Demonstration) -> dict[str, tuple[str, str]]:
    """The five main pages: their names, who opens them, their addresses."""
    demande, dossier = pages.demande(demo, COMPTE, "en_instruction")
    return {
        "public home": ("", "/"),
        "home after sign-in": (COMPTE, "/"),
        "list of dossiers": (COMPTE, "/dossiers/"),
        "a dossier": (COMPTE, f"/dossiers/{dossier}/"),
        "a demande": (COMPTE, f"/demandes/{demande}/"),
    }


def _temoins(navigateur: Browser, demo: Demonstration) -> str:
    poste = Poste(navigateur, demo.adresse).entrer(COMPTE)
    temoins = "; ".join(f"{t['name']}={t['value']}" for t in poste.contexte.cookies())
    poste.quitter()
    return temoins


def _lancer(adresse: str, temoins: str, options: tuple[str, ...]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="du-phare-") as dossier:
        entetes, rapport = Path(dossier, "entetes.json"), Path(dossier, "rapport.json")
        entetes.write_text(json.dumps({"Cookie": temoins} if temoins else {}))
        subprocess.run(
            [
                shutil.which("node") or "node", str(LIGHTHOUSE), adresse, "--quiet", "--output=json",
                f"--output-path={rapport}", f"--extra-headers={entetes}",
                f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(LANCEMENT)}", *options,
            ],
            check=True,
            timeout=180,
            env={**os.environ, "CHROME_PATH": shutil.which("chromium") or "", "CI": "1"},
        )  # fmt: skip
        return json.loads(rapport.read_text())


def mesurer(nom: str, appareil: str, adresse: str, temoins: str) -> Mesure:
    """One page on one device. Raises CalledProcessError when Lighthouse cannot run."""
    rapport = _lancer(adresse, temoins, APPAREILS[appareil])
    if rapport["finalDisplayedUrl"] != adresse:
        raise AssertionError(f"{nom} : {adresse} mène à {rapport['finalDisplayedUrl']}")
    notes = {code: round(100 * (rapport["categories"][code]["score"] or 0)) for code in CATEGORIES}
    poids = {
        ref["id"]: ref["weight"] for code in CATEGORIES for ref in rapport["categories"][code]["auditRefs"]
    }
    manques = tuple(
        f"{code} ({audit.get('displayValue') or audit['title']})"
        for code, audit in sorted(rapport["audits"].items())
        if poids.get(code) and audit["score"] is not None and audit["score"] < 0.9
    )
    return Mesure(nom, appareil, notes, manques)


def toutes() -> Iterator[Mesure]:
    """Every main page of a fresh demo (or of DEMO_EN_MARCHE=port:directory), on each device."""
    port, _, racine = os.environ.get("DEMO_EN_MARCHE", "").partition(":")
    demo = Demonstration(Path(racine), int(port)) if port else Demonstration().demarrer()
    try:
        with sync_playwright() as playwright:
            chrome = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=LANCEMENT)
            temoins = _temoins(chrome, demo)
            chrome.close()
        for nom, (compte, chemin) in principales(demo).items():
            for appareil in APPAREILS:
                yield mesurer(nom, appareil, f"{demo.adresse}{chemin}", temoins if compte else "")
    finally:
        if not port:
            demo.effacer()


def ecrire(mesures: list[Mesure]) -> None:
    """The table, for the next person to compare with."""
    titres = ["page", "device", *CATEGORIES.values()]
    lignes = [[m.page, m.appareil, *(str(m.notes[code]) for code in CATEGORIES)] for m in mesures]
    table = [titres, ["---"] * len(titres), *lignes]
    jour = datetime.now(UTC).date().isoformat()
    texte = f"# Lighthouse\n\nMeasured on {jour} by `make lighthouse` on the demo; aim: {SEUIL}.\n\n"
    texte += "\n".join(f"| {' | '.join(ligne)} |" for ligne in table) + "\n"
    RESULTATS.write_text(texte)


def main() -> int:
    """Measure, write, and say what is under the aim; the exit code."""
    mesures = []
    for mesure in toutes():
        mesures.append(mesure)
        sys.stdout.write(f"{mesure.page}, {mesure.appareil} : {mesure.notes}\n")
        for manque in mesure.manques:
            sys.stdout.write(f"    {manque}\n")
    ecrire(mesures)
    return int(any(note < SEUIL for mesure in mesures for note in mesure.notes.values()))


if __name__ == "__main__":
    sys.exit(main())
