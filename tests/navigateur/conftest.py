"""One demo and one browser for the tests of this folder, all run by one worker (tests/repartition.py)."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.html.recolte import Recolte
from tests.navigateur.demonstration import Demonstration
from tests.navigateur.postes import LANCEMENT, Poste

pytest.register_assert_rewrite("tests.navigateur.traces", "tests.navigateur.gestes")
# The one that kills the demo comes last.
ORDRE = (
    "test_travail_principal",
    "test_clavier",
    "test_bris_de_glace",
    "test_opex",
    "test_annuaire",
    "test_documentation",
    "test_visite",
    "test_arbres",
    "test_modes",
    "test_pages",
    "test_html",
    "test_connexions",
    "test_amenagements",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of this folder in order, where they stand among the others."""
    places = [i for i, item in enumerate(items) if item.path.parent.name == "navigateur"]
    siens = sorted((items[i] for i in places), key=lambda item: ORDRE.index(item.path.stem))
    for place, item in zip(places, siens, strict=True):
        items[place] = item


# Of the folder and not of the session: while Playwright runs, its event loop would keep the other
# tests of this worker from the database.
@pytest.fixture(scope="package")
def demonstration() -> Iterator[Demonstration]:
    """The demo, started as a user starts it; DEMO_EN_MARCHE=port:directory names one that already runs."""
    if en_marche := os.environ.get("DEMO_EN_MARCHE"):
        port, _, racine = en_marche.partition(":")
        yield Demonstration(Path(racine), int(port))
        return
    demo = Demonstration()
    try:
        yield demo.demarrer()
    finally:
        demo.effacer()


@pytest.fixture(scope="package")
def navigateur() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=LANCEMENT)
        yield chrome
        chrome.close()


@pytest.fixture(scope="package")
def recolte(tmp_path_factory: pytest.TempPathFactory) -> Recolte:
    """The documents of the tour: test_pages fills it, test_html reads it."""
    return Recolte(tmp_path_factory.mktemp("pages"))


@pytest.fixture
def poste(
    navigateur: Browser, demonstration: Demonstration, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Poste]]:
    """Open a desk: `poste("gestionnaire")`, or `poste()` for nobody. At the end none may have had an incident."""
    ouverts: list[Poste] = []

    def ouvrir(compte: str = "", **options: Any) -> Poste:
        ouverts.append(Poste(navigateur, demonstration.adresse, **options))
        return ouverts[-1].entrer(compte) if compte else ouverts[-1]

    yield ouvrir
    incidents = [incident for p in ouverts for incident in p.quitter()]
    assert not incidents, "\n".join(incidents)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Any:
    """A failure shows the logs of the demo."""
    rapport = yield
    demo = item.funcargs.get("demonstration") if hasattr(item, "funcargs") else None
    if rapport.failed and demo:
        rapport.sections.append(("Traces de la démonstration", demo.traces(15)))
    return rapport
