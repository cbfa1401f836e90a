"""What allauth asks the project."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from dossierunique.notifications.courriels import adresse_absolue


class Adaptateur(DefaultAccountAdapter):
    """Accounts are opened by the administrateurs des habilitations only; e-mails speak of our own address."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return subject

    def get_reset_password_from_key_url(self, key: str) -> str:
        uidb36, jeton = key.split("-", 1)
        chemin = reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": jeton})
        return adresse_absolue(chemin)
