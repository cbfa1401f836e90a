"""Signing in and out, the one-click accounts of the demo, and staying signed in."""

from allauth.account.views import LoginView, LogoutView
from axes.decorators import axes_dispatch, axes_form_invalid
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from partners.comptes import demo
from partners.comptes.federation.views import adresse_de_sortie
from partners.comptes.models import Utilisateur


@method_decorator(axes_dispatch, name="dispatch")
@method_decorator(axes_form_invalid, name="form_invalid")
class Connexion(LoginView):
    """allauth's sign-in, which axes locks after repeated failures."""

    def get_context_data(self, **kwargs):
        suite = self.request.GET.get("next", "")
        contexte = {
            "comptes_demo": demo.COMPTES if settings.MODE_DEMO else (),
            "suite": suite,
            "proconnect": settings.OIDC_ACTIF,
        }
        return super().get_context_data(**kwargs) | contexte


connexion = Connexion.as_view()


class Deconnexion(LogoutView):
    """allauth's sign-out, which ends the session at the provider too."""

    def post(self, *args, **kwargs) -> HttpResponse:
        self.request.sortie_federation = adresse_de_sortie(self.request)
        return super().post(*args, **kwargs)


deconnexion = Deconnexion.as_view()


def verrouille(request: HttpRequest, original_response=None, credentials=None) -> HttpResponse:
    """What axes answers to an attempt that has to wait."""
    secondes = getattr(request, "attente_connexion", 0)
    contexte = {"minutes": -(-secondes // 60)}
    reponse = render(request, "account/verrouille.html", contexte, status=429)
    if secondes:
        reponse["Retry-After"] = str(secondes)
    return reponse


def introuvable(request: HttpRequest) -> HttpResponse:
    """A page of allauth that the portal keeps closed."""
    raise Http404


@require_POST
def demo_connexion(request: HttpRequest, identifiant: str) -> HttpResponse:
    """Sign in at one click, in the demo only."""
    if not settings.MODE_DEMO or identifiant not in demo.IDENTIFIANTS:
        raise Http404
    utilisateur = get_object_or_404(Utilisateur, username=identifiant, is_active=True)
    login(request, utilisateur, backend="allauth.account.auth_backends.AuthenticationBackend")
    suite = request.POST.get("next", "")
    sure = url_has_allowed_host_and_scheme(suite, {request.get_host()}, request.is_secure())
    return redirect(suite if sure else resolve_url(settings.LOGIN_REDIRECT_URL))


@login_required
@require_POST
def prolonger_session(request: HttpRequest) -> HttpResponse:
    """Answering is enough: the middleware has just dated the session."""
    return HttpResponse(status=204)
