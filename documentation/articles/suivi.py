"""The page behind an article: what it will be, what is done with it (review, publication, withdrawal), its files."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documentation import policies
from documentation.articles import actions, pieces
from documentation.articles.acces import article_suivi, redacteurs_seulement
from documentation.articles.differences import comparer
from documentation.articles.etats import EtatArticle
from documentation.articles.forms import FormPiece, FormRenvoi, FormRetrait
from documentation.articles.models import Article
from documentation.articles.page import apercu
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.ui.formulaires import ajouter_refus, relever_version

PERIME = "Cet article a changé depuis l’affichage de la page : relisez-le avant d’agir."


@require_GET
@redacteurs_seulement
def suivre(request: HttpRequest, slug: str) -> HttpResponse:
    """The text being written as readers would see it, what it changes, and what may be done with it."""
    return _suivre(request, article_suivi(request, slug))


def _suivre(request: HttpRequest, article: Article, **formulaires: forms.Form) -> HttpResponse:
    redaction, depart = article.redaction_ouverte, {"version": article.version}
    ecrit = policies.peut_ecrire(request.habilitation, article)
    relit = policies.peut_relire(request.habilitation, article)
    contexte = {
        "article": article,
        "contenu": article.contenu,
        "redaction": redaction,
        "apercu": apercu(article, article.contenu),
        "changements": comparer(article.publiee, redaction) if redaction and article.publiee else [],
        "pieces": pieces.pieces_jointes(article),
        "peut_ecrire": ecrit and article.etat != EtatArticle.EN_RELECTURE,
        "peut_reprendre": ecrit and not relit and article.etat == EtatArticle.EN_RELECTURE,
        "peut_soumettre": ecrit and article.etat == EtatArticle.BROUILLON and redaction is not None,
        "peut_abandonner": policies.peut_abandonner(request.habilitation, article),
        "peut_relire": relit,
        "peut_retirer": article.etat != EtatArticle.RETIRE,
        "renvoi": formulaires.get("renvoi") or FormRenvoi(initial=depart),
        "retrait": formulaires.get("retrait") or FormRetrait(initial=depart),
        "piece": formulaires.get("piece") or FormPiece(),
        "portee": policies.portee_de(request.habilitation),
    }
    statut = 422 if formulaires else 200
    return render(request, "documentation/redaction/suivre.html", contexte, status=statut)


def _version(request: HttpRequest) -> int:
    lue = request.POST.get("version", "")
    return int(lue) if lue.isdecimal() and len(lue) < 10 else 0


def _agir(request: HttpRequest, slug: str, geste: Callable[[Article], Any], succes: str) -> HttpResponse:
    """A plain button: what it did is said on the page of the article."""
    article = article_suivi(request, slug)
    try:
        geste(article)
    except ActionRefusee as refus:
        messages.error(request, refus.message)
    except ModifieDepuis:
        messages.error(request, PERIME)
    else:
        messages.success(request, succes)
    return redirect("documentation:suivre", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@redacteurs_seulement
def abandonner(request: HttpRequest, slug: str) -> HttpResponse:
    """Give up the change of a published text: said first, for its words do not come back."""
    article = article_suivi(request, slug)
    if request.method == "POST":
        return _agir(
            request,
            slug,
            lambda frais: actions.abandonner(request.habilitation, frais, _version(request)),
            "La modification est abandonnée : le texte publié reste lu.",
        )
    policies.exiger(policies.peut_abandonner(request.habilitation, article), article)
    contexte = {"article": article, "changements": comparer(article.publiee, article.contenu)}
    return render(request, "documentation/redaction/abandonner.html", contexte)


@require_POST
@redacteurs_seulement
def soumettre(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask somebody else to read it again."""
    return _agir(
        request,
        slug,
        lambda article: actions.soumettre(request.habilitation, article, _version(request)),
        "La relecture est demandée : une autre personne publiera ce texte.",
    )


@require_POST
@redacteurs_seulement
def publier(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish what she read again."""
    return _agir(
        request,
        slug,
        lambda article: actions.publier(request.habilitation, article, _version(request)),
        "L’article est publié.",
    )


@require_POST
@redacteurs_seulement
def reprendre(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one's own text back from review."""
    article = article_suivi(request, slug)
    policies.exiger(policies.peut_ecrire(request.habilitation, article), article)
    return _agir(
        request,
        slug,
        lambda frais: actions.renvoyer(request.habilitation, frais, _version(request), mots=""),
        "Le texte est de nouveau un brouillon.",
    )


@require_POST
@redacteurs_seulement
def renvoyer(request: HttpRequest, slug: str) -> HttpResponse:
    """Send it back with what is to be mended."""
    article = article_suivi(request, slug)
    policies.exiger(policies.peut_relire(request.habilitation, article), article)
    form = FormRenvoi(request.POST)
    geste = lambda lu: actions.renvoyer(request.habilitation, article, lu["version"], mots=lu["mots"])  # noqa: E731
    return _avec_mots(request, article, "renvoi", form, geste, "Le texte est rendu à ses rédacteurs.")


@require_POST
@redacteurs_seulement
def retirer(request: HttpRequest, slug: str) -> HttpResponse:
    """Withdraw an article."""
    article = article_suivi(request, slug)
    form = FormRetrait(request.POST)
    geste = lambda lu: actions.retirer(request.habilitation, article, lu["version"], motif=lu["motif"])  # noqa: E731
    return _avec_mots(
        request, article, "retrait", form, geste, "L’article est retiré : plus personne ne le lit."
    )


def _avec_mots(
    request: HttpRequest,
    article: Article,
    nom: str,
    form: forms.Form,
    geste: Callable[[dict], Any],
    succes: str,
) -> HttpResponse:
    if form.is_valid():
        try:
            geste(form.cleaned_data)
        except ActionRefusee as refus:
            ajouter_refus(form, refus)
        except ModifieDepuis:
            form.add_error(None, PERIME)
            relever_version(form, Article.objects.get(pk=article.pk).version)
        else:
            messages.success(request, succes)
            return redirect("documentation:suivre", article.slug)
    return _suivre(request, article_suivi(request, article.slug), **{nom: form})


@require_POST
@redacteurs_seulement
def joindre(request: HttpRequest, slug: str) -> HttpResponse:
    """Join a file to the text being written."""
    article = article_suivi(request, slug)
    policies.exiger(policies.peut_ecrire(request.habilitation, article), article)
    form = FormPiece(request.POST, request.FILES)
    if form.is_valid():
        lu = form.cleaned_data
        try:
            pieces.ajouter_piece(
                request.habilitation, article, lu["fichier"], genre=lu["genre"], titre=lu["titre"]
            )
        except ActionRefusee as refus:
            ajouter_refus(form, refus)
        else:
            messages.success(request, "Le fichier est joint : il paraîtra avec le texte.")
            return redirect("documentation:suivre", slug)
    return _suivre(request, article, piece=form)


@require_POST
@redacteurs_seulement
def detacher(request: HttpRequest, slug: str, reference: uuid.UUID) -> HttpResponse:
    """Take a file away, or keep one that was to go."""
    article = article_suivi(request, slug)
    policies.exiger(policies.peut_ecrire(request.habilitation, article), article)
    jointe = article.pieces.filter(reference=reference, retiree_le__isnull=True).first()
    if jointe is None:
        raise Http404
    garder = request.POST.get("garder") == "1"
    return _agir(
        request,
        slug,
        lambda _: pieces.retirer_piece(request.habilitation, jointe, garder=garder),
        "Les fichiers sont à jour.",
    )
