"""Databases of the run: made, migrated and filled by processes of their own."""

import os
import subprocess
import sys
from base64 import urlsafe_b64encode
from pathlib import Path

import psycopg2
from psycopg2 import sql

from bench.services import Adresses
from dossierunique.settings import adresses as reglages

PROJET = Path(__file__).resolve().parents[1]
MODELE, NOMS = "bench_modele", ("portail", "plancher")


def nom(application: str, nombre: int) -> str:
    return f"bench_{application}_{nombre}"


def _cle(rang: int) -> str:
    return urlsafe_b64encode(bytes([rang]) * 32).decode()


def environnement(
    adresses: Adresses, application: str, base: str, travail: Path, *, proprietaire: bool
) -> dict[str, str]:
    """What a process of one application needs; the owner's address only to make and fill the base."""
    role = "application" if application == "portail" else "proprietaire"
    module = "bench.reglages" if application == "portail" else "bench.plancher.reglages"
    return {
        **{k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DATABASE_OWNER_URL")},
        "DJANGO_SETTINGS_MODULE": module,
        "DATABASE_URL": adresses.base(role, base),
        **({"DATABASE_OWNER_URL": adresses.base("proprietaire", base)} if proprietaire else {}),
        "REDIS_URL": adresses.redis,
        "SECRET_KEY": "bench-" * 10,
        "ALLOWED_HOSTS": "bench.example",
        "ADRESSE_PUBLIQUE": "https://bench.example",
        **dict.fromkeys(("CONTACT_COURRIEL", "DPO_COURRIEL", "SECURITE_CONTACT"), "bench@bench.example"),
        **dict.fromkeys(("HEBERGEUR", "DIRECTEUR_PUBLICATION"), "bench"),
        "EMAIL_URL": "smtp://localhost",
        "ANTIVIRUS_EXIGE": "False",
        "CLES_DONNEES": f"1:{_cle(1)}",
        "CLES_FICHIERS": f"1:{_cle(2)}",
        "CLES_MEDICALES": f"1:{_cle(4)}",
        "CLE_EMPREINTE": _cle(3),
        "CLES_SCEAUX": f"1:{_cle(5)}",
        "BENCH_STATIQUES": str(travail / "statiques"),
        "NIVEAU_JOURNAUX": "WARNING",
    }


def python(env: dict[str, str], *arguments: str) -> None:
    """Run a module with the interpreter of the virtual environment."""
    subprocess.run([sys.executable, *arguments], check=True, cwd=PROJET, env=env)


def detruire(adresses: Adresses, noms: list[str]) -> None:
    """Drop databases of the bench."""
    for base in noms:
        _executer(adresses, "DROP DATABASE IF EXISTS {} WITH (FORCE)", base)


def creer(adresses: Adresses, base: str, modele: str = "template1") -> None:
    """Make a database afresh, from a model."""
    detruire(adresses, [base])
    _executer(adresses, "CREATE DATABASE {} TEMPLATE {}", base, modele)


def _executer(adresses: Adresses, ordre: str, *noms: str) -> None:
    lue = reglages.base(adresses.proprietaire)
    connexion = psycopg2.connect(
        dbname="postgres",
        user=lue["USER"],
        password=lue["PASSWORD"],
        host=lue["HOST"],
        port=lue["PORT"] or None,
    )
    try:
        connexion.autocommit = True
        with connexion.cursor() as curseur:
            curseur.execute(sql.SQL(ordre).format(*map(sql.Identifier, noms)))
    finally:
        connexion.close()


def preparer_plancher(adresses: Adresses, nombre: int, travail: Path) -> None:
    """The floor's database, migrated and filled."""
    base = nom("plancher", nombre)
    creer(adresses, base)
    env = environnement(adresses, "plancher", base, travail, proprietaire=True)
    python(env, "-m", "django", "migrate", "-v0")
    python(env, "-m", "bench.plancher.remplissage", str(nombre))


def preparer_portail(adresses: Adresses, nombre: int, travail: Path) -> None:
    """The portal's database, copied from the migrated model and filled."""
    base = nom("portail", nombre)
    creer(adresses, base, MODELE)
    env = environnement(adresses, "portail", base, travail, proprietaire=True)
    python(env, "-m", "bench.remplissage_portail", str(nombre))


def preparer_modele(adresses: Adresses, travail: Path) -> None:
    """An empty, migrated database of the portal, and its static files."""
    creer(adresses, MODELE)
    env = environnement(adresses, "portail", MODELE, travail, proprietaire=True)
    python(env, "manage.py", "migrate", "-v0", "--skip-checks")
    python(env, "manage.py", "collectstatic", "-v0", "--noinput", "--skip-checks")
