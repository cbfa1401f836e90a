"""Scheduled housekeeping of sign-ins."""

from celery import shared_task
from django.core.management import call_command

from partners.comptes import brouillons, sessions, verrou


@shared_task(name="comptes.menage")
def menage() -> dict[str, int]:
    """Every night: forget what no longer serves, first of all what people had typed."""
    faits = {"brouillons": brouillons.purger(), "sessions": sessions.purger(), "essais": verrou.purger()}
    call_command("clearsessions")
    return faits
