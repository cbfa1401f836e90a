"""Public numbers: a prefix, the year, a sequence of PostgreSQL and a check letter (DU-2026-0001234-K)."""

import re

from django.db import connections

# No I, O or Q: they are taken for 1 and 0 on paper and on the phone. 23 is prime, so that any
# single wrong digit and any swap of two neighbours changes the letter.
LETTRES = "ABCDEFGHJKLMNPRSTUVWXYZ"
FORME = re.compile(r"^(?P<prefixe>[A-Z]{2})-(?P<annee>\d{4})-(?P<rang>\d{7})-(?P<cle>[A-Z])$")


def lettre_de_controle(annee: int, rang: int) -> str:
    """Check letter of a public number: its digits weighted by their position, modulo 23."""
    chiffres = f"{annee:04d}{rang:07d}"
    return LETTRES[sum((i + 2) * int(c) for i, c in enumerate(chiffres)) % 23]


def former(prefixe: str, annee: int, rang: int) -> str:
    """The public number `prefixe-annee-rang-letter`."""
    return f"{prefixe}-{annee:04d}-{rang:07d}-{lettre_de_controle(annee, rang)}"


def est_valide(numero: str) -> bool:
    """Whether a number typed by a person has the right form and check letter."""
    trouve = FORME.match(numero.strip().upper())
    return trouve is not None and trouve["cle"] == lettre_de_controle(
        int(trouve["annee"]), int(trouve["rang"])
    )


def suivant(prefixe: str, annee: int, sequence: str) -> str:
    """Draw the next public number from a PostgreSQL sequence (never given twice, may leave holes)."""
    with connections["default"].cursor() as curseur:
        curseur.execute("SELECT nextval(%s)", [sequence])
        return former(prefixe, annee, curseur.fetchone()[0])
