"""Who signs in, and who is signed in."""

from allauth.account.auth_backends import AuthenticationBackend

from partners.comptes.lecture import lire_compte
from partners.comptes.models import Utilisateur


class Comptes(AuthenticationBackend):
    """allauth's sign-in; the person of a session is read with all that a request needs of her."""

    def get_user(self, user_id: int) -> Utilisateur | None:
        """The account of a session, if it may still be used."""
        utilisateur = lire_compte(user_id)
        return utilisateur if utilisateur and self.user_can_authenticate(utilisateur) else None
