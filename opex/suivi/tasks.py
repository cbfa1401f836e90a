"""Scheduled work of the room."""

from celery import shared_task

from opex.suivi import rappels


@shared_task(name="opex.suivi.rappeler")
def rappeler() -> int:
    """Each night: the steps that come near or are late."""
    return rappels.rappeler()


@shared_task(name="opex.suivi.expirer")
def expirer() -> int:
    """Each night: the dossiers that no wound has woken since the last return."""
    return rappels.expirer_les_dormants()
