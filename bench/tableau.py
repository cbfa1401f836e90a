"""The table: what was measured, what was aimed at, and whether it holds."""

import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.mesures import Mesures

PETIT, GRAND = 1_000, 100_000
CROISSANCE_VISEE = 1.1


@dataclass(frozen=True)
class But:
    """How many times which page of the floor a page may take."""

    plancher: str
    vise: float
    limite: float | None = None


LISTE, PAGE, RECHERCHE = But("F", 1.5, 2.5), But("D", 2.5, 4.0), But("D", 1.5)


def but(page: str) -> But | None:
    """The aim of a page, by the first word of its name; None when it is shown for information."""
    return {"liste": LISTE, "dossier,": PAGE, "recherche": RECHERCHE}.get(page.split()[0])


def _nombre(valeur: float) -> str:
    return f"{valeur:.2f}".replace(".", ",")


def _fourchette(rapport: tuple[float, float, float]) -> str:
    return f"{_nombre(rapport[0])} ({_nombre(rapport[1])}–{_nombre(rapport[2])})"


def verdict(valeur: float, vise: float, limite: float | None = None) -> str:
    """« tenu », « non tenu », or beyond what may never be passed."""
    if valeur <= vise:
        return "tenu"
    return "**au-delà de la limite**" if limite and valeur > limite else "non tenu"


def rapports(mesures: Mesures) -> list[str]:
    """One line a page and a size: time, ratio to the floor, aim, verdict."""
    lignes = [
        "| page | dossiers | requêtes | Ko | ms | dont Python | rapport (quartiles) | but | |",
        "|---|--:|--:|--:|--:|--:|--:|---|---|",
    ]
    for (application, nombre, page), constat in sorted(mesures.constats.items(), key=_ordre):
        vise, rapport, mot = "plancher", "1", ""
        if application == "portail":
            objectif = but(page) or LISTE
            trouve = mesures.rapport((application, nombre, page), ("plancher", nombre, objectif.plancher))
            rapport = f"{_fourchette(trouve)} {objectif.plancher}"
            vise, mot = "pour information", ""
            if but(page):
                vise = f"≤ {_nombre(objectif.vise)} {objectif.plancher}"
                mot = verdict(trouve[0], objectif.vise, objectif.limite)
        lignes.append(
            f"| {page} | {nombre} | {constat['requetes']} | {constat['octets'] / 1000:.0f} "
            f"| {_nombre(mesures.duree(application, nombre, page))} "
            f"| {_nombre(mesures.calcul(application, nombre, page))} | {rapport} | {vise} | {mot} |"
        )
    return lignes


def _ordre(element: tuple[tuple[str, int, str], dict]) -> tuple[int, int, int]:
    application, nombre, _page = element[0]
    return (nombre, application == "portail", 0)


def croissances(mesures: Mesures) -> list[str]:
    """Time at 100 000 over time at 1 000, for pages that show as many rows at both sizes."""
    lignes = ["| page | croissance (quartiles) | but | |", "|---|--:|---|---|"]
    for application, nombre, page in mesures.constats:
        if nombre != GRAND:
            continue
        petit, grand = (application, PETIT, page), (application, GRAND, page)
        trouve = mesures.rapport(grand, petit)
        nombres = [mesures.constats[cle]["lignes"] for cle in (petit, grand)]
        if nombres[0] != nombres[1]:
            mot = f"{nombres[1]} lignes contre {nombres[0]} : voir les dix dernières"
        else:
            mot = verdict(trouve[0], CROISSANCE_VISEE)
        lignes.append(f"| {page} | {_fourchette(trouve)} | ≤ {_nombre(CROISSANCE_VISEE)} | {mot} |")
    return lignes


def _machine() -> str:
    lignes = Path("/proc/cpuinfo").read_text().splitlines()
    modeles = [ligne.split(":")[1].strip() for ligne in lignes if ligne.startswith("model name")]
    modele = modeles[0] if modeles else platform.processor()
    memoire = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cœurs ({modele}), {memoire:.0f} Gio, Python {platform.python_version()}"


def rediger(mesures: Mesures, *, fois: int, charge: tuple[float, float], secondes: float) -> str:
    """The whole report, in Markdown."""
    return "\n".join(
        [
            "# Résultats de `make bench`",
            "",
            f"Une seule exécution, le {datetime.now(UTC):%Y-%m-%d à %H:%M} UTC, sur {_machine()}.",
            f"{mesures.nombre_de_rondes} tours de {fois} appels par page, plancher et portail mêlés, médianes ; "
            f"{secondes:.0f} s en tout,",
            f"charge de la machine {_nombre(charge[0])} au début des mesures, {_nombre(charge[1])} à la fin.",
            "Les durées dépendent de la machine : seuls les rapports se comparent, et une exécution n’en est qu’une.",
            "« dont Python » est le temps de processeur de l’application seule, que la charge trouble moins.",
            "",
            "F : liste nue de 25 lignes ; D : fiche nue (`bench/plancher`), même PostgreSQL, même nombre de dossiers.",
            "",
            *rapports(mesures),
            "",
            f"## Croissance de {PETIT} à {GRAND} dossiers",
            "",
            *croissances(mesures),
            "",
        ]
    )
