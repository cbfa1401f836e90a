"""Limits of a session and second factor, checked at each request."""

import time
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

DEBUT, VU, SECOND_FACTEUR = "session_debut", "session_vue", "second_facteur"
# Writing the session at every request would cost more than the page: once a minute is precise enough.
PAS = 60
SANS_SECOND_FACTEUR = frozenset({"account_logout", "account_reauthenticate", "prolonger_session", "mfa_index",
                                 "mfa_activate_totp", "mfa_authenticate", "mfa_reauthenticate"})  # fmt: skip

Reponse = Callable[[HttpRequest], HttpResponse]


def limites_de_session(get_response: Reponse) -> Reponse:
    """End a session left idle for SESSION_INACTIVITE seconds, or older than SESSION_ABSOLUE."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and _expiree(request):
            logout(request)
            messages.warning(
                request, "Votre session a pris fin. Reconnectez-vous pour reprendre où vous en étiez."
            )
            return _vers_connexion(request)
        return get_response(request)

    return middleware


def _expiree(request: HttpRequest) -> bool:
    maintenant, session = int(time.time()), request.session
    vu = session.get(VU, maintenant)
    if maintenant - vu > settings.SESSION_INACTIVITE:
        return True
    if maintenant - session.get(DEBUT, maintenant) > settings.SESSION_ABSOLUE:
        return True
    if DEBUT not in session:
        session[DEBUT] = maintenant
    if VU not in session or maintenant - vu >= PAS:
        session[VU] = maintenant
    return False


def _vers_connexion(request: HttpRequest) -> HttpResponse:
    # What was posted is lost for the address bar, but the page that held the form is where to go back.
    suite = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    adresse = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': suite})}"
    if request.headers.get("HX-Request"):
        reponse = HttpResponse(status=204)
        reponse["HX-Redirect"] = adresse
        return reponse
    return redirect(adresse)


def second_facteur_exige(get_response: Reponse) -> Reponse:
    """Where SECOND_FACTEUR_EXIGE is set, lead to the activation of TOTP until it is done."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, vue, args, kwargs) -> HttpResponse | None:
        if not settings.SECOND_FACTEUR_EXIGE or not request.user.is_authenticated:
            return None
        if request.resolver_match.view_name in SANS_SECOND_FACTEUR or request.path.startswith("/sante/"):
            return None
        if a_second_facteur(request):
            return None
        messages.info(request, "Avant de continuer, activez la double authentification de votre compte.")
        return redirect("mfa_activate_totp")

    middleware.process_view = process_view
    return middleware


def a_second_facteur(request: HttpRequest) -> bool:
    """Whether the person has an authenticator; a yes is remembered by the session."""
    from allauth.mfa.models import Authenticator

    if request.session.get(SECOND_FACTEUR):
        return True
    totp = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.TOTP)
    if not totp.exists():
        return False
    request.session[SECOND_FACTEUR] = True
    return True
