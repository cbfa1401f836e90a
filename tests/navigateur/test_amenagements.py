"""The demo as a thing to run: one supervisor, `manage.py` beside it, a brutal end that loses nothing, a clean one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dossierunique.embarque import lieux
from tests.navigateur.demonstration import Demonstration

pytestmark = pytest.mark.navigateur
COMPTES = ("dossiers_demande", "dossiers_partage", "journal_ligne", "notifications_envoi", "django_session")


@pytest.fixture
def a_nous(demonstration) -> Demonstration:
    """The demo, when it is ours to stop."""
    if demonstration.processus is None:
        pytest.skip("la démonstration tournait déjà")
    return demonstration


def compter(demo: Demonstration) -> dict[str, int]:
    """Rows of the tables that must survive."""
    return {table: demo.une(f"SELECT count(*) FROM {table}") for table in COMPTES}


def survivants(demo: Demonstration) -> list[str]:
    """Processes that still belong to this run directory."""
    trouves = []
    for processus in Path("/proc").glob("[0-9]*"):
        try:
            commande = (processus / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            env = (processus / "environ").read_bytes()
        except OSError:
            continue
        racine = str(demo.lieu.racine)
        if processus.name != str(os.getpid()) and (racine.encode() in env or racine in commande):
            trouves.append(commande)
    return trouves


def test_health_names_every_part(demonstration, poste):
    etat = json.loads(poste().octets("/sante/pret"))
    assert etat["etat"] == "prêt"
    assert set(etat["parties"]) == {"base", "courtier", "stockage", "service"}
    assert json.loads(poste().octets("/sante/vivant")) == {"etat": "vivant"}


def test_manage_py_works_beside_it_with_no_setting(demonstration):
    controle = demonstration.gerer("check")
    assert controle.returncode == 0, controle.stderr
    migrations = demonstration.gerer("showmigrations", "dossiers")
    assert "[X] 0001_initial" in migrations.stdout, migrations.stderr
    assert "[ ]" not in migrations.stdout


def test_a_second_supervisor_is_refused(demonstration):
    second = subprocess.run(
        [sys.executable, "-m", "dossierunique.embarque", "demo"],
        cwd=lieux.PROJET, env={**demonstration.env, "PORT": str(demonstration.port + 1)},
        capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip
    assert second.returncode == 1
    assert "Une démonstration tourne déjà" in second.stderr
    assert demonstration.prete()


def test_kill_9_loses_nothing(a_nous, poste):
    """What was committed is there again, nobody has to sign in anew, and nothing is loaded twice."""
    page = poste("gestionnaire").aller("/demandes/?voir=toutes")
    premiere = page.locator("tbody tr").first.inner_text()
    avant = compter(a_nous)
    a_nous.tuer()
    a_nous.demarrer()
    apres = compter(a_nous)
    assert all(apres[table] >= avant[table] for table in COMPTES)
    assert apres["dossiers_demande"] == avant["dossiers_demande"]
    page.reload()
    expect(page.locator("tbody tr").first).to_have_text(premiere, use_inner_text=True)


def test_stopping_it_leaves_nothing_running(a_nous):
    assert a_nous.arreter() == 0
    assert survivants(a_nous) == []
