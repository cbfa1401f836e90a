"""Scheduled work of the journal."""

import logging

from celery import shared_task

from dossierunique.journal import retention, sceaux, veille
from dossierunique.journal.partitions import preparer_partitions as preparer
from dossierunique.securite.identite import systeme

journal = logging.getLogger(__name__)


@shared_task(name="journal.preparer_partitions")
def preparer_partitions() -> list[str]:
    """Daily: make sure that the coming months have their partition."""
    return preparer()


@shared_task(name="journal.sceller")
def sceller() -> int:
    """Each minute: seal the rows that wait."""
    with systeme("sceller-journal"):
        return sceaux.sceller()


@shared_task(name="journal.verifier", soft_time_limit=3600)
def verifier() -> int:
    """Each night: verify, keep the result, have it told; how many anomalies."""
    return veille.verifier_et_noter().anomalies


@shared_task(name="journal.purger")
def purger() -> list[str]:
    """Each month: drop the months that are older than what is kept; those that were dropped."""
    purges = []
    with systeme("purger-journal"):
        mois = retention.a_purger()
    for un in mois:
        try:
            with systeme("purger-journal"):
                retention.purger(un)
            purges.append(str(un))
        except retention.PurgeImpossible as echec:
            journal.warning("purge du journal refusée : %s", echec)
    return purges
