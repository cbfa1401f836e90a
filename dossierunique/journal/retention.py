"""How long the journal is kept: whole months are dropped, and their seals stay."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.models import NatureSceau
from dossierunique.journal.partitions import mois_suivants
from dossierunique.journal.sceaux import FICHE, rediger, valeurs

MOIS_MIN, MOIS_MAX = 6, 36
PARTITION = re.compile(r"^journal_ligne_(\d{4})_(\d{2})$")
PARTITIONS = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'journal_ligne'::regclass"
COMPTER = """
SELECT count(*), count(*) FILTER (WHERE sceau IS NULL) FROM journal_ligne WHERE quand >= %s AND quand < %s
"""


class PurgeImpossible(Exception):
    """A month that may not be dropped, and why."""


@dataclass(frozen=True)
class Mois:
    """A month of the journal that is older than what is kept."""

    de: datetime
    a: datetime
    lignes: int
    a_sceller: int

    def __str__(self) -> str:
        return f"{self.de:%Y-%m}"


def limite(gardes: int | None = None) -> datetime:
    """The first instant that is kept: so many whole months before the present one (6 to 36, whatever is asked)."""
    gardes = min(max(settings.JOURNAL_MOIS_GARDES if gardes is None else gardes, MOIS_MIN), MOIS_MAX)
    maintenant = timezone.now().astimezone(UTC)
    rang = maintenant.year * 12 + maintenant.month - 1 - gardes
    return datetime(rang // 12, rang % 12 + 1, 1, tzinfo=UTC)


def a_purger() -> list[Mois]:
    """The months to drop, oldest first."""
    with connections["default"].cursor() as curseur:
        curseur.execute(PARTITIONS)
        trouves = filter(None, (PARTITION.match(nom) for (nom,) in curseur.fetchall()))
    debuts = sorted(datetime(int(m[1]), int(m[2]), 1, tzinfo=UTC) for m in trouves)
    bornes = [(de, _suivant(de)) for de in debuts]
    return [_mois(de, a) for de, a in bornes if a <= limite()]


def _suivant(de: datetime) -> datetime:
    mois = mois_suivants(de.date(), 1)[1]
    return datetime(mois.year, mois.month, 1, tzinfo=UTC)


def _mois(de: datetime, a: datetime) -> Mois:
    with connections["default"].cursor() as curseur:
        curseur.execute(COMPTER, [de, a])
        return Mois(de, a, *curseur.fetchone())


@transaction.atomic
def purger(mois: Mois) -> None:
    """Drop one month. Its purge is a seal of the chain and a row of the journal. Raises PurgeImpossible."""
    if mois.a_sceller:
        raise PurgeImpossible(f"{mois} : {mois.a_sceller} lignes ne sont pas encore scellées.")
    with connections["default"].cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtext('journal_sceaux'))")
        fiche = rediger(NatureSceau.PURGE, mois.de, mois.a, mois.lignes)
        curseur.execute(f"SELECT journal_purger({FICHE})", valeurs(fiche))
    details = {"mois": str(mois), "lignes": mois.lignes, "sceau": fiche["id"]}
    journaliser(None, Acte.PURGER, "journal", motif="durée de conservation atteinte", details=details)
