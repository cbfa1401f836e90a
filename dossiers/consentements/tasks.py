"""Scheduled work of the consents."""

from celery import shared_task

from dossiers.consentements import rappels


@shared_task(name="consentements.faire_la_ronde")
def faire_la_ronde() -> tuple[int, int]:
    """Each day at 06:30."""
    return rappels.faire_la_ronde()
