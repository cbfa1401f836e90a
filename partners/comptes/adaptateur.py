"""What allauth asks the project."""

from base64 import b64decode, b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from dossierunique.notifications.sortie import deposer
from dossierunique.securite.crypto import chiffrer, dechiffrer
from partners.comptes.models import IdentiteFederee, Utilisateur

# Written before a secret that is encrypted, so that one written before encryption is still read.
CHIFFRE, CONTEXTE = "aes:", "mfa.Authenticator.data"


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

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Who came from the provider leaves it too."""
        return getattr(request, "sortie_federation", "") or super().get_logout_redirect_url(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Failures are counted by verrou.py alone: allauth's own count would let anybody make an account wait."""

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """The strongest means first; a password is no longer enough for who has a second factor."""
        moyens = {moyen["id"]: moyen for moyen in super().get_reauthentication_methods(user)}
        if "mfa_reauthenticate" in moyens:
            moyens["mfa_reauthenticate"]["description"] = (
                "un code de votre application, ou un code de secours"
            )
        if "mfa_reauthenticate:webauthn" in moyens:
            moyens["mfa_reauthenticate:webauthn"]["description"] = "une clé d’accès"
        if _a_un_facteur(user):
            moyens.pop("reauthenticate", None)
        elif "reauthenticate" in moyens:
            moyens["reauthenticate"]["description"] = "votre mot de passe"
        return [*reversed(moyens.values()), *_par_federation(user)]


def _a_un_facteur(user: Any) -> bool:
    facteurs = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user_id=user.pk, type__in=facteurs).exists()


def _par_federation(user: Any) -> list[dict[str, str]]:
    if not settings.OIDC_ACTIF or not user.is_authenticated:
        return []
    if _a_un_facteur(user) and not settings.OIDC_ACR_FORTS:
        return []  # what is proved there is never enough for her
    if not IdentiteFederee.objects.filter(utilisateur_id=user.pk, emetteur=settings.OIDC_EMETTEUR).exists():
        return []
    return [{"id": "federation", "description": "ProConnect", "url": reverse("federation:confirmer")}]


class AdaptateurFacteurs(DefaultMFAAdapter):
    """Second factors: their secrets are encrypted, their names are in French."""

    def encrypt(self, text: str) -> str:
        return CHIFFRE + b64encode(chiffrer(text, CONTEXTE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        if not encrypted_text.startswith(CHIFFRE):
            return encrypted_text
        return dechiffrer(b64decode(encrypted_text.removeprefix(CHIFFRE)), CONTEXTE)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What is proposed as the name of a new key."""
        rang = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Ma clé d’accès" if rang == 1 else f"Ma clé d’accès n° {rang}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The portal, as the browser names it."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}
