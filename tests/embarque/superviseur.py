"""A supervisor of services alone, run by the tests as a process of its own to be killed."""

import sys
import time
from pathlib import Path

from dossierunique.embarque.lieux import Lieu
from dossierunique.embarque.services import Services

services = Services(Lieu(Path(sys.argv[1])))
services.demarrer()
print("prêt", *[e.processus.pid for e in services.enfants if e.processus], flush=True)
while True:
    time.sleep(1)
