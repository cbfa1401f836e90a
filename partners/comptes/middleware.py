"""Limits of a session and second factor, checked at each request."""

import time
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.urls import reverse

from partners.comptes import appareils, brouillons, sessions
from partners.comptes.models import BrouillonFormulaire

DEBUT, VU, SECOND_FACTEUR = "session_debut", "session_vue", "second_facteur"
# Writing the session at every request would cost more than the page: once a minute is precise enough.
PAS = 60
SANS_SECOND_FACTEUR = frozenset({
    "account_logout", "account_reauthenticate", "prolonger_session", "mfa_index", "mfa_activate_totp",
    "mfa_add_webauthn", "mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
    "federation:confirmer", "federation:partir", "federation:retour",
})  # fmt: skip

Reponse = Callable[[HttpRequest], HttpResponse]


def limites_de_session(get_response: Reponse) -> Reponse:
    """End a session left idle for SESSION_INACTIVITE seconds, or older than SESSION_ABSOLUE."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and _expiree(request):
            return _finir(request)
        reponse = get_response(request)
        appareils.poser(request, reponse)
        if request.method == "POST" and reponse.status_code in (302, 303):
            _oublier_le_brouillon(request)
        return reponse

    return middleware


def _finir(request: HttpRequest) -> HttpResponse:
    # The person is still known here: what she was sending is kept for her, and for nobody else.
    suite = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    gardee = _garder(request) if request.method == "POST" else None
    sessions.fermer(request)
    logout(request)
    if gardee:
        suite = reverse("brouillons:reprendre", args=[gardee.reference])
        texte = "Votre session a pris fin, mais votre saisie est gardée. Reconnectez-vous pour la retrouver."
    else:
        texte = "Votre session a pris fin. Reconnectez-vous pour reprendre où vous en étiez."
    messages.warning(request, texte)
    return _vers_connexion(request, suite)


def _garder(request: HttpRequest) -> BrouillonFormulaire | None:
    # A form sent by another site would wait here for its victim to send it by herself.
    controle = CsrfViewMiddleware(lambda r: HttpResponse())
    if controle.process_view(request, _garder, (), {}) is not None:
        return None
    return brouillons.garder_envoi(request, request.user)


def _oublier_le_brouillon(request: HttpRequest) -> None:
    # The form says which draft it came from: other requests pay nothing.
    reference = request.POST.get(brouillons.CHAMP_BROUILLON)
    if reference and request.user.is_authenticated and not getattr(request, "brouillon_garde", False):
        brouillons.effacer(request.user, reference)


def _expiree(request: HttpRequest) -> bool:
    maintenant, session = int(time.time()), request.session
    vu = session.get(VU, maintenant)
    if maintenant - vu > settings.SESSION_INACTIVITE:
        return True
    if maintenant - session.get(DEBUT, maintenant) > settings.SESSION_ABSOLUE:
        return True
    if DEBUT not in session:
        session[DEBUT] = maintenant
    if VU not in session or maintenant - vu >= min(PAS, settings.SESSION_INACTIVITE / 20):
        session[VU] = maintenant
        sessions.revoir(request)
    return False


def _vers_connexion(request: HttpRequest, suite: str) -> HttpResponse:
    adresse = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': suite})}"
    if request.headers.get("HX-Request"):
        reponse = HttpResponse(status=204)
        reponse["HX-Redirect"] = adresse
        return reponse
    return redirect(adresse)


def second_facteur_exige(get_response: Reponse) -> Reponse:
    """Where SECOND_FACTEUR_EXIGE is set, lead to the activation of one until it is done."""

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
    facteurs = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    if not Authenticator.objects.filter(user_id=request.user.pk, type__in=facteurs).exists():
        return False
    request.session[SECOND_FACTEUR] = True
    return True
