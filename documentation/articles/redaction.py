"""Behind the pages: the list of drafts, writing with a preview, versions, answers of readers."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from documentation import policies
from documentation.articles import actions
from documentation.articles.acces import article_suivi, redacteurs_seulement
from documentation.articles.differences import comparer
from documentation.articles.etats import EtatArticle
from documentation.articles.forms import CORPS_MAX, FormArticle
from documentation.articles.models import Article, Redaction, VersionArticle
from documentation.articles.page import apercu
from documentation.articles.suites import AvisArticle
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.ui.formulaires import ajouter_refus, differences, relever_version
from dossierunique.ui.pagination import page_par_cle

VOIRS = (
    ("a-relire", "À relire"),
    ("miens", "Mes brouillons"),
    ("publies", "Publiés"),
    ("retires", "Retirés"),
)
lire_ou_enregistrer = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
@redacteurs_seulement
def tableau(request: HttpRequest) -> HttpResponse:
    """The articles that she follows, the last touched first."""
    suivis = policies.articles_suivis(request.habilitation)
    voir = request.GET.get("voir", "")
    if voir == "a-relire":
        filtres = policies.articles_a_relire(request.habilitation)
    else:
        filtres = _filtrer(suivis, voir, request.user.pk)
    page = page_par_cle(filtres, request, cles=("-modifie_le", "-pk"))
    for article in page:
        article.relisible = policies.peut_relire(request.habilitation, article)
    contexte = {
        "page": page,
        "voir": voir,
        "voirs": VOIRS,
        "portee": policies.portee_de(request.habilitation),
    }
    return render(request, "documentation/redaction/tableau.html", contexte)


def _filtrer(suivis: QuerySet[Article], voir: str, moi: int) -> QuerySet[Article]:
    if voir == "miens":
        return suivis.filter(redaction__redacteurs__contains=[moi]).exclude(etat=EtatArticle.RETIRE)
    if voir == "publies":
        return suivis.filter(publiee__isnull=False)
    return suivis.filter(etat=EtatArticle.RETIRE) if voir == "retires" else suivis


@lire_ou_enregistrer
@redacteurs_seulement
def nouveau(request: HttpRequest) -> HttpResponse:
    """A new article."""
    form = FormArticle(request.POST or None, par=request.habilitation)
    return _ecrire(request, form, None, lambda: actions.creer(request.habilitation, form.valeurs()))


@lire_ou_enregistrer
@redacteurs_seulement
def modifier(request: HttpRequest, slug: str) -> HttpResponse:
    """Write on; what is published stays read meanwhile."""
    article = article_suivi(request, slug)
    policies.exiger(policies.peut_ecrire(request.habilitation, article), article)
    form = FormArticle(
        request.POST or None, par=request.habilitation, contenu=article.contenu, version=article.version
    )
    geste = lambda: actions.enregistrer(  # noqa: E731
        request.habilitation, article, form.valeurs(), form.cleaned_data["version"]
    )
    return _ecrire(request, form, article, geste)


def _ecrire(
    request: HttpRequest, form: FormArticle, article: Article | None, geste: Callable[[], Article]
) -> HttpResponse:
    """The form of an article: shown, previewed (nothing is kept), or saved."""
    contexte: dict[str, Any] = {"form": form, "article": article}
    if form.is_bound and ("apercu" in request.POST or request.htmx):
        # A preview asks for nothing but words.
        brouillon = Redaction(
            titre=request.POST.get("titre", ""), corps=request.POST.get("corps", "")[:CORPS_MAX]
        )
        contexte["apercu"], contexte["brouillon"] = apercu(article, brouillon), brouillon
        if request.htmx:
            return render(request, "documentation/redaction/_apercu.html", contexte)
        contexte["form"] = FormArticle(par=request.habilitation, initial=_saisi(form))
        return render(request, "documentation/redaction/saisie.html", contexte)
    if form.is_valid():
        try:
            garde = geste()
        except ActionRefusee as refus:
            ajouter_refus(form, refus)
        except ModifieDepuis as depuis:
            frais = Article.objects.get(pk=depuis.objet.pk)  # type: ignore[attr-defined]
            relever_version(form, frais.version)
            contexte["conflit"] = differences(form, frais.contenu) or [("Version", frais.version, "")]
        else:
            messages.success(request, "Le brouillon est enregistré.")
            return redirect("documentation:suivre", garde.slug)
    statut = 409 if "conflit" in contexte else 422 if form.errors else 200
    return render(request, "documentation/redaction/saisie.html", contexte, status=statut)


def _saisi(form: forms.Form) -> dict[str, Any]:
    """What was typed, to be shown again unchecked."""
    return {nom: form[nom].value() for nom in form.fields}


@require_GET
@redacteurs_seulement
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every published version, and what each one changed."""
    article = article_suivi(request, slug)
    page = page_par_cle(
        article.versions.select_related("auteur", "relue_par").defer("recherche"),
        request,
        cles=("-numero",),
        taille=10,
    )
    avant = {v.numero: v for v in article.versions.filter(numero__in=[v.numero - 1 for v in page])}
    lignes = [(v, _changements(avant.get(v.numero - 1), v)) for v in page]
    return render(
        request, "documentation/redaction/versions.html", {"article": article, "lignes": lignes, "page": page}
    )


def _changements(avant: VersionArticle | None, apres: VersionArticle) -> list[Any] | None:
    return comparer(avant, apres) if avant else None


@require_GET
@redacteurs_seulement
def reponses(request: HttpRequest, slug: str) -> HttpResponse:
    """What readers said of it, without their names."""
    article = article_suivi(request, slug)
    recus = AvisArticle.objects.filter(version__article=article)
    comptes = recus.aggregate(oui=Count("pk", filter=Q(utile=True)), non=Count("pk", filter=Q(utile=False)))
    page = page_par_cle(recus.exclude(mots="").select_related("version"), request, cles=("-le", "-pk"))
    contexte = {"article": article, "page": page, **comptes}
    return render(request, "documentation/redaction/reponses.html", contexte)
