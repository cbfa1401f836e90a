"""Going to the provider, coming back from it: to sign in, to link one's account, to prove oneself again."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from mozilla_django_oidc.views import OIDCAuthenticationRequestView

from dossierunique.erreurs import ActionRefusee
from partners.comptes.federation import actions
from partners.comptes.federation.client import (
    Assertion,
    Fournisseur,
    FournisseurInjoignable,
    decouverte,
    recente,
    reglage,
)
from partners.comptes.middleware import SECOND_FACTEUR
from partners.comptes.renfort import FEDERATION, facteurs, renfort_requis

# What the session remembers while the person is at the provider, and afterwards.
BUT, SUITE, JETON, DEMANDES = "oidc_but", "oidc_suite", "oidc_id_token", "oidc_states"
ENTRER, RATTACHER, CONFIRMER = "entrer", "rattacher", "confirmer"


@method_decorator(never_cache, name="dispatch")
class Depart(OIDCAuthenticationRequestView):
    """To the provider, with state, nonce and PKCE."""

    but = ENTRER
    http_method_names = ("get", "post")
    get_settings = staticmethod(reglage)

    def __init__(self, **kwargs) -> None:
        if not settings.OIDC_ACTIF:
            raise Http404
        super().__init__(**kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        reponse = super().get(request)
        request.session[BUT], request.session[SUITE] = self.but, _suite(request)
        return reponse

    def post(self, request: HttpRequest) -> HttpResponse:
        """The same, from a form: what starts an act must not start from another site."""
        return self.get(request)

    def get_extra_params(self, request: HttpRequest) -> dict[str, str]:
        demande = dict(settings.OIDC_PARAMETRES)
        if settings.OIDC_ACR_DEMANDES:
            demande["acr_values"] = " ".join(settings.OIDC_ACR_DEMANDES)
        if self.but == CONFIRMER:
            demande |= {"prompt": "login", "max_age": "0"}
        return demande


def _aller(but: str, methode: Callable = require_GET):
    vue = Depart.as_view(but=but)

    def partir(request: HttpRequest) -> HttpResponse:
        try:
            return vue(request)
        except FournisseurInjoignable:
            return render(request, "partners/comptes/proconnect_indisponible.html", status=503)

    return methode(partir)


partir = _aller(ENTRER)
confirmer = login_required(_aller(CONFIRMER))
# By a form of ours: an address opened from elsewhere would link whoever is signed in at the provider to this account.
rattacher = require_POST(login_required(renfort_requis(_aller(RATTACHER, require_POST))))


@require_GET
@never_cache
def retour(request: HttpRequest) -> HttpResponse:
    """Back from the provider."""
    if not settings.OIDC_ACTIF:
        raise Http404
    demande = request.session.get(DEMANDES, {}).pop(request.GET.get("state", ""), None)
    request.session.modified = True
    if demande is None or "code" not in request.GET:
        return _echec(request, 400)
    try:
        assertion = Fournisseur().lire(request, demande["nonce"], demande["code_verifier"])
    except SuspiciousOperation:
        return _echec(request, 400)
    except FournisseurInjoignable:
        return render(request, "partners/comptes/proconnect_indisponible.html", status=503)
    if assertion is None:
        return _echec(request, 400)
    but, suite = request.session.pop(BUT, ENTRER), request.session.pop(SUITE, "")
    return {ENTRER: _entrer, RATTACHER: _rattacher, CONFIRMER: _confirmer}[but](request, assertion, suite)


@login_required
@require_POST
@renfort_requis
def detacher(request: HttpRequest) -> HttpResponse:
    """Sign in by password only, from now on."""
    if actions.detacher(request.user):
        messages.success(request, "Votre compte n’est plus rattaché à ProConnect.")
    return redirect("mfa_index")


def adresse_de_sortie(request: HttpRequest) -> str:
    """Where to end the session at the provider too; nothing for who did not come from there."""
    jeton = request.session.get(JETON)
    if not settings.OIDC_ACTIF or not jeton:
        return ""
    try:
        sortie = decouverte().get("end_session_endpoint", "")
    except FournisseurInjoignable:
        return ""
    retour = request.build_absolute_uri(reverse("account_login"))
    return (
        f"{sortie}?{urlencode({'id_token_hint': jeton, 'post_logout_redirect_uri': retour})}"
        if sortie
        else ""
    )


def _entrer(request: HttpRequest, assertion: Assertion, suite: str) -> HttpResponse:
    utilisateur = actions.compte_de(assertion.sub)
    if utilisateur is None:
        actions.noter_inconnu()
        return render(request, "partners/comptes/proconnect_inconnu.html", status=403)
    if request.user == utilisateur:
        return redirect(suite or settings.LOGIN_REDIRECT_URL)
    if request.user.is_authenticated:
        # A shared workstation: nothing of what follows may be written under the former person's name.
        logout(request)
    record_authentication(request, utilisateur, FEDERATION)
    if not assertion.second_facteur:
        # Our own second factor is asked, as after a password.
        reponse = perform_login(request, Login(user=utilisateur, redirect_url=suite or None))
    else:
        get_adapter().login(request, utilisateur)
        request.session[SECOND_FACTEUR] = True
        reponse = HttpResponseRedirect(suite or resolve_url(settings.LOGIN_REDIRECT_URL))
    request.session[JETON] = assertion.id_token
    return reponse


def _rattacher(request: HttpRequest, assertion: Assertion, suite: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect("account_login")
    try:
        actions.rattacher(request.user, assertion.sub)
        messages.success(
            request, "Votre compte est rattaché à ProConnect : vous pourrez vous connecter par là."
        )
    except ActionRefusee as refus:
        messages.error(request, refus.message)
    return redirect("mfa_index")


def _confirmer(request: HttpRequest, assertion: Assertion, suite: str) -> HttpResponse:
    personne = actions.compte_de(assertion.sub)
    if not request.user.is_authenticated or personne != request.user or not recente(assertion):
        return _echec(request, 403)
    if not assertion.second_facteur and facteurs(request):
        # Who holds a second factor here proves herself with it, or by two at the provider.
        return _echec(request, 403)
    record_authentication(request, request.user, FEDERATION, reauthenticated=True)
    return HttpResponseRedirect(suite or resolve_url(settings.LOGIN_REDIRECT_URL))


def _echec(request: HttpRequest, statut: int) -> HttpResponse:
    return render(request, "partners/comptes/proconnect_echec.html", status=statut)


def _suite(request: HttpRequest) -> str:
    suite = request.GET.get("next", "")
    sure = url_has_allowed_host_and_scheme(suite, {request.get_host()}, request.is_secure())
    return suite if sure else ""
