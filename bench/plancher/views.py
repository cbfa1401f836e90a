"""F and D: a session, a user, a query, a template."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from bench.plancher.models import Dossier


@login_required
def liste(request: HttpRequest) -> HttpResponse:
    """F: the 25 newest."""
    dossiers = list(Dossier.objects.select_related("organisme").order_by("-cree", "-id")[:25])
    return render(request, "plancher/liste.html", {"dossiers": dossiers})


@login_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """D: one of them."""
    dossier = get_object_or_404(Dossier.objects.select_related("organisme"), pk=pk)
    return render(request, "plancher/detail.html", {"dossier": dossier})
