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
    utilisateur = _compte_ouvert(donnees)
    if utilisateur is None:
        return
    contexte = {
        "lien": adresse_absolue(lien_mot_de_passe(utilisateur)),
        "jours": settings.PASSWORD_RESET_TIMEOUT // 86400,
    }
    corps = render_to_string("partners/courriels/invitation.txt", contexte)
    _envoyer(utilisateur, "Votre compte du dossier unique", corps)


@traitement("comptes.mot_de_passe")
def envoyer_mot_de_passe(donnees: dict[str, Any]) -> None:
    """Send the link that was asked for by who forgot a password; made now, so that no secret waits in the outbox."""
    utilisateur = _compte_ouvert(donnees)
    if utilisateur is None:
        return
    contexte = {"password_reset_url": adresse_absolue(lien_mot_de_passe(utilisateur))}
    objet = render_to_string("account/email/password_reset_key_subject.txt", contexte).strip()
    _envoyer(utilisateur, objet, render_to_string("account/email/password_reset_key_message.txt", contexte))


def _compte_ouvert(donnees: dict[str, Any]) -> Utilisateur | None:
    return Utilisateur.objects.filter(pk=donnees["utilisateur"], is_active=True).first()


def _envoyer(utilisateur: Utilisateur, objet: str, corps: str) -> None:
    EmailMessage(objet, corps, to=[utilisateur.email], headers={"Auto-Submitted": "auto-generated"}).send()


def lien_mot_de_passe(utilisateur: Utilisateur) -> str:
    """The one-time path where the password is chosen: it dies once the password has changed."""
    jeton = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(utilisateur)
    cle = f"{user_pk_to_url_str(utilisateur)}-{jeton}"
    return reverse(
        "account_reset_password_from_key", kwargs=dict(zip(("uidb36", "key"), cle.split("-", 1), strict=True))
    )
