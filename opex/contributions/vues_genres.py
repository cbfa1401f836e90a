"""The kinds of aid of each OPEX partner: seen, proposed, added, changed and retired by the CNMSS."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dossiers.consentements.actions import destinataires
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossiers.vues import executer, tenter, version_lue
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from opex.contributions.catalogue import habituels
from opex.contributions.forms import FormGenre, FormGenreModifie
from opex.contributions.genres import ajouter_genre, modifier_genre, proposer_genre, proposer_habituels
from opex.contributions.models import GenreContribution
from partners.habilitations.acces import habilitation_requise
from partners.models import Organisme
from partners.organismes.models import Programme


@require_GET
@habilitation_requise()
def genres(request: HttpRequest) -> HttpResponse:
    """The partners of the OPEX programme, and how many kinds of aid each one has."""
    _exiger(request)
    cles = [organisme.pk for organisme in destinataires(Programme.OPEX)]
    organismes = Organisme.objects.filter(pk__in=cles).annotate(
        proposes=Count("genres_opex", filter=Q(genres_opex__actif=True)),
        retires=Count("genres_opex", filter=Q(genres_opex__actif=False)),
    )
    journaliser(request.habilitation, Acte.LISTER, details={"liste": "genres d’aide"})
    return render(request, "opex/aides/genres.html", {"organismes": organismes})


@require_GET
@habilitation_requise()
def genres_de(request: HttpRequest, code: str) -> HttpResponse:
    """The kinds of one partner."""
    organisme = _organisme(request, code)
    journaliser(
        request.habilitation, Acte.LISTER, details={"liste": "genres d’aide", "organisme": organisme.code}
    )
    return render(request, "opex/aides/genres_de.html", _contexte(organisme))


@require_POST
@habilitation_requise()
def proposer(request: HttpRequest, code: str) -> HttpResponse:
    """Give a partner the usual kinds of its sort."""
    organisme = _organisme(request, code)
    return executer(
        request,
        lambda: proposer_habituels(request.habilitation, organisme),
        "Les genres habituels sont proposés : adaptez-les à cet organisme.",
        "aides:genres_de",
        code,
    )


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def ajouter(request: HttpRequest, code: str) -> HttpResponse:
    """One kind more."""
    organisme = _organisme(request, code)
    form = FormGenre(request.POST or None)
    if form.is_valid():
        lu = form.cleaned_data
        if tenter(form, lambda: ajouter_genre(request.habilitation, organisme, **lu)) is not None:
            return redirect("aides:genres_de", code)
    return render(request, "opex/aides/genre.html", {"form": form, "organisme": organisme})


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def modifier(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Name, form and place of a kind."""
    organisme = _organisme(request, code)
    genre = _genre(organisme, pk)
    champs = ("nom", "forme", "avec_taux", "ordre", "version")
    form = FormGenreModifie(request.POST or None, initial={champ: getattr(genre, champ) for champ in champs})
    if form.is_valid():
        lu = form.cleaned_data
        if tenter(form, lambda: modifier_genre(request.habilitation, genre, **lu)) is not None:
            return redirect("aides:genres_de", code)
    contexte = {"form": form, "organisme": organisme, "genre": genre, "sert": genre.contributions.exists()}
    return render(request, "opex/aides/genre.html", contexte)


@require_POST
@habilitation_requise()
def changer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Retire a kind, or take it up again."""
    organisme = _organisme(request, code)
    genre = _genre(organisme, pk)
    # Without the version that was shown, nothing says that the person saw the kind as it is.
    version, actif = version_lue(request) or 0, request.POST.get("actif") == "1"
    return executer(
        request,
        lambda: proposer_genre(request.habilitation, genre, actif, version),
        "Ce genre est de nouveau proposé." if actif else "Ce genre n’est plus proposé ; les aides restent.",
        "aides:genres_de",
        code,
        perime="Ce genre a changé depuis l’affichage de la page : relisez-le avant d’agir.",
    )


def _exiger(request: HttpRequest) -> None:
    """The right to manage kinds, in this programme."""
    exiger(request.habilitation, Droit.GERER_GENRES)
    if Programme.OPEX not in request.habilitation.programmes:
        raise AccesRefuse(motif="programme absent de l’habilitation")


def _organisme(request: HttpRequest, code: str) -> Organisme:
    """A partner that may be given kinds, or AccesRefuse."""
    _exiger(request)
    organisme = next((o for o in destinataires(Programme.OPEX) if o.code == code), None)
    if organisme is None:
        raise AccesRefuse(code, "organisme inconnu du programme")
    return organisme


def _genre(organisme: Organisme, pk: int) -> GenreContribution:
    genre = organisme.genres_opex.filter(pk=pk).first()
    if genre is None:
        raise AccesRefuse(organisme.code, "genre inconnu")
    return genre


def _contexte(organisme: Organisme) -> dict[str, Any]:
    lignes = list(organisme.genres_opex.order_by("ordre", "pk"))
    connus = {genre.code for genre in lignes}
    manquants = [genre for genre in habituels(organisme.type) if genre.code not in connus]
    return {"organisme": organisme, "genres": lignes, "manquants": manquants}
