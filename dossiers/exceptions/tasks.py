"""Scheduled work: what is over is put away, what waits for the DPO is recalled."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.exceptions.listes import a_examiner
from dossiers.partages.models import ExceptionUtilisateur
from dossierunique.notifications.centre import notifier
from dossierunique.securite.identite import systeme
from dossierunique.ui.formats import pluriel
from partners.habilitations.models import Habilitation, Profil


@shared_task(name="exceptions.purger")
def purger() -> int:
    """Each night: remove the guardian rows whose time is over. The loans and bris de glace stay as history."""
    with systeme("purge-exceptions"):
        return ExceptionUtilisateur.objects.filter(jusque__lte=timezone.now()).delete()[0]


@shared_task(name="exceptions.rappeler_examens")
@transaction.atomic
def rappeler_examens() -> int:
    """Each morning: tell the DPO how many bris de glace have waited too long for their review."""
    jours = settings.BRIS_DE_GLACE_EXAMEN_JOURS
    with systeme("rappel-examens"):
        nombre = a_examiner().filter(depuis__lt=timezone.now() - timedelta(days=jours)).count()
        if nombre:
            dpo = Habilitation.objects.en_vigueur().filter(profil=Profil.DPO).select_related("utilisateur")
            attend = "attend" if nombre == 1 else "attendent"
            notifier(
                [habilitation.utilisateur for habilitation in dpo], genre="urgence", d_office=True,
                texte=f"{pluriel(nombre, 'accès d’urgence,accès d’urgence')} {attend} un examen "
                f"depuis plus de {jours} jours.",
                url=reverse("urgence:examens"), cle=f"urgences-en-retard-{timezone.localdate()}",
            )  # fmt: skip
    return nombre
