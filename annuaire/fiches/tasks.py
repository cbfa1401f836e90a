"""The clock of the room."""

from celery import shared_task

from annuaire.fiches.rappels import rappeler
from dossierunique.securite.identite import systeme


@shared_task(name="annuaire.rappeler")
def rappeler_de_verifier() -> int:
    """Each month: what is to be verified."""
    with systeme("annuaire-rappels"):
        return rappeler()
