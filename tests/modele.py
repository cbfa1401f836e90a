"""One migrated database for a session, that each process of the tests copies.

Applying the migrations takes twenty seconds of processor, and every process did it. `python -m tests.modele` makes the
model while the others collect their tests.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from psycopg2 import sql

from dossierunique.embarque import lieux

NOM, DELAI, VERROU = "essais_modele", 300, 20261128


def url(role: str, base: str = NOM) -> str:
    """The address of a database of the session's own server."""
    return lieux.lieu().url_base(role, base)


@contextmanager
def _serveur() -> Iterator[Any]:
    # The same server as the tests, by the socket that its address names.
    connexion = psycopg2.connect(dbname="postgres", user=lieux.PROPRIETAIRE, host=str(lieux.lieu().prises))
    connexion.autocommit = True
    try:
        with connexion.cursor() as curseur:
            yield curseur
    finally:
        connexion.close()


def commencer() -> subprocess.Popen:
    """Make the model in a process of its own; it says that it is ready by a comment on the database."""
    env = {
        **os.environ,
        "DATABASE_URL": url(lieux.APPLICATION),
        "DATABASE_OWNER_URL": url(lieux.PROPRIETAIRE),
    }
    return subprocess.Popen([sys.executable, "-m", "tests.modele"], env=env, stdout=subprocess.DEVNULL)


def faire() -> None:
    """Create and migrate it."""
    with _serveur() as curseur:
        curseur.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NOM)))
    subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "migrate", "-v0", "--skip-checks"],
        check=True,
        env=os.environ,
    )
    with _serveur() as curseur:
        curseur.execute(sql.SQL("COMMENT ON DATABASE {} IS 'pret'").format(sql.Identifier(NOM)))


@contextmanager
def a_copier() -> Iterator[dict[str, Any]]:
    """The settings of a test database that is a copy of the model, one process at a time; waits until it is ready."""
    limite = time.monotonic() + DELAI
    with _serveur() as curseur:
        while not _pret(curseur):
            if time.monotonic() > limite:
                raise RuntimeError("la base modèle des essais n’est pas prête : voir les migrations")
            time.sleep(0.2)
        # PostgreSQL does not copy a database twice at once.
        curseur.execute("SELECT pg_advisory_lock(%s)", [VERROU])
        yield {"TEMPLATE": NOM, "MIGRATE": False}


def _pret(curseur: Any) -> bool:
    curseur.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [NOM])
    return curseur.fetchone() == ("pret",)


if __name__ == "__main__":
    faire()
