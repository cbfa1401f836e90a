"""The clock of the room."""

from celery import shared_task

from dossierunique.securite.identite import systeme
from opex.imprimes.listes import abandonner_les_oubliees


@shared_task(name="imprimes.vider_les_oubliees")
def vider_les_oubliees() -> int:
    """Empty the lists that nobody took over in time."""
    with systeme("listes-oubliees"):
        return abandonner_les_oubliees()
