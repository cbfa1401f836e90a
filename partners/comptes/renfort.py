"""Proving oneself again before a sensitive act, however long ago one signed in.

    @habilitation_requise(...)
    @renfort_requis
    def vue(request, ...): ...

Fresh means: a second factor within RENFORT_MINUTES for who has one; a sign-in at the identity provider for who came
from there; a password for the others (the accounts of the demo). What was being sent is kept as an encrypted draft,
and comes back on a page that sends it at one click.
"""

import time
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode, urlsplit

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from partners.comptes import brouillons

Vue = Callable[..., HttpResponse]
FACTEURS = (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP)
# How allauth, and our federation, name what somebody has just proved herself with.
SECOND_FACTEUR, MOT_DE_PASSE, FEDERATION = "mfa", "password", "oidc"


def renfort_requis(vue: Vue) -> Vue:
    """View decorator, under the one that requires an habilitation: ask for a fresh proof of identity first."""

    @wraps(vue)
    def garde(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not settings.RENFORT_MINUTES or est_frais(request):
            return vue(request, *args, **kwargs)
        return demander(request)

    return garde


def est_frais(request: HttpRequest) -> bool:
    """Whether the person proved herself, by the strongest means she has, less than RENFORT_MINUTES ago."""
    preuves = _preuves_recentes(request)
    # Most often right away: the account's means are looked up only when the proof is not the strongest one.
    if SECOND_FACTEUR in preuves or (FEDERATION in preuves and _par_federation(request)):
        return True
    return MOT_DE_PASSE in preuves and not facteurs(request) and not _par_federation(request)


def demander(request: HttpRequest) -> HttpResponse:
    """Lead to the proof that this account can give, then back here."""
    suite = request.get_full_path()
    if request.method == "POST":
        brouillon = brouillons.garder_envoi(request, request.user)
        suite = reverse("brouillons:reprendre", args=[brouillon.reference]) if brouillon else _page(request)
    adresse = f"{reverse(moyen(request))}?{urlencode({'next': suite})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": adresse})
    return HttpResponseRedirect(adresse)


def moyen(request: HttpRequest) -> str:
    """The page where this account proves itself."""
    possedes = facteurs(request)
    if Authenticator.Type.WEBAUTHN in possedes:
        return "mfa_reauthenticate_webauthn"
    if Authenticator.Type.TOTP in possedes:
        return "mfa_reauthenticate"
    return "federation:confirmer" if _par_federation(request) else "account_reauthenticate"


def facteurs(request: HttpRequest) -> set[str]:
    """Second factors of the account."""
    lignes = Authenticator.objects.filter(user_id=request.user.pk, type__in=FACTEURS)
    return set(lignes.values_list("type", flat=True))


def _preuves_recentes(request: HttpRequest) -> set[str]:
    depuis = time.time() - settings.RENFORT_MINUTES * 60
    return {p["method"] for p in get_authentication_records(request, request.user) if p["at"] >= depuis}


def _par_federation(request: HttpRequest) -> bool:
    preuves = get_authentication_records(request, request.user)
    return settings.OIDC_ACTIF and any(preuve["method"] == FEDERATION for preuve in preuves)


def _page(request: HttpRequest) -> str:
    origine = urlsplit(request.headers.get("Referer", ""))
    return origine.path if origine.netloc == request.get_host() else "/"
