"""Rounds: every page of every process in turn, so that what disturbs the machine disturbs all of them alike."""

import json
import random
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from bench.bases import PROJET

RONDES_MIN = 7


class Processus:
    """One application, at one size, in a process that we drive."""

    def __init__(self, module: str, nombre: int, env: dict[str, str]) -> None:
        self.enfant = subprocess.Popen(
            [sys.executable, "-m", "bench.ouvrier", module, str(nombre)],
            cwd=PROJET, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def demander(self, faire: str, **ordre: Any) -> Any:
        """Give an order and wait for its answer."""
        assert self.enfant.stdin and self.enfant.stdout
        print(json.dumps({"faire": faire, **ordre}), file=self.enfant.stdin, flush=True)
        reponse = self.enfant.stdout.readline()
        if not reponse:
            raise RuntimeError(f"l’application mesurée s’est arrêtée pendant : {faire} {ordre}")
        return json.loads(reponse)

    def arreter(self) -> None:
        if self.enfant.stdin:
            self.enfant.stdin.close()
        self.enfant.wait(timeout=30)


@dataclass
class Mesures:
    """For each (application, size) and page, the median of each round, in milliseconds."""

    rondes: dict[tuple[str, int, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    calculs: dict[tuple[str, int, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    constats: dict[tuple[str, int, str], dict[str, Any]] = field(default_factory=dict)
    nombre_de_rondes: int = 0

    def duree(self, application: str, nombre: int, page: str) -> float:
        """The median of the rounds' medians."""
        return median(self.rondes[application, nombre, page])

    def calcul(self, application: str, nombre: int, page: str) -> float:
        """The median of what Python alone takes, which a busy machine disturbs less."""
        return median(self.calculs[application, nombre, page])

    def rapport(self, haut: tuple[str, int, str], bas: tuple[str, int, str]) -> tuple[float, float, float]:
        """How many times `bas` it takes: median over the rounds, first and third quartiles."""
        rapports = [h / b for h, b in zip(self.rondes[haut], self.rondes[bas], strict=True)]
        bas_, milieu, haut_ = quantiles(rapports, n=4)
        return milieu, bas_, haut_


def mesurer(processus: dict[tuple[str, int], Processus], fin: float, fois: int) -> Mesures:
    """Warm everything up, then go round until `fin` (on the monotonic clock), RONDES_MIN times at least."""
    mesures = Mesures()
    for (application, nombre), enfant in processus.items():
        for page, constat in enfant.demander("essayer").items():
            mesures.constats[application, nombre, page] = constat
    hasard = random.Random(2026)
    tour = list(mesures.constats)
    while mesures.nombre_de_rondes < RONDES_MIN or time.monotonic() < fin:
        hasard.shuffle(tour)
        for application, nombre, page in tour:
            reponse = processus[application, nombre].demander("mesurer", nom=page, fois=fois)
            mesures.rondes[application, nombre, page].append(median(reponse["durees"]))
            mesures.calculs[application, nombre, page].append(reponse["calcul"])
        mesures.nombre_de_rondes += 1
    return mesures
