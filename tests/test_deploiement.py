"""The container files cannot be built here: what they name must exist, and what they run must answer."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

PROJET = Path(__file__).parents[1]
COMPOSE = yaml.safe_load((PROJET / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
NOTRES = {nom: service for nom, service in SERVICES.items() if service.get("image") == "dossier-unique"}
DOCKERFILE = (PROJET / "Dockerfile").read_text()
EXEMPLE = (PROJET / ".env.example").read_text()


def _par_defaut() -> list[str]:
    trouve = re.search(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    assert trouve
    return yaml.safe_load(trouve[1])


def _commande(service: dict) -> list[str]:
    return service.get("command") or _par_defaut()


def _aide(commande: list[str]) -> str:
    """What the program and its subcommand say of themselves."""
    programme = Path(sys.executable).parent / commande[0]
    mots = {"celery": commande[1:4], "python": commande[1:3]}.get(commande[0], [])
    fait = subprocess.run(
        [programme, *mots, "--help"], cwd=PROJET, capture_output=True, text=True, check=False, timeout=60
    )
    assert fait.returncode == 0, fait.stderr
    return fait.stdout


@pytest.mark.parametrize("nom", NOTRES)
def test_each_command_runs_and_knows_its_options(nom, monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "dossierunique.settings.test")
    commande = _commande(NOTRES[nom])
    aide = _aide(commande)
    for option in (mot for mot in commande[2:] if mot.startswith("-")):
        assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", aide), f"{option} inconnue"


def test_the_services_are_those_of_the_demo():
    assert set(NOTRES) == {"web", "travail", "pdf", "horloge", "migrations"}
    files = {
        mot
        for s in NOTRES.values()
        for a, mot in zip(_commande(s), _commande(s)[1:], strict=False)
        if a == "-Q"
    }
    assert files == {"celery", "pdf"}


def test_only_the_migrations_know_the_owner():
    savent = [nom for nom, s in NOTRES.items() if "DATABASE_OWNER_URL" in s.get("environment", {})]
    assert savent == ["migrations"]
    assert "DATABASE_OWNER_URL" not in {
        ligne.split("=")[0] for ligne in EXEMPLE.splitlines() if not ligne.startswith("#")
    }


def test_services_and_volumes_named_exist():
    for service in SERVICES.values():
        assert set(service.get("depends_on", {})) <= set(SERVICES)
        for montage in service.get("volumes", []):
            source = montage.split(":")[0]
            assert source in COMPOSE["volumes"] or (PROJET / source).exists()


def test_the_dockerfile_copies_and_installs_what_exists():
    for ligne in re.findall(r"^COPY (.+)$", DOCKERFILE, re.MULTILINE):
        for source in shlex.split(ligne)[:-1]:
            assert (PROJET / source).exists()
    voulus = set(re.findall(r"\b(lib\w[\w.-]+)\b", DOCKERFILE.split("install -y")[1].split("&&")[0]))
    assert voulus == set(
        re.findall(r"^besoin (lib[\w.-]+)", (PROJET / "deploy/paquets.sh").read_text(), re.M)
    )


def test_every_variable_of_the_compose_file_and_of_the_settings_is_explained():
    reglages = "".join(
        (PROJET / f"dossierunique/settings/{nom}.py").read_text() for nom in ("base", "production")
    )
    lues = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', reglages))
    substituees = set(re.findall(r"\$\{([A-Z_]+)\}", (PROJET / "docker-compose.yml").read_text()))
    expliquees = set(re.findall(r"^#?([A-Z_]+)=", EXEMPLE, re.MULTILINE))
    assert lues | substituees <= expliquees
    assert expliquees <= lues | substituees, "explained, and read by nobody"
