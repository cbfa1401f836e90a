"""E-mails about accounts, sent by the outbox."""

from typing import Any

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from dossierunique.notifications.courriels import adresse_absolue
from dossierunique.notifications.sortie import traitement
from partners.comptes.models import Utilisateur


@traitement("comptes.invitation")
def envoyer_invitation(donnees: dict[str, Any]) -> None:
    """Send the link by which the owner of an account chooses its password."""
    utilisateur = Utilisateur.objects.filter(pk=donnees["utilisateur"], is_active=True).first()
    if utilisateur is None:
        return
    contexte = {
        "lien": adresse_absolue(lien_mot_de_passe(utilisateur)),
        "jours": settings.PASSWORD_RESET_TIMEOUT // 86400,
    }
    EmailMessage(
        "Votre compte du dossier unique",
        render_to_string("partners/courriels/invitation.txt", contexte),
        to=[utilisateur.email],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()


def lien_mot_de_passe(utilisateur: Utilisateur) -> str:
    """The one-time path where the password is chosen: it dies once the password has changed."""
    jeton = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(utilisateur)
    cle = f"{user_pk_to_url_str(utilisateur)}-{jeton}"
    return reverse(
        "account_reset_password_from_key", kwargs=dict(zip(("uidb36", "key"), cle.split("-", 1), strict=True))
    )
