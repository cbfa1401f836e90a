"""Scheduled work of the habilitations."""

from celery import shared_task

from dossierunique.securite.identite import systeme
from partners.habilitations import inutilisees
from partners.revues import actions as revues


@shared_task(name="habilitations.inutilisees")
def suspendre_inutilisees() -> int:
    """Each night: warn, then suspend what nobody uses."""
    with systeme("habilitations-inutilisees"):
        inutilisees.avertir()
        return inutilisees.suspendre_inutilisees()


@shared_task(name="habilitations.revue")
def avancer_la_revue() -> int:
    """Each morning: the reminders due, and the end of a campaign whose date has passed."""
    with systeme("habilitations-revue"):
        return revues.avancer()
