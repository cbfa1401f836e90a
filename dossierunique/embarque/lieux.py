"""Where the embedded services live: pure functions of the project's path, the environment and who runs.

Whoever asks gets the same answer, so that `manage.py` finds a running demo without any setting.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PROJET = Path(__file__).resolve().parents[2]
APPLICATION, PROPRIETAIRE, BASE = "du_application", "du_proprietaire", "dossier_unique"
LONGUEUR_PRISE = 107  # bytes that the kernel accepts for a Unix socket's path


@dataclass(frozen=True)
class Lieu:
    """One run directory and the addresses of what runs in it."""

    racine: Path

    @property
    def postgres(self) -> Path:
        return self.racine / "postgres"

    @property
    def valkey(self) -> Path:
        return self.racine / "valkey"

    @property
    def prises(self) -> Path:
        """Folder of the sockets: inside the run directory unless the path would be too long."""
        dedans = self.racine / "prises"
        if len(os.fsencode(dedans / ".s.PGSQL.5432")) <= LONGUEUR_PRISE:
            return dedans
        return Path("/tmp") / f"du-{empreinte(self.racine)}"  # noqa: S108 (ownership is checked)

    @property
    def prise_valkey(self) -> Path:
        return self.prises / "valkey.sock"

    @property
    def binaires(self) -> Path:
        return self.racine / "binaires"

    @property
    def journaux(self) -> Path:
        return self.racine / "journaux"

    @property
    def fichiers(self) -> Path:
        return self.racine / "fichiers"

    @property
    def courriels(self) -> Path:
        return self.racine / "courriels"

    @property
    def secrets(self) -> Path:
        return self.racine / "secrets.json"

    @property
    def verrou(self) -> Path:
        return self.racine / "superviseur.verrou"

    def url_base(self, role: str = APPLICATION, base: str = BASE) -> str:
        """Address of a database under a role."""
        return f"postgres://{role}@{quote(str(self.prises), safe='')}/{base}"

    @property
    def url_redis(self) -> str:
        return f"redis+socket://{self.prise_valkey}"


def empreinte(chemin: Path) -> str:
    """Short name of a path, the same on every start."""
    return hashlib.sha256(os.fsencode(chemin)).hexdigest()[:12]


def lieu() -> Lieu:
    """The run directory of this project: DOSSIER_UNIQUE_LIEU, or a place that the servers can reach.

    PostgreSQL refuses to run as root, and root's home is closed to anybody else: as root, the data
    stands under /var/lib.
    """
    if impose := os.environ.get("DOSSIER_UNIQUE_LIEU"):
        return Lieu(Path(impose))
    if os.geteuid() == 0:
        return Lieu(Path("/var/lib/dossierunique") / empreinte(PROJET))
    return Lieu(PROJET / "var")


def lire_secrets(lieu: Lieu) -> dict[str, str]:
    """The keys made at the first start; empty before it."""
    try:
        return json.loads(lieu.secrets.read_text())
    except FileNotFoundError:
        return {}
