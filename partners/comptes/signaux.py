"""What sign-in and the second factor leave in the session."""

import time

from allauth.mfa.signals import authenticator_removed
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from partners.comptes.middleware import DEBUT, SECOND_FACTEUR, VU


@receiver(user_logged_in)
def dater_la_session(sender, request, user, **kwargs) -> None:
    """Both limits of a session count from the moment of signing in."""
    if request is not None:
        request.session[DEBUT] = request.session[VU] = int(time.time())


@receiver(authenticator_removed)
def oublier_le_second_facteur(sender, request, user, authenticator, **kwargs) -> None:
    """Removing the authenticator asks for one again at the next page."""
    if request is not None:
        request.session.pop(SECOND_FACTEUR, None)
