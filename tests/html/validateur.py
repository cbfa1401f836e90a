"""The Nu HTML checker, run once over a folder of documents."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

# A section without a name has no role: it is a card, and a heading that says nothing would be heard for nothing.
ADMIS = r".*Section lacks heading\..*"
ARCHIVE = Path(__file__).parent / "vnu" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def valider(dossier: Path) -> list[str]:
    """What it says of each document of the folder, one line for each message."""
    documents = sorted(dossier.rglob("*.html"))
    if not documents:
        pytest.fail(f"aucune page dans {dossier}")
    if not shutil.which("java") or not ARCHIVE.exists():
        pytest.fail("java ou tests/html/vnu/node_modules manque : lancez make test, qui les installe")
    fait = subprocess.run(
        ["java", "-jar", str(ARCHIVE), "--format", "json", "--stdout", "--exit-zero-always", "--filterpattern", ADMIS,
         *map(str, documents)],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return [_ligne(dossier, message) for message in json.loads(fait.stdout)["messages"]]


def _ligne(dossier: Path, message: dict) -> str:
    nom = message["url"].removeprefix(f"file:{dossier}/")
    extrait = re.sub(r"\s+", " ", message.get("extract", ""))
    genre = message.get("subType", message["type"])
    return f"{nom}:{message.get('lastLine', '')} {genre} {message['message']} [{extrait}]"
