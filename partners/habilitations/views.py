"""Choosing under which habilitation one acts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from partners.habilitations import actions
from partners.habilitations.middleware import CLE
from partners.habilitations.models import Habilitation


@login_required
def choisir(request: HttpRequest) -> HttpResponse:
    """The person's habilitations in force; POST acts under another one."""
    if request.method == "POST":
        return _prendre(request)
    en_vigueur = Habilitation.objects.en_vigueur().filter(utilisateur_id=request.user.pk)
    contexte = {
        "choix": en_vigueur.select_related("organisme").prefetch_related("unites"),
        "suite": request.GET.get("next", ""),
    }
    return render(request, "partners/habilitations/choisir.html", contexte)


def _prendre(request: HttpRequest) -> HttpResponse:
    try:
        habilitation = actions.choisir(request.user, int(request.POST.get("habilitation", "")))
    except (ValueError, Habilitation.DoesNotExist):
        raise Http404 from None
    request.session[CLE] = habilitation.pk
    messages.success(request, f"Vous agissez maintenant comme {habilitation}.")
    suite = request.POST.get("next", "")
    sure = url_has_allowed_host_and_scheme(suite, {request.get_host()}, request.is_secure())
    return redirect(suite if sure else resolve_url("accueil"))
