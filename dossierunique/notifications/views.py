"""A person's notifications: hers alone, anybody else's do not exist."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from dossierunique.notifications.centre import marquer_lues
from dossierunique.notifications.forms import FormulairePreferences
from dossierunique.notifications.models import Notification
from dossierunique.ui.pagination import page_par_cle


@login_required
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """What the portal told me, newest first; `?voir=non-lues` for what I have not opened."""
    lignes = Notification.objects.filter(destinataire_id=request.user.pk)
    non_lues = lignes.filter(lue_le__isnull=True)
    seulement_non_lues = request.GET.get("voir") == "non-lues"
    page = page_par_cle(non_lues if seulement_non_lues else lignes, request, cles=("-cree_le", "-pk"))
    contexte = {"page": page, "seulement_non_lues": seulement_non_lues, "reste_a_lire": non_lues.exists()}
    return render(request, "notifications/liste.html", contexte)


@login_required
@require_GET
def ouvrir(request: HttpRequest, numero: int) -> HttpResponse:
    """Mark mine as read and go where it leads."""
    notification = get_object_or_404(Notification, pk=numero, destinataire=request.user)
    marquer_lues(request.user, numero)
    return redirect(notification.url)


@login_required
@require_POST
def lire(request: HttpRequest, numero: int) -> HttpResponse:
    """Mark mine as read without leaving the list."""
    get_object_or_404(Notification, pk=numero, destinataire=request.user)
    marquer_lues(request.user, numero)
    return redirect("notifications:liste")


@login_required
@require_POST
def tout_lire(request: HttpRequest) -> HttpResponse:
    """Mark all mine as read."""
    if marquer_lues(request.user):
        messages.success(request, "Toutes vos notifications sont marquées comme lues.")
    return redirect("notifications:liste")


@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    """How I want to be told by e-mail."""
    formulaire = FormulairePreferences(request.POST or None, utilisateur=request.user)
    if request.method == "POST" and formulaire.is_valid():
        formulaire.enregistrer()
        messages.success(request, "Vos préférences sont enregistrées.")
        return redirect("notifications:preferences")
    return render(request, "notifications/preferences.html", {"formulaire": formulaire})
