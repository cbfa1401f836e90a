"""The clock of the room."""

from celery import shared_task

from documentation.articles import rappels
from dossierunique.securite.identite import systeme


@shared_task(name="documentation.rappeler")
def rappeler() -> int:
    """Each morning: tell the authors of what is about to be out of date."""
    with systeme("articles-a-revoir"):
        return rappels.rappeler()
