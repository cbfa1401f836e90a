"""Calls the WSGI application of this process as a server would: whole middleware stack, answer read to its end."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from time import perf_counter_ns
from typing import Any
from urllib.parse import urlencode

HOTE = "bench.example"


@dataclass(frozen=True)
class Requete:
    """One request, ready to be sent any number of times."""

    chemin: str
    temoins: dict[str, str]
    question: str = ""
    formulaire: dict[str, str] | None = None

    @property
    def environ(self) -> dict[str, Any]:
        corps = urlencode(self.formulaire).encode() if self.formulaire is not None else b""
        environ = {
            "REQUEST_METHOD": "GET" if self.formulaire is None else "POST",
            "PATH_INFO": self.chemin,
            "SCRIPT_NAME": "",
            "QUERY_STRING": self.question,
            "SERVER_NAME": HOTE,
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": HOTE,
            "HTTP_ACCEPT": "text/html",
            "HTTP_ACCEPT_LANGUAGE": "fr",
            "HTTP_COOKIE": "; ".join(f"{nom}={valeur}" for nom, valeur in self.temoins.items()),
            "wsgi.url_scheme": "https",
            "wsgi.input": io.BytesIO(corps),
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        if self.formulaire is not None:
            environ |= {
                "CONTENT_TYPE": "application/x-www-form-urlencoded",
                "CONTENT_LENGTH": str(len(corps)),
                "HTTP_ORIGIN": f"https://{HOTE}",
            }
        return environ


@dataclass
class Reponse:
    """What came back, and in how many milliseconds."""

    statut: int = 0
    entetes: list[tuple[str, str]] = field(default_factory=list)
    corps: bytes = b""
    duree: float = 0.0

    def entete(self, nom: str) -> str:
        return next((valeur for cle, valeur in self.entetes if cle.lower() == nom.lower()), "")

    def temoin(self, nom: str) -> str:
        """A cookie set by this answer."""
        for cle, valeur in self.entetes:
            if cle.lower() == "set-cookie" and nom in (temoins := SimpleCookie(valeur.strip())):
                return temoins[nom].value
        return ""


def envoyer(application: Callable, requete: Requete) -> Reponse:
    """Send one request; the clock covers everything that a worker of the server would do."""
    environ, reponse = requete.environ, Reponse()

    def commencer(statut: str, entetes: list, _erreur: Any = None) -> None:
        reponse.statut, reponse.entetes = int(statut[:3]), entetes

    depart = perf_counter_ns()
    flux = application(environ, commencer)
    reponse.corps = b"".join(flux)
    flux.close()
    reponse.duree = (perf_counter_ns() - depart) / 1e6
    return reponse
