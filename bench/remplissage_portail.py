"""Fills a database of the portal: people by the ORM, dossiers in bulk by SQL (sql/portail.sql).

Runs in its own process: `python -m bench.remplissage_portail 100000`.
"""

import io
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import django
from django.db import connections, transaction

django.setup()

from bench.personnes import naissance_de, nir_de, rangs_riches  # noqa: E402
from dossiers.assures.models import CONTEXTE_NIR  # noqa: E402
from dossiers.consentements.models import TexteConsentement  # noqa: E402
from dossiers.demandes.models import TypeAide  # noqa: E402
from dossiers.justificatifs.models import TypePiece  # noqa: E402
from dossierunique import numeros  # noqa: E402
from dossierunique.securite import crypto  # noqa: E402
from partners.models import Habilitation, Organisme, Unite, Utilisateur  # noqa: E402

DEBUT = date(2020, 1, 1)
GESTIONNAIRES, UNITES = 40, 20
PARTENAIRES = ("soixante", "centieme", "anciens", "tiers")
SQL = Path(__file__).parent / "sql" / "portail.sql"
TABLE = re.compile(r"^INSERT INTO (\w+)", re.MULTILINE)
MODELE = """
CREATE TEMP TABLE apport (rang bigint, nir bytea, empreinte bytea, sexe text, naissance date, dossier text,
                          demande text, riche boolean);
CREATE TEMP TABLE reperes (nombre int, cnmss bigint, soixante bigint, centieme bigint, anciens bigint, tiers bigint,
                           correspondant bigint, partenaire bigint, gestionnaires bigint[], unites bigint[],
                           texte bigint, type_aide bigint, types bigint[]);
"""


def lignes(nombre: int) -> Iterator[str]:
    """What Python must compute for each dossier: encrypted NIR, its fingerprint, numbers with their letter."""
    riches = set(rangs_riches(nombre))
    for rang in range(1, nombre + 1):
        nir = nir_de(rang)
        champs = (
            rang,
            rf"\\x{crypto.chiffrer(nir, CONTEXTE_NIR).hex()}",
            rf"\\x{crypto.empreinte(nir, CONTEXTE_NIR).hex()}",
            "HF"[rang % 2],
            naissance_de(rang),
            numeros.former("DU", 2026, rang),
            numeros.former("DM", 2026, rang),
            rang in riches,
        )
        yield "\t".join(map(str, champs)) + "\n"


def habiliter(identifiant: str, organisme: Organisme, profil: str) -> Habilitation:
    """A user of the bench with one habilitation in force."""
    utilisateur = Utilisateur.objects.create(
        username=identifiant, first_name="Agent", last_name="Fictif", email=f"{identifiant}@bench.example",
        telephone="05 00 00 00 00", password="!",
    )  # fmt: skip
    return Habilitation.objects.create(
        utilisateur=utilisateur, organisme=organisme, profil=profil, etat="active", debut=DEBUT,
        programmes=["DU", "OPEX"], formation_le=DEBUT, charte_signee_le=DEBUT,
    )  # fmt: skip


def _organisme(code: str, genre: str) -> Organisme:
    return Organisme.objects.create(
        code=code, sigle=code.capitalize(), nom=f"Organisme {code}", type=genre, depuis=DEBUT, voit_nir=True,
        programmes=["DU", "OPEX"],
    )  # fmt: skip


def reperes(nombre: int) -> dict[str, Any]:
    """The people, organismes and catalogue rows that the dossiers hang on."""
    cnmss, terre = _organisme("cnmss", "cnmss"), _organisme("terre", "etat_major")
    partenaires = {code: _organisme(code, "mutuelle") for code in PARTENAIRES}
    agents = {code: habiliter(code, organisme, "partenaire") for code, organisme in partenaires.items()}
    unites = [
        Unite.objects.create(
            code=f"unite-{i}", nom=f"Régiment no {i}", ville="Ville-Fictive", organisme=terre
        )
        for i in range(UNITES)
    ]
    correspondants = [habiliter(f"correspondant-{i}", terre, "correspondant") for i in (1, 2)]
    for combien, correspondant in enumerate(correspondants, 1):
        correspondant.unites.set(unites[:combien])
    return {
        "nombre": nombre,
        "cnmss": cnmss.pk,
        **{code: organisme.pk for code, organisme in partenaires.items()},
        "correspondant": correspondants[0].pk,
        "partenaire": agents["soixante"].pk,
        "gestionnaires": [
            habiliter(f"gestionnaire-{i}", cnmss, "gestionnaire").pk for i in range(GESTIONNAIRES)
        ],
        "unites": [unite.pk for unite in unites],
        "texte": TexteConsentement.objects.get(programme="DU").pk,
        "type_aide": TypeAide.objects.order_by("ordre")[0].pk,
        "types": list(TypePiece.objects.order_by("ordre").values_list("pk", flat=True)),
    }


def remplir(nombre: int) -> None:
    """Fill an empty, migrated database."""
    valeurs = reperes(nombre)
    flux = io.StringIO("".join(lignes(nombre)))
    base = connections["proprietaire"]
    with transaction.atomic("proprietaire"), base.cursor() as curseur:
        # pghistory's trigger aborts a subtransaction a row, which walks through the deferred checks that are
        # waiting: a statement of 100 000 rows would take hours with the foreign keys left for the end.
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'")
        curseur.execute(MODELE)
        curseur.execute(
            f"INSERT INTO reperes VALUES ({', '.join(['%s'] * len(valeurs))})", list(valeurs.values())
        )
        curseur.copy_expert("COPY apport FROM STDIN", flux)
        curseur.execute("ANALYZE apport")
        for ordre in SQL.read_text().split(";\n"):
            _jouer(curseur, ordre)
    with base.cursor() as curseur:
        curseur.execute("VACUUM ANALYZE")


def _jouer(curseur: Any, ordre: str) -> None:
    """One statement, then fresh statistics: the triggers of the next one plan on them."""
    if ordre.strip():
        curseur.execute(ordre)
    if table := TABLE.search(ordre):
        curseur.execute(f"ANALYZE {table[1]}")


if __name__ == "__main__":
    remplir(int(sys.argv[1]))
