"""Scheduled work of the room."""

from celery import shared_task

from opex.recensement import exercices


@shared_task(name="opex.recensement.arreter")
def arreter() -> list[int]:
    """Each night: publish the figures of the year that is due, once."""
    return exercices.arreter()
