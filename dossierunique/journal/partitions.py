"""Monthly partitions of the journal, made ahead of time.

The application does not own the table: it asks a function of the owner (SECURITY DEFINER) that
can do this and nothing else.
"""

from datetime import date

from django.db import connection
from django.utils import timezone

MOIS_D_AVANCE = 13


def mois_suivants(depuis: date, nombre: int) -> list[date]:
    """The first days of the month of `depuis` and of the `nombre` following ones."""
    rang = depuis.year * 12 + depuis.month - 1
    return [date((rang + i) // 12, (rang + i) % 12 + 1, 1) for i in range(nombre + 1)]


def preparer_partitions(depuis: date | None = None, nombre: int = MOIS_D_AVANCE) -> list[str]:
    """Create the missing partitions of the coming months; give back the names of those created."""
    creees = []
    with connection.cursor() as curseur:
        for mois in mois_suivants(depuis or timezone.localdate(), nombre):
            curseur.execute("SELECT journal_creer_partition(%s)", [mois])
            if nom := curseur.fetchone()[0]:
                creees.append(nom)
    return creees
