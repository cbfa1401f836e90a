"""Scheduled work of the watch."""

from celery import shared_task

from dossiers.controle.surveillance import surveiller as lire_le_journal
from dossierunique.securite.identite import systeme


@shared_task(name="controle.surveiller")
def surveiller() -> int:
    """Every two minutes: what the rows sealed since the last time say of unusual accesses."""
    with systeme("surveiller-acces"):
        return lire_le_journal()
