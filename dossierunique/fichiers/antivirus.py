"""A client of clamd's INSTREAM command: the file goes by the socket, never by a shared folder."""

import socket
import struct
from collections.abc import Iterable
from urllib.parse import urlsplit

from dossierunique.fichiers import reglages


class AntivirusIndisponible(Exception):
    """No usable answer: the file stays closed and the scan is tried again later."""


def configure() -> bool:
    """Whether an antivirus is set."""
    return bool(reglages.antivirus_url())


def analyser(morceaux: Iterable[bytes]) -> str:
    """Name of the signature found, or "" when the content is clean; raises AntivirusIndisponible."""
    try:
        with _connexion() as prise:
            prise.sendall(b"zINSTREAM\0")
            for morceau in morceaux:
                if morceau:
                    prise.sendall(struct.pack("!I", len(morceau)) + morceau)
            prise.sendall(b"\0\0\0\0")
            return _verdict(_reponse(prise))
    except OSError as erreur:
        raise AntivirusIndisponible("clamd ne répond pas") from erreur


def _connexion() -> socket.socket:
    adresse = urlsplit(reglages.antivirus_url())
    delai = reglages.antivirus_delai()
    if adresse.scheme == "unix":
        prise = socket.socket(socket.AF_UNIX)
        prise.settimeout(delai)
        prise.connect(adresse.path)
        return prise
    return socket.create_connection((adresse.hostname, adresse.port or 3310), timeout=delai)


def _reponse(prise: socket.socket) -> str:
    lu = b""
    while not lu.endswith(b"\0") and (morceau := prise.recv(4096)):
        lu += morceau
    return lu.rstrip(b"\0").decode("utf-8", "replace")


def _verdict(reponse: str) -> str:
    # "stream: OK", "stream: Eicar-Test-Signature FOUND"; anything else is not a verdict.
    corps = reponse.removeprefix("stream: ")
    if corps == "OK":
        return ""
    if corps.endswith(" FOUND"):
        return corps.removesuffix(" FOUND")
    raise AntivirusIndisponible("réponse inattendue de clamd")
