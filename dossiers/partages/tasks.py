"""Scheduled work of the shares."""

import logging

from celery import shared_task
from django.urls import reverse
from django.utils import timezone

from dossiers.partages.verification import ecarts
from dossierunique.notifications import genres
from dossierunique.notifications.centre import notifier
from partners.habilitations.models import Habilitation, Profil

journal = logging.getLogger(__name__)
GENRE = "ecart_partages"
genres.declarer(GENRE, "Un partage ne correspond pas aux consentements")


@shared_task(name="partages.verifier")
def verifier_partages() -> int:
    """Nightly: how many disagreements between shares, second lock and policies; the DPO is told of any."""
    trouves = ecarts()
    for ecart in trouves:
        journal.error("partage incohérent : %s", ecart)
    if trouves:
        dpo = Habilitation.objects.en_vigueur().filter(profil=Profil.DPO).select_related("utilisateur")
        notifier(
            [h.utilisateur for h in dpo],
            genre=GENRE,
            texte=f"La vérification des partages a trouvé des écarts ({len(trouves)}) : voyez le journal technique.",
            url=reverse("notifications:liste"),
            cle=f"ecarts-partages-{timezone.localdate()}",
        )
    return len(trouves)
