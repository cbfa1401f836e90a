"""Scheduled and queued work of the notifications."""

from celery import shared_task

from dossierunique.notifications import resumes, sortie
from dossierunique.notifications.models import Rythme


@shared_task(name="notifications.traiter_envoi")
def traiter_envoi(envoi_id: int) -> bool:
    """Do one job of the outbox."""
    return sortie.traiter(envoi_id)


@shared_task(name="notifications.balayer")
def balayer() -> int:
    """Every 30 s: what the broker missed, what waits for its next try."""
    return sortie.balayer()


@shared_task(name="notifications.resumer_le_jour")
def resumer_le_jour() -> int:
    """Each day at 07:00."""
    return resumes.preparer(Rythme.QUOTIDIEN)


@shared_task(name="notifications.resumer_la_semaine")
def resumer_la_semaine() -> int:
    """Each Monday at 07:00."""
    return resumes.preparer(Rythme.HEBDOMADAIRE)


@shared_task(name="notifications.purger")
def purger() -> int:
    """Each Sunday at 05:10."""
    return sortie.purger()
