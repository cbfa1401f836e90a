"""One application in one process, driven by lines of JSON: `python -m bench.ouvrier bench.cas_portail 1000`."""

import gc
import json
import os
import sys
from importlib import import_module
from itertools import cycle
from time import process_time_ns
from typing import Any

import django
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.cas import Cas
from bench.client import Reponse, envoyer

CHAUFFE = 30


class Ouvrier:
    """Holds the application, warm, and times its pages."""

    def __init__(self, module: str, nombre: int) -> None:
        self.application = get_wsgi_application()
        self.cas: dict[str, Cas] = import_module(module).preparer(nombre, self.application)
        self.suites = {nom: cycle(cas.requetes) for nom, cas in self.cas.items()}

    def essayer(self) -> dict[str, dict[str, Any]]:
        """Check every page and warm it up; how many queries it makes, and how heavy it is."""
        constats = {}
        for nom, cas in self.cas.items():
            for _ in range(max(CHAUFFE, len(cas.requetes) if len(cas.requetes) <= 50 else 0)):
                self.appeler(nom)
            with CaptureQueriesContext(connection) as requetes:
                reponse = self.appeler(nom)
            constats[nom] = {
                "requetes": len(requetes),
                "octets": len(reponse.corps),
                "lignes": cas.lignes,
            }
        gc.collect()
        gc.freeze()
        return constats

    def appeler(self, nom: str) -> Reponse:
        """One call, checked."""
        cas, reponse = self.cas[nom], envoyer(self.application, next(self.suites[nom]))
        if reponse.statut != cas.statut or cas.contient not in reponse.corps.decode():
            raise RuntimeError(f"{nom} : {reponse.statut} {reponse.corps[:2000].decode()}")
        if cas.lignes is not None and reponse.corps.count(b"<tr><td>") != cas.lignes:
            raise RuntimeError(f"{nom} : {reponse.corps.count(b'<tr><td>')} lignes au lieu de {cas.lignes}")
        return reponse

    def mesurer(self, nom: str, fois: int) -> dict[str, Any]:
        """Milliseconds of some calls, by the clock and of this processor's work; the first one only warms up."""
        gc.collect()
        self.appeler(nom)
        depart = process_time_ns()
        durees = [self.appeler(nom).duree for _ in range(fois)]
        return {"durees": durees, "calcul": (process_time_ns() - depart) / fois / 1e6}


def servir(ouvrier: Ouvrier) -> None:
    """Answer orders until the end of the input."""
    for ligne in sys.stdin:
        ordre = json.loads(ligne)
        faire = getattr(ouvrier, ordre.pop("faire"))
        print(json.dumps(faire(**ordre)), file=SORTIE, flush=True)


if __name__ == "__main__":
    # What libraries print must not be taken for an answer.
    SORTIE = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    django.setup()
    servir(Ouvrier(sys.argv[1], int(sys.argv[2])))
