"""PostgreSQL and Valkey together, in one run directory held by one supervisor."""

import fcntl
import json
import os
import secrets
from base64 import urlsafe_b64encode
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
    """Draw the keys at the first start; they stay with the data, readable by their owner only.

    A directory older than one of the keys gets that one, and keeps the others.
    """

    def cle() -> str:
        return urlsafe_b64encode(secrets.token_bytes(32)).decode()

    tires = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "CLES_DONNEES": f"1:{cle()}",
        "CLES_FICHIERS": f"1:{cle()}",
        "CLES_MEDICALES": f"1:{cle()}",
        "CLE_EMPREINTE": cle(),
    }
    connus = lieux.lire_secrets(lieu)
    if tires.keys() <= connus.keys():
        return
    nouveau = lieu.secrets.with_suffix(".nouveau")
    nouveau.unlink(missing_ok=True)
    descripteur = os.open(nouveau, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descripteur, "w") as sortie:
        json.dump({**tires, **connus}, sortie)
    # In one step: a crash leaves the former file, never half of one.
    nouveau.replace(lieu.secrets)


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
