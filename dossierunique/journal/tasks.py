"""Scheduled work of the journal."""

from celery import shared_task

from dossierunique.journal.partitions import preparer_partitions as preparer


@shared_task(name="journal.preparer_partitions")
def preparer_partitions() -> list[str]:
    """Daily: make sure that the coming months have their partition."""
    return preparer()
