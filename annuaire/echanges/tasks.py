"""The clock of the room."""

from celery import shared_task

from annuaire.echanges.actions import abandonner_les_oubliees
from dossierunique.securite.identite import systeme


@shared_task(name="annuaire.vider_les_oubliees")
def vider_les_oubliees() -> int:
    """Empty the lists that nobody applied in time."""
    with systeme("annuaire-listes-oubliees"):
        return abandonner_les_oubliees()
