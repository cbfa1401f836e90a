"""The answer to a search, the same with and without scripts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from documentation.articles.models import Rubrique
from documentation.policies import versions_lisibles
from documentation.recherche.forms import FormRecherche
from documentation.recherche.moteur import Reponse, chercher


@require_GET
def recherche(request: HttpRequest) -> HttpResponse:
    """Pages that answer these words, among those that this person reads."""
    form = FormRecherche(request.GET)
    reponse = Reponse()
    if form.is_valid() and form.cleaned_data["q"]:
        lu = form.cleaned_data
        versions = versions_lisibles(request.habilitation)
        if lu["rubrique"]:
            versions = versions.filter(rubrique=lu["rubrique"])
        if lu["genre"]:
            versions = versions.filter(genre=lu["genre"])
        reponse = chercher(versions, lu["q"], exact=request.GET.get("exact") == "1")
    contexte = {"form": form, "reponse": reponse, "q": form.cleaned_data.get("q", "")}
    if not reponse.resultats:
        contexte["rubriques"] = Rubrique.objects.all()
    return render(request, "documentation/recherche.html", contexte, status=422 if form.errors else 200)
