"""PostgreSQL and Valkey together, in one run directory held by one supervisor."""

import fcntl
import json
import os
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import IO

from dossierunique.embarque import lieux
from dossierunique.embarque.postgres import Postgres
from dossierunique.embarque.processus import (
    DemarrageImpossible,
    Enfant,
    attendre,
    preparer_dossier,
    sous_root,
)
from dossierunique.embarque.valkey import Valkey


def creer_secrets(lieu: lieux.Lieu) -> None:
    """Draw the keys that are missing; they stay with the data, readable by their owner only."""
    connus = lieux.lire_secrets(lieu)
    manquants = {nom: tirer() for nom, tirer in SECRETS.items() if nom not in connus}
    if not manquants:
        return
    # Written aside, then put in place at once: a stop in between must not lose the keys of the data.
    provisoire = lieu.secrets.with_suffix(".nouveau")
    provisoire.unlink(missing_ok=True)
    descripteur = os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descripteur, "w") as sortie:
        json.dump({**connus, **manquants}, sortie)
    provisoire.replace(lieu.secrets)


def _cle() -> str:
    return urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _trousseau() -> str:
    return f"1:{_cle()}"


SECRETS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "CLES_DONNEES": _trousseau,
    "CLES_FICHIERS": _trousseau,
    "CLES_MEDICALES": _trousseau,
    "CLE_EMPREINTE": _cle,
    "CLES_SCEAUX": _trousseau,
}


class Services:
    """Starts what the environment does not give, and stops it."""

    def __init__(
        self, lieu: lieux.Lieu, *, sur_disque: bool = True, postgres: bool = True, valkey: bool = True
    ) -> None:
        self.lieu, self.sur_disque = lieu, sur_disque
        self.avec_postgres, self.avec_valkey = postgres, valkey
        self.enfants: list[Enfant] = []
        self._verrou: IO[str] | None = None

    def preparer(self) -> None:
        """Folders, lock and keys. Raises DemarrageImpossible when another supervisor holds the directory."""
        # The unprivileged server walks through them to its own folder.
        for dossier in (self.lieu.racine.parent, self.lieu.racine):
            if not dossier.exists():
                dossier.mkdir(parents=True)
                dossier.chmod(0o711 if sous_root() else 0o700)
        preparer_dossier(self.lieu.journaux)
        preparer_dossier(self.lieu.prises, servi=True)
        self._verrou = self.lieu.verrou.open("w")
        try:
            fcntl.flock(self._verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise DemarrageImpossible(
                f"Une démonstration tourne déjà sur {self.lieu.racine} : arrêtez-la (Ctrl-C) d’abord."
            ) from None
        creer_secrets(self.lieu)

    def demarrer(self) -> None:
        """Bring both up, with the roles and the database made."""
        self.preparer()
        if self.avec_postgres:
            self._demarrer_postgres()
        if self.avec_valkey:
            valkey = Valkey(self.lieu, sur_disque=self.sur_disque)
            valkey.preparer()
            self.enfants.append(valkey.enfant)
            attendre(valkey.pret, "Valkey", valkey.enfant.journal)

    def _demarrer_postgres(self) -> None:
        postgres = Postgres(self.lieu, sur_disque=self.sur_disque)
        postgres.preparer()
        self.enfants.append(postgres.enfant)
        attendre(postgres.pret, "PostgreSQL", postgres.enfant.journal)
        postgres.creer_base()

    def arreter(self) -> None:
        """Stop everything, last started first."""
        for enfant in reversed(self.enfants):
            enfant.prevenir()
        for enfant in reversed(self.enfants):
            enfant.attendre_la_fin()
        self.enfants.clear()
        if self._verrou:
            self._verrou.close()
            self._verrou = None
