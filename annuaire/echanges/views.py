"""What leaves the directory: business cards, spreadsheets, the printable one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from annuaire.echanges import papier, vcartes
from annuaire.echanges.exports import FORMATS, exporter
from annuaire.echanges.models import Nature
from annuaire.fiches.lecture import contact_lisible, service_lisible
from annuaire.recherche.chercher import tout_ce_qui_repond
from annuaire.recherche.criteres import Criteres, FormRecherche
from dossierunique import departements
from dossierunique.courriers.rendu import rendre_pdf
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.ui.formats import nombre
from partners.habilitations.acces import habilitation_requise
from partners.organismes.models import Programme, TypeOrganisme


@require_GET
@habilitation_requise()
def carte_de_service(request: HttpRequest, pk: int) -> HttpResponse:
    """The business card of a service."""
    service = service_lisible(request.habilitation, pk)
    return _fichier(vcartes.carte_de_service(service), vcartes.TYPE, vcartes.nom_de_fichier(service))


@require_GET
@habilitation_requise()
def carte_de_personne(request: HttpRequest, pk: int) -> HttpResponse:
    """The business card of a person."""
    contact = contact_lisible(request.habilitation, pk)
    return _fichier(vcartes.carte_de_personne(contact), vcartes.TYPE, vcartes.nom_de_fichier(contact))


@require_GET
@habilitation_requise()
def tableur(request: HttpRequest, nature: str, forme: str) -> HttpResponse:
    """The services or the people that the search finds, all of them."""
    if nature not in Nature.values or forme not in FORMATS:
        raise Http404
    trouves = tout_ce_qui_repond(FormRecherche(request.GET).criteres())
    octets = exporter(trouves, nature, forme)
    journaliser(
        request.habilitation, Acte.EXPORTER, details={"export": f"annuaire, {nature}", "forme": forme}
    )
    nom = f"annuaire-{nature}-{timezone.localdate():%Y-%m-%d}.{forme}"
    return _fichier(octets, FORMATS[forme][1], nom)


@require_GET
@habilitation_requise()
def imprimer(request: HttpRequest) -> HttpResponse:
    """The directory on paper, or the part of it that is filtered."""
    criteres = FormRecherche(request.GET).criteres()
    trouves = tout_ce_qui_repond(criteres)
    if papier.trop_long(trouves):
        messages.error(
            request,
            f"L’annuaire compte plus de {nombre(papier.ENTREES_MAX)} entrées\u00a0: choisissez un organisme, "
            "une nature ou un département, puis imprimez.",
        )
        return redirect(f"{reverse('annuaire:accueil')}?{request.GET.urlencode()}")
    journaliser(request.habilitation, Acte.IMPRIMER, details={"page": "annuaire"})
    octets = rendre_pdf(
        "annuaire/echanges/papier.html", papier.contexte_papier(trouves, en_mots(criteres)), titre="Annuaire"
    )
    return _fichier(octets, "application/pdf", "annuaire.pdf", disposition="inline")


def en_mots(criteres: Criteres) -> str:
    """The filters, as the first page says them."""
    dits: list[Any] = [
        criteres.organisme and f"organisme {criteres.organisme}",
        criteres.type and TypeOrganisme(criteres.type).label,
        criteres.departement and departements.nom(criteres.departement),
        criteres.programme and f"programme {Programme(criteres.programme).label}",
        criteres.mots and f"« {' '.join(criteres.mots)} »",
    ]
    return ", ".join(filter(None, dits))


def _fichier(octets: bytes, genre: str, nom: str, disposition: str = "attachment") -> HttpResponse:
    entetes = {
        "Content-Disposition": f'{disposition}; filename="{nom}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(octets, content_type=genre, headers=entetes)
