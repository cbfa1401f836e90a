"""The page of the visit, its steps, and answering its offer. Every change is a POST that may be sent twice."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from documentation.policies import versions_lisibles
from documentation.visite import actions, seance
from documentation.visite.etapes import Etape
from documentation.visite.models import VisiteGuidee
from documentation.visite.parcours import A_LIRE, etapes_de
from dossierunique.ui.adresses import adresse
from partners.habilitations.acces import habilitation_requise

# Reading starts at the strip, which comes before the page.
ANCRE = "#visite"


@require_GET
@habilitation_requise()
def visite(request: HttpRequest) -> HttpResponse:
    """What the visit shows, where the person stands, and what to read once it is over."""
    habilitation = request.habilitation
    sienne = VisiteGuidee.objects.filter(
        utilisateur_id=habilitation.utilisateur_id, profil=habilitation.profil
    ).first()
    etapes = etapes_de(habilitation)
    lus = versions_lisibles(habilitation).filter(article__slug__in=A_LIRE[habilitation.profil])
    contexte = {
        "etapes": etapes,
        "visite": sienne,
        "etape": _borner(sienne.etape if sienne else 1, etapes),
        "a_lire": lus.defer("corps", "texte", "recherche").order_by("ordre", "titre", "pk"),
    }
    return render(request, "documentation/visite/page.html", contexte)


@require_POST
@habilitation_requise()
def aller(request: HttpRequest) -> HttpResponse:
    """Stand at a step and see its screen; without a step that exists, at the first."""
    etapes = etapes_de(request.habilitation)
    demandee = request.POST.get("etape", "")[:3]
    etape = _borner(int(demandee) if demandee.isdecimal() else 1, etapes)
    actions.aller(request.habilitation, etape)
    seance.noter(request, etape)
    return redirect(adresse(etapes[etape - 1].nom_url) + ANCRE)


@require_POST
@habilitation_requise()
def terminer(request: HttpRequest) -> HttpResponse:
    """After the last step: the last word."""
    actions.terminer(request.habilitation)
    seance.noter(request)
    return redirect("documentation:visite")


@require_POST
@habilitation_requise()
def ecarter(request: HttpRequest) -> HttpResponse:
    """Later: nothing more is said until the next sign-in. Otherwise, nothing more at all."""
    rang = seance.etape_en_cours(request)
    if request.POST.get("quand") != "plus-tard":
        actions.ecarter(request.habilitation)
        messages.info(request, "Vous retrouverez la visite guidée dans le menu de votre nom.")
    seance.noter(request)
    etapes = etapes_de(request.habilitation)
    return redirect(etapes[_borner(rang, etapes) - 1].nom_url)


def _borner(etape: int, etapes: tuple[Etape, ...]) -> int:
    return min(max(etape, 1), len(etapes))
