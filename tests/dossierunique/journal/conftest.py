"""The owner of the database at work on the journal, with the guards laid aside by hand."""

from types import SimpleNamespace

import psycopg2
import pytest
from django.db import connections, transaction

from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.models import LigneJournal


class Mandat(SimpleNamespace):
    def __str__(self):
        return "gestionnaire CNMSS, CNMSS"


@pytest.fixture
def ecrire():
    """Write rows as the application does; their numbers."""
    acteur = Mandat(pk=7, utilisateur_id=3, organisme_id=1, utilisateur="Claire Fictive")

    def _ecrire(nombre=1, **k):
        avant = set(LigneJournal.objects.values_list("pk", flat=True))
        with transaction.atomic():
            for rang in range(nombre):
                journaliser(acteur, Acte.CONSULTER, f"DU-2026-{rang:07d}-K", **{"details": {"n": rang}, **k})
        return sorted(set(LigneJournal.objects.values_list("pk", flat=True)) - avant)

    return _ecrire


@pytest.fixture
def proprietaire():
    """Run a statement as the owner who has laid the triggers of the journal aside."""
    # A connection of its own: Django would flush, after the test, an alias that the test declares.
    reglages = connections["proprietaire"].get_connection_params()
    connexion = psycopg2.connect(**{k: v for k, v in reglages.items() if k != "cursor_factory"})

    def _executer(requete, *valeurs, gardes=False):
        with connexion, connexion.cursor() as curseur:
            tables = [] if gardes else ["journal_sceau", "journal_verification", *_partitions(curseur)]
            for table in tables:
                curseur.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            curseur.execute(requete, valeurs or None)
            nombre = curseur.rowcount
            for table in tables:
                curseur.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return nombre

    yield _executer
    connexion.close()


def _partitions(curseur):
    curseur.execute("SELECT relid::regclass::text FROM pg_partition_tree('journal_ligne')")
    return [nom for (nom,) in curseur.fetchall()]
