"""What is promised to the outbox is kept by somebody, in a process that has imported nothing but the applications."""

import re
import subprocess
import sys
from pathlib import Path

RACINE = Path(__file__).resolve().parents[1]
GENRE = re.compile(r"""deposer(?:_lot)?\(\s*"([a-z._]+)\"""")
LIRE = """
import django; django.setup()
from dossierunique.notifications import sortie
from dossierunique.journal import ecriture
print(*sortie._traitements, sep="\\n"); print("motivations", len(ecriture._motivations))
"""


def genres_promis() -> set[str]:
    sources = (
        f for salle in ("dossiers", "partners", "dossierunique") for f in (RACINE / salle).rglob("*.py")
    )
    return {genre for source in sources for genre in GENRE.findall(source.read_text())}


def test_every_promise_has_somebody_to_keep_it() -> None:
    """A worker without the handler of « urgence » tells the DPO of nothing, and says so in a log only."""
    sortie = subprocess.run(
        [sys.executable, "-c", LIRE], cwd=RACINE, capture_output=True, text=True, check=True
    )
    lues = sortie.stdout.split("\n")
    assert {"annonce", "urgence", "pret"} <= genres_promis() <= set(lues)
    assert "motivations 1" in lues
