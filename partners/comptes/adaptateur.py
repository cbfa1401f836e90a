"""What allauth asks the project."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import timezone

from dossierunique.notifications.sortie import deposer
from partners.comptes.models import Utilisateur


class Adaptateur(DefaultAccountAdapter):
    """Accounts are opened by the administrateurs des habilitations only; e-mails speak of our own address."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_password_reset_mail(self, user: Utilisateur, email: str, context: dict[str, Any]) -> None:
        """Promise the e-mail: waiting for the mail server would tell a known address from an unknown one."""
        cle = f"mot-de-passe-{user.pk}-{timezone.now():%Y%m%d%H%M%S%f}"
        deposer("comptes.mot_de_passe", {"utilisateur": user.pk}, cle)
