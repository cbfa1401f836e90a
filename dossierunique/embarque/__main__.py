"""`python -m dossierunique.embarque demo | effacer`."""

import argparse
import os
import shutil
import sys

from dossierunique.embarque import demo, lieux
from dossierunique.embarque.processus import DemarrageImpossible
from dossierunique.embarque.services import Services


def effacer() -> int:
    """Remove the data of the demo, unless it is running."""
    lieu = lieux.lieu()
    services = Services(lieu)
    try:
        services.preparer()
    except DemarrageImpossible as erreur:
        print(erreur, file=sys.stderr)
        return 1
    for dossier in (lieu.racine, lieu.prises):
        shutil.rmtree(dossier, ignore_errors=True)
    print("Données de la démonstration effacées.")
    return 0


def main() -> int:
    analyse = argparse.ArgumentParser(prog="dossierunique.embarque", description=__doc__)
    analyse.add_argument("geste", choices=["demo", "effacer"])
    geste = analyse.parse_args().geste
    return effacer() if geste == "effacer" else demo.lancer(int(os.environ.get("PORT", "8000")))


if __name__ == "__main__":
    sys.exit(main())
