"""The real servers, in a directory of their own: start, kill, start again."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest
import redis

from dossierunique.embarque import lieux, postgres
from dossierunique.embarque.processus import DemarrageImpossible, sous_root
from dossierunique.embarque.services import Services, creer_secrets

PROJET = lieux.PROJET


def _base(lieu: lieux.Lieu, role: str, base: str = lieux.BASE):
    connexion = psycopg2.connect(host=str(lieu.prises), user=role, dbname=base)
    connexion.autocommit = True
    return connexion.cursor()


def _valkey(lieu: lieux.Lieu) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(lieu.prise_valkey))


def _finis(pids: list[int], delai: float = 20.0) -> bool:
    limite = time.monotonic() + delai
    while time.monotonic() < limite:
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.1)
    return False


def test_both_start_with_their_roles_and_stop(services: Services):
    services.demarrer()
    lieu = services.lieu
    curseur = _base(lieu, lieux.APPLICATION)
    curseur.execute(
        "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
    )
    assert curseur.fetchone() == (False,)
    curseur.execute("SHOW listen_addresses")
    assert curseur.fetchone() == ("",)
    assert _valkey(lieu).ping()
    assert lieu.secrets.stat().st_mode & 0o777 == 0o600
    assert set(json.loads(lieu.secrets.read_text())) == {
        "SECRET_KEY", "CLES_DONNEES", "CLES_FICHIERS", "CLES_MEDICALES", "CLE_EMPREINTE", "CLES_SCEAUX",
    }  # fmt: skip
    pids = [e.processus.pid for e in services.enfants if e.processus]
    services.arreter()
    assert _finis(pids)
    with pytest.raises(psycopg2.OperationalError):
        _base(lieu, lieux.APPLICATION)


def test_a_directory_older_than_a_key_gets_it_and_keeps_the_others(services: Services):
    services.preparer()
    connus = json.loads(services.lieu.secrets.read_text())
    anciens = {nom: cle for nom, cle in connus.items() if nom != "CLES_MEDICALES"}
    services.lieu.secrets.write_text(json.dumps(anciens))
    creer_secrets(services.lieu)
    repris = json.loads(services.lieu.secrets.read_text())
    assert repris.pop("CLES_MEDICALES") not in ("", connus["CLES_MEDICALES"])
    assert repris == anciens
    assert services.lieu.secrets.stat().st_mode & 0o777 == 0o600
    creer_secrets(services.lieu)
    assert json.loads(services.lieu.secrets.read_text()).items() >= repris.items()


def test_a_second_supervisor_is_refused(services: Services):
    services.preparer()
    with pytest.raises(DemarrageImpossible, match="tourne déjà"):
        Services(services.lieu).preparer()
    fait = subprocess.run(
        [sys.executable, "-m", "dossierunique.embarque", "demo"],
        cwd=PROJET,
        env={**_sans_services(), "DOSSIER_UNIQUE_LIEU": str(services.lieu.racine), "PORT": "8199"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert fait.returncode == 1
    assert "tourne déjà" in fait.stderr


def test_a_run_directory_of_an_older_version_gets_the_keys_it_lacks(lieu: lieux.Lieu):
    lieu.racine.mkdir(parents=True, exist_ok=True)
    lieu.secrets.write_text(json.dumps({"SECRET_KEY": "ancienne", "CLES_DONNEES": "1:anciennes"}))
    creer_secrets(lieu)
    cles = json.loads(lieu.secrets.read_text())
    assert (cles["SECRET_KEY"], cles["CLES_DONNEES"]) == ("ancienne", "1:anciennes")
    assert cles["CLES_SCEAUX"].startswith("1:")
    assert lieu.secrets.stat().st_mode & 0o777 == 0o600
    creer_secrets(lieu)
    assert json.loads(lieu.secrets.read_text()) == cles


def test_a_kill_of_the_supervisor_takes_all_down_and_loses_nothing(lieu: lieux.Lieu):
    premier = _superviseur(lieu)
    enfants = _pret(premier)
    curseur = _base(lieu, lieux.PROPRIETAIRE)
    curseur.execute("CREATE TABLE temoin AS SELECT 42 AS valeur")
    _valkey(lieu).set("temoin", "42")
    time.sleep(1.2)  # Valkey writes its log to the disk each second
    cles = lieu.secrets.read_text()
    premier.send_signal(signal.SIGKILL)
    premier.wait()
    assert _finis(enfants), "the servers outlived their supervisor"

    second = _superviseur(lieu)
    enfants = []
    try:
        enfants = _pret(second)
        curseur = _base(lieu, lieux.PROPRIETAIRE)
        curseur.execute("SELECT valeur FROM temoin")
        assert curseur.fetchone() == (42,)
        assert _valkey(lieu).get("temoin") == b"42"
        assert lieu.secrets.read_text() == cles
    finally:
        second.send_signal(signal.SIGKILL)
        second.wait()
        assert _finis(enfants)


def test_manage_works_beside_with_no_environment_to_set(services: Services):
    services.demarrer()
    env = {**_sans_services(), "DOSSIER_UNIQUE_LIEU": str(services.lieu.racine)}
    commande = (
        "from django.db import connection\n"
        "with connection.cursor() as c: c.execute('SELECT current_user'); print(c.fetchone()[0])"
    )
    fait = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", commande],
        cwd=PROJET, env=env, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert fait.stdout.strip() == lieux.APPLICATION, fait.stderr


def test_manage_says_what_to_do_before_the_first_start(lieu: lieux.Lieu):
    env = {**_sans_services(), "DOSSIER_UNIQUE_LIEU": str(lieu.racine)}
    fait = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=PROJET, env=env, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert fait.returncode != 0
    assert "make demo" in fait.stderr
    assert not lieu.secrets.exists(), "manage.py starts and makes nothing by itself"


def test_an_interrupted_first_start_is_done_again(services: Services):
    reste = services.lieu.racine / "postgres.neuf"
    reste.mkdir()
    (reste / "PG_VERSION").write_text("18")
    services.demarrer()
    assert _base(services.lieu, lieux.APPLICATION)


@pytest.mark.skipif(not sous_root(), reason="only root changes who it is")
def test_binaries_out_of_reach_are_copied(lieu: lieux.Lieu, monkeypatch):
    monkeypatch.setattr(postgres, "accessible_a_tous", lambda chemin: False)
    services = Services(lieu, sur_disque=False, valkey=False)
    try:
        services.demarrer()
        assert Path(services.enfants[0].commande[0]).is_relative_to(lieu.binaires)
        assert _base(lieu, lieux.APPLICATION)
    finally:
        services.arreter()


def test_the_script_of_the_roles_makes_a_base_that_only_they_open(services: Services):
    services.demarrer()
    psql = postgres.installer(services.lieu) / "psql"
    env = {**os.environ, "MOT_DE_PASSE_PROPRIETAIRE": "p'1", "MOT_DE_PASSE_APPLICATION": 'a"2'}
    for _ in (1, 2):  # twice: an operator may play it again
        subprocess.run(
            [psql, "-q", "-h", services.lieu.prises, "-U", "postgres", "-d", "postgres",
             "-f", PROJET / "deploy/roles.sql"],
            env=env, check=True, capture_output=True, text=True,
        )  # fmt: skip
    curseur = _base(services.lieu, lieux.APPLICATION, "dossier_unique")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        curseur.execute("CREATE TABLE intruse (a int)")
    superviseur = _base(services.lieu, "postgres", "postgres")
    superviseur.execute("CREATE ROLE passant LOGIN")
    with pytest.raises(psycopg2.OperationalError, match="permission denied"):
        _base(services.lieu, "passant", "dossier_unique")


def _sans_services() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}


def _superviseur(lieu: lieux.Lieu) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.embarque.superviseur", str(lieu.racine)],
        cwd=PROJET, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def _pret(superviseur: subprocess.Popen[str]) -> list[int]:
    assert superviseur.stdout
    mot, *pids = superviseur.stdout.readline().split()
    assert mot == "prêt"
    return [int(pid) for pid in pids]
