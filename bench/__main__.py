"""`make bench`: fill, measure, report."""

import argparse
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench import bases, tableau
from bench.mesures import Mesures, Processus, mesurer
from bench.services import Adresses, dossier_de_travail, services

TAILLES = (tableau.PETIT, tableau.GRAND)
RESULTATS = Path(__file__).parent / "resultats.md"
CAS = {"plancher": "bench.plancher.cas", "portail": "bench.cas_portail"}


def preparer(adresses: Adresses, travail: Path) -> None:
    """Make and fill the four databases, two at a time."""
    bases.preparer_modele(adresses, travail)
    with ThreadPoolExecutor(2) as equipe:
        # The longest first. The model may not be copied by two at once.
        bases.preparer_portail(adresses, TAILLES[0], travail)
        grands = [equipe.submit(bases.preparer_portail, adresses, TAILLES[1], travail)]
        grands += [equipe.submit(bases.preparer_plancher, adresses, nombre, travail) for nombre in TAILLES]
        for grand in grands:
            grand.result()


def lancer(adresses: Adresses, travail: Path) -> dict[tuple[str, int], Processus]:
    """The four applications, each in its process."""
    return {
        (application, nombre): Processus(
            module,
            nombre,
            bases.environnement(
                adresses, application, bases.nom(application, nombre), travail, proprietaire=False
            ),
        )
        for nombre in TAILLES
        for application, module in CAS.items()
    }


def executer(adresses: Adresses, travail: Path, fin: float, fois: int) -> Mesures:
    """Start the applications, go round, stop them."""
    processus = lancer(adresses, travail)
    try:
        return mesurer(processus, fin, fois)
    finally:
        for enfant in processus.values():
            enfant.arreter()


def main() -> None:
    """The whole run."""
    lecteur = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    lecteur.add_argument("--secondes", type=int, default=200, help="durée visée, remplissage compris")
    lecteur.add_argument("--fois", type=int, default=5, help="appels d’une page à chaque tour")
    options = lecteur.parse_args()
    depart = time.monotonic()
    with dossier_de_travail() as travail, services(Path(travail)) as adresses:
        dire("bases : 1 000 et 100 000 dossiers, une minute environ")
        try:
            preparer(adresses, Path(travail))
            dire(f"mesures, {time.monotonic() - depart:.0f} s après le départ")
            charge = os.getloadavg()[0]
            mesures = executer(adresses, Path(travail), depart + options.secondes, options.fois)
        finally:
            noms = [bases.nom(application, nombre) for application in CAS for nombre in TAILLES]
            bases.detruire(adresses, [*noms, bases.MODELE])
    texte = tableau.rediger(
        mesures,
        fois=options.fois,
        charge=(charge, os.getloadavg()[0]),
        secondes=time.monotonic() - depart,
    )
    RESULTATS.write_text(texte)
    print(texte)


def dire(texte: str) -> None:
    """Say where the run stands."""
    print(f"bench : {texte}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
