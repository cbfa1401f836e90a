"""The first page of an OPEX dossier, its whole life; and the same on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dossiers.partages.models import Dossier
from dossiers.partages.policies import exiger_sur, refuser_les_copies
from dossiers.partages.profils import Droit
from dossierunique.courriers.rendu import rendre_pdf
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from opex.commun import contexte_opex, dossier_opex
from opex.vie import recit
from opex.vie.cote import contexte_cote, partenaires_de, totaux_montres
from opex.vie.filtres import FiltreVie
from opex.vie.histoire import genres_lisibles
from opex.vie.papier import contexte_papier
from partners.comptes.renfort import renfort_requis
from partners.habilitations.acces import habilitation_requise


@require_GET
@habilitation_requise()
def page(request: HttpRequest, numero: str) -> HttpResponse:
    """The story in time, where the dossier stands, what was given, who sees it."""
    dossier = dossier_opex(request.habilitation, numero)
    journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "vie"})
    return render(request, "opex/vie/page.html", _contexte(request, dossier))


def avec_nir(request: HttpRequest, dossier: Dossier, nir: str) -> HttpResponse:
    """The same page with the full NIR, after the gesture that reveals it (dossiers:reveler_nir)."""
    dossier = dossier_opex(request.habilitation, dossier.numero)
    return render(request, "opex/vie/page.html", _contexte(request, dossier) | {"nir_revele": nir})


def _contexte(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    contexte = contexte_opex(request, dossier, "vie")
    regard = contexte["regard"]
    totaux = totaux_montres(dossier, regard)
    filtre = FiltreVie(
        request.GET,
        genres=genres_lisibles(regard),
        partenaires=partenaires_de(totaux, request.habilitation.organisme),
    )
    depuis = recit.derniere_visite(request, dossier)
    contexte |= contexte_cote(dossier, regard, totaux)
    contexte |= recit.lire(request, dossier, regard, filtre, depuis)
    return contexte | {"filtre": filtre}


@require_GET
@habilitation_requise()
@renfort_requis
def pdf(request: HttpRequest, numero: str) -> HttpResponse:
    """The life of the dossier on paper, as this regard may read it: for the person, or for who takes over."""
    dossier = dossier_opex(request.habilitation, numero)
    regard = exiger_sur(request.habilitation, Droit.IMPRIMER, dossier)
    refuser_les_copies(request.habilitation, dossier)
    journaliser(request.habilitation, Acte.IMPRIMER, dossier.numero, details={"page": "vie"})
    octets = rendre_pdf(
        "opex/vie/papier.html", contexte_papier(dossier, regard), titre=f"Vie du dossier {dossier.numero}"
    )
    return HttpResponse(
        octets,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="vie-{dossier.numero}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )
