"""The PostgreSQL of the run: its own embedded one, or databases of its own on the one that DATABASE_URL names."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from dossierunique.embarque import lieux
from dossierunique.embarque.services import Services


@dataclass(frozen=True)
class Adresses:
    """Where the services of the run answer."""

    application: str
    proprietaire: str
    redis: str

    def base(self, role: str, nom: str) -> str:
        """The address of a database under a role (`application` or `proprietaire`)."""
        return urlunsplit(urlsplit(getattr(self, role))._replace(path=f"/{nom}"))


@contextmanager
def services(racine: Path) -> Iterator[Adresses]:
    """Give the addresses; what was started is stopped at the end."""
    if url := os.environ.get("DATABASE_URL"):
        yield Adresses(
            url, os.environ["DATABASE_OWNER_URL"], os.environ.get("REDIS_URL", "redis://localhost:6379")
        )
        return
    # On the disk, as in production: a page of the portal commits its line of the journal.
    embarques = Services(lieux.Lieu(racine / "services"), sur_disque=True)
    try:
        embarques.demarrer()
        lieu = embarques.lieu
        yield Adresses(lieu.url_base(), lieu.url_base(lieux.PROPRIETAIRE), lieu.url_redis)
    finally:
        embarques.arreter()


def dossier_de_travail() -> tempfile.TemporaryDirectory:
    """A throw-away folder that the unprivileged PostgreSQL may walk through."""
    provisoire = tempfile.TemporaryDirectory(prefix="du-bench-", ignore_cleanup_errors=True)
    Path(provisoire.name).chmod(0o711)
    return provisoire
