"""The real demo in a directory of its own, started as a user starts it, and what it leaves behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import psycopg2

from dossierunique.embarque import lieux

GARDEES = ("PATH", "HOME", "USER", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")
DELAI = 150  # the first start makes the data; other tests share the machine


def port_libre() -> int:
    """A port that nothing listens to."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return prise.getsockname()[1]


def dossier_de_passage() -> Path:
    """A short-named directory that the unprivileged database server can walk through."""
    dossier = Path(tempfile.mkdtemp(prefix="du-nav-"))
    dossier.chmod(0o711)
    return dossier


class Demonstration:
    """`python -m dossierunique.embarque demo` on a free port, with no other setting than its directory."""

    def __init__(self, racine: Path | None = None, port: int | None = None) -> None:
        self.provisoire = dossier_de_passage() if racine is None else None
        self.lieu = lieux.Lieu(racine or self.provisoire / "lieu")  # type: ignore[operator]
        self.port = port or port_libre()
        self.adresse = f"http://127.0.0.1:{self.port}"
        self.sortie = self.lieu.racine.parent / f"{self.lieu.racine.name}.sortie"
        self.processus: subprocess.Popen | None = None

    @property
    def env(self) -> dict[str, str]:
        """What a user's shell holds, and the one variable that separates this demo from his."""
        gardees = {nom: os.environ[nom] for nom in GARDEES if nom in os.environ}
        return {**gardees, "DOSSIER_UNIQUE_LIEU": str(self.lieu.racine)}

    def demarrer(self) -> "Demonstration":
        """Start it and wait until it says that it is ready, and /sante/pret too.

        Both: right after a `kill -9`, the portal of the former one may still answer for a moment.
        """
        deja = self.sortie.stat().st_size if self.sortie.exists() else 0
        with self.sortie.open("ab") as sortie:
            self.processus = subprocess.Popen(
                [sys.executable, "-m", "dossierunique.embarque", "demo"],
                cwd=lieux.PROJET, env={**self.env, "PORT": str(self.port)},
                stdin=subprocess.DEVNULL, stdout=sortie, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        limite = time.monotonic() + DELAI
        while not (f"prêt : {self.adresse}".encode() in self.sortie.read_bytes()[deja:] and self.prete()):
            if self.processus.poll() is not None or time.monotonic() > limite:
                raise AssertionError(f"la démonstration n’a pas démarré :\n{self.traces()}")
            time.sleep(0.2)
        return self

    def prete(self) -> bool:
        """Whether /sante/pret answers 200."""
        try:
            with urllib.request.urlopen(f"{self.adresse}/sante/pret", timeout=3) as reponse:
                return reponse.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def arreter(self) -> int:
        """Ask it to stop; the exit code."""
        assert self.processus
        if self.processus.poll() is None:
            self.processus.send_signal(signal.SIGTERM)
        try:
            return self.processus.wait(40)
        except subprocess.TimeoutExpired:
            self.tuer()
            return -1

    def tuer(self) -> None:
        """kill -9 of the supervisor."""
        assert self.processus
        self.processus.kill()
        self.processus.wait()

    def effacer(self) -> None:
        """Stop it and leave nothing on the disk."""
        if self.processus:
            self.arreter()
        shutil.rmtree(self.lieu.prises, ignore_errors=True)
        if self.provisoire:
            shutil.rmtree(self.provisoire, ignore_errors=True)

    def gerer(self, *mots: str) -> subprocess.CompletedProcess:
        """`manage.py` beside it."""
        return subprocess.run(
            [sys.executable, "manage.py", *mots],
            cwd=lieux.PROJET, env=self.env, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip

    def traces(self, lignes: int = 40) -> str:
        """The end of every log, for a test that failed."""
        fichiers = [self.sortie, *sorted(self.lieu.journaux.glob("*.log"))]
        return "\n".join(
            f"--- {f.name}\n" + "\n".join(f.read_text(errors="replace").splitlines()[-lignes:])
            for f in fichiers
            if f.exists()
        )

    @contextmanager
    def connexion(self, role: str = lieux.PROPRIETAIRE) -> Iterator[Any]:
        """A cursor on its database under a role; nothing is kept of what it writes."""
        base = psycopg2.connect(self.lieu.url_base(role))
        try:
            with base.cursor() as curseur:
                yield curseur
        finally:
            base.close()

    def lignes(self, sql: str, *valeurs: Any) -> list[tuple]:
        """The rows of a query, as the owner."""
        with self.connexion() as curseur:
            curseur.execute(sql, valeurs)
            return curseur.fetchall()

    def une(self, sql: str, *valeurs: Any) -> Any:
        """The only value of a query."""
        ((valeur,),) = self.lignes(sql, *valeurs)
        return valeur

    def courriels(self) -> list[EmailMessage]:
        """The messages that it sent, oldest first."""
        lecteur = BytesParser(policy=policy.default)
        return [
            lecteur.parsebytes(fichier.read_bytes())  # type: ignore[misc]
            for fichier in sorted(self.lieu.courriels.glob("*.eml"))
        ]
