"""Reading: the home of the space, its contents, a rubrique, an article, its files; and answering it."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from documentation import policies
from documentation.articles import lecteurs
from documentation.articles.acces import piece_lue, version_lue
from documentation.articles.etats import EtatArticle
from documentation.articles.forms import FormAvis
from documentation.articles.models import Rubrique, VersionArticle
from documentation.articles.page import composer, papier
from documentation.articles.pieces import image_png
from documentation.articles.suites import AvisArticle
from documentation.policies import versions_lisibles
from documentation.recherche.forms import FormRecherche
from dossierunique.erreurs import ActionRefusee
from dossierunique.fichiers.lecture import reponse
from dossierunique.ui.formulaires import ajouter_refus
from dossierunique.ui.pagination import page_par_cle

NOUVELLES = 5
TITRES_MAX = 1000
LEGERS = ("corps", "texte", "recherche")


@require_GET
def accueil(request: HttpRequest) -> HttpResponse:
    """Search, rubriques, latest news, and what waits for those who write."""
    lisibles = versions_lisibles(request.habilitation)
    nombres = dict(lisibles.order_by().values_list("rubrique").annotate(n=Count("pk")))
    rubriques = [
        (rubrique, nombres[rubrique.pk]) for rubrique in Rubrique.objects.all() if rubrique.pk in nombres
    ]
    contexte: dict[str, Any] = {
        "rubriques": rubriques,
        "actualites": lecteurs.actualites(request.habilitation, request.user, NOUVELLES).defer(*LEGERS),
        "form": FormRecherche(),
    }
    if policies.portee_de(request.habilitation):
        contexte["a_ecrire"] = _a_ecrire(request)
    return render(request, "documentation/accueil.html", contexte)


def _a_ecrire(request: HttpRequest) -> dict[str, int]:
    """How many drafts of hers, and how many texts that she may read again."""
    moi = request.user.pk
    return policies.articles_suivis(request.habilitation).aggregate(
        brouillons=Count("pk", filter=Q(etat=EtatArticle.BROUILLON, redaction__redacteurs__contains=[moi])),
        a_relire=Count(
            "pk", filter=Q(etat=EtatArticle.EN_RELECTURE) & ~Q(redaction__redacteurs__contains=[moi])
        ),
    )


@require_GET
def sommaire(request: HttpRequest) -> HttpResponse:
    """Every title, rubrique by rubrique."""
    titres = (
        versions_lisibles(request.habilitation)
        .defer(*LEGERS)
        .order_by("rubrique__ordre", "ordre", "titre", "pk")[:TITRES_MAX]
    )
    return render(request, "documentation/sommaire.html", {"titres": titres})


@require_GET
def rubrique(request: HttpRequest, code: str) -> HttpResponse:
    """What one rubrique holds; news come the latest first."""
    objet = get_object_or_404(Rubrique, code=code)
    lisibles = versions_lisibles(request.habilitation).filter(rubrique=objet).defer(*LEGERS)
    cles = ("-le", "-pk") if code == "actualites" else ("ordre", "titre", "pk")
    page = page_par_cle(lisibles, request, cles=cles)
    return render(request, "documentation/rubrique.html", {"rubrique": objet, "page": page})


@require_GET
def lire(request: HttpRequest, slug: str) -> HttpResponse:
    """An article, its table of contents, its files, what to read next."""
    version = version_lue(request, slug)
    if request.user.is_authenticated:
        lecteurs.marquer_lue(request.user, version)
    return _montrer(request, version)


def _montrer(request: HttpRequest, version: VersionArticle, form: FormAvis | None = None) -> HttpResponse:
    page = composer(request.habilitation, version.article, version)
    donne = None
    if request.user.is_authenticated:
        donne = AvisArticle.objects.filter(version=version, utilisateur=request.user).first()
    contexte = {
        "version": version,
        "article": version.article,
        "page": page,
        "form": form or FormAvis(),
        "donne": donne,
        "suit": policies.suit(request.habilitation, version.article),
    }
    return render(request, "documentation/article.html", contexte, status=422 if form else 200)


@require_GET
def pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The article on paper."""
    version = version_lue(request, slug)
    page = composer(request.habilitation, version.article, version)
    adresse = request.build_absolute_uri(reverse("documentation:lire", args=[slug]))
    octets = papier(version, page, adresse)
    http = HttpResponse(octets, content_type="application/pdf")
    http["Content-Disposition"] = f'inline; filename="{slug}.pdf"'
    return http


@require_GET
def piece(request: HttpRequest, reference: uuid.UUID) -> HttpResponseBase:
    """A file joined to an article."""
    fichier = piece_lue(request, reference).fichier
    if not fichier.disponible:
        raise Http404
    return reponse(fichier, telecharger=True)


@require_GET
def image(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """A picture of an article."""
    fichier = piece_lue(request, reference).fichier
    if not fichier.disponible:
        raise Http404
    http = HttpResponse(image_png(fichier), content_type="image/png")
    http["Cache-Control"] = "private, max-age=3600"
    return http


@require_POST
@login_required
def avis(request: HttpRequest, slug: str) -> HttpResponse:
    """Was this page useful?"""
    version = version_lue(request, slug)
    form = FormAvis(request.POST)
    if form.is_valid():
        lu = form.cleaned_data
        try:
            lecteurs.donner_avis(request.user, version, utile=lu["utile"] == "oui", mots=lu["mots"])
        except ActionRefusee as refus:
            ajouter_refus(form, refus)
        else:
            messages.success(request, "Merci : votre réponse est transmise aux rédacteurs de la page.")
            return redirect("documentation:lire", slug)
    return _montrer(request, version, form)


@require_GET
def aide(request: HttpRequest, slug: str) -> HttpResponse:
    """Where a page of the portal sends for help: the article, or the space when this reader has no such article."""
    if versions_lisibles(request.habilitation).filter(article__slug=slug).exists():
        return redirect("documentation:lire", slug)
    messages.info(request, "Cette aide n’est pas disponible pour votre profil : voici la documentation.")
    return redirect("documentation:accueil")
