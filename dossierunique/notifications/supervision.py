"""Supervision of the outbox, for technicians: what was given up, and one click to try again."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import Personne, journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.notifications import sortie
from dossierunique.notifications.models import Envoi
from dossierunique.ui.pagination import compte_borne, page_par_cle

Vue = Callable[..., HttpResponse]


def technicien_requis(vue: Vue) -> Vue:
    """Only accounts marked `is_staff`: the page does not exist for the others."""

    @login_required
    @wraps(vue)
    def gardee(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_staff:
            raise AccesRefuse(motif="supervision réservée aux techniciens")
        return vue(request, *args, **kwargs)

    return gardee


@technicien_requis
@require_GET
def envois(request: HttpRequest) -> HttpResponse:
    """Jobs given up after eight tries, newest first, and how many wait."""
    en_attente, davantage = compte_borne(Envoi.objects.dus())
    contexte = {
        "page": page_par_cle(Envoi.objects.morts(), request, cles=("-pk",)),
        "en_attente": en_attente,
        "davantage": davantage,
        "essais_max": sortie.ESSAIS_MAX,
    }
    return render(request, "notifications/envois.html", contexte)


@technicien_requis
@require_POST
def renvoyer(request: HttpRequest, numero: int) -> HttpResponse:
    """Give a dead job its tries again."""
    if not sortie.renvoyer(numero):
        raise Http404
    journaliser(
        Personne(request.user), Acte.MODIFIER, "supervision", motif="renvoi", details={"envoi": numero}
    )
    messages.success(request, f"L’envoi n° {numero} repart.")
    return redirect("notifications:envois")
