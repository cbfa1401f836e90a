"""E-mails: a number and a link. They hold no name, no NIR, nothing of a dossier."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from dossierunique.notifications.centre import a_envoyer
from dossierunique.notifications.models import Notification
from dossierunique.notifications.sortie import traitement


def adresse_absolue(chemin: str) -> str:
    """A path of the portal as it is reached from a mailbox."""
    return settings.ADRESSE_PUBLIQUE.rstrip("/") + chemin


def lien(notification: Notification) -> str:
    """Where the e-mail leads: signing in, then marked as read and on to the thing itself."""
    return adresse_absolue(reverse("notifications:ouvrir", args=[notification.pk]))


def envoyer(adresse: str, gabarit: str, contexte: dict[str, Any], *, identifiant: str) -> None:
    """Send `<gabarit>_objet.txt`, `.txt` and `.html`.

    The Message-ID is stable: mail readers show a message sent twice as one.
    """
    contexte = {
        **contexte,
        "portail": adresse_absolue("/"),
        "preferences": adresse_absolue(reverse("notifications:preferences")),
        "mode_demo": settings.MODE_DEMO,
    }
    # One line, whose no-break spaces stay.
    objet = render_to_string(f"notifications/courriels/{gabarit}_objet.txt", contexte).strip()
    message = EmailMultiAlternatives(
        subject=objet,
        body=render_to_string(f"notifications/courriels/{gabarit}.txt", contexte),
        to=[adresse],
        headers={
            "Message-ID": f"<{identifiant}@{urlsplit(settings.ADRESSE_PUBLIQUE).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(
        render_to_string(f"notifications/courriels/{gabarit}.html", contexte), "text/html"
    )
    message.send()


@traitement("courriel")
def envoyer_une_notification(donnees: dict[str, Any]) -> None:
    """Send the e-mail of one notification, unless it has gone, the account was closed or a right ended since."""
    notification = (
        Notification.objects.select_related("destinataire")
        .filter(pk=donnees["notification"], courriel_le__isnull=True)
        .first()
    )
    if notification is None or not notification.destinataire.is_active or not notification.destinataire.email:
        return
    if not a_envoyer([notification]):
        return
    envoyer(
        notification.destinataire.email,
        "notification",
        {"texte": notification.texte, "lien": lien(notification)},
        identifiant=f"notification-{notification.pk}",
    )
    notification.courriel_le = timezone.now()
    notification.save(update_fields=["courriel_le"])
