"""The figures of the OPEX programme: whole tables, never a filter, for those who count without opening a dossier."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit, Regard
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from opex.recensement.comptage import SUJETS, Sujet
from opex.recensement.dessin import barres
from opex.recensement.exports import FORMATS
from opex.recensement.suppression import SEUIL
from opex.recensement.tableaux import Tableau, code_de, ensemble, libelle_de, tableau, trouver
from partners.comptes.renfort import renfort_requis
from partners.habilitations.acces import habilitation_requise
from partners.organismes.models import Programme


@require_GET
@habilitation_requise()
def accueil(request: HttpRequest) -> HttpResponse:
    """The whole of each subject, and the tables that there are."""
    regard = _exiger(request)
    journaliser(request.habilitation, Acte.CONSULTER, details={"page": "recensement"})
    sujets = [
        {"sujet": sujet, "ensemble": ensemble(sujet), "tables": _tables(sujet)} for sujet in SUJETS.values()
    ]
    contexte = {"sujets": sujets, "seuil": SEUIL, "gere_genres": regard.peut(Droit.GERER_GENRES)}
    return render(request, "opex/recensement/accueil.html", contexte)


@require_GET
@habilitation_requise()
def page(request: HttpRequest, sujet: str, code: str) -> HttpResponse:
    """One table, with its chart."""
    _exiger(request)
    montre = _tableau(sujet, code)
    journaliser(
        request.habilitation, Acte.CONSULTER,
        details={"page": "recensement", "tableau": f"{sujet}/{montre.code}"},
    )  # fmt: skip
    contexte = {
        "tableau": montre,
        "graphe": barres(montre) if montre.lignes else "",
        "tables": _tables(montre.sujet),
        "formats": list(FORMATS),
        "seuil": SEUIL,
    }
    return render(request, "opex/recensement/tableau.html", contexte)


@require_GET
@habilitation_requise()
@renfort_requis
def exporter(request: HttpRequest, sujet: str, code: str, forme: str) -> HttpResponse:
    """The same table as a spreadsheet."""
    _exiger(request)
    if forme not in FORMATS:
        raise AccesRefuse(motif="format inconnu")
    montre = _tableau(sujet, code)
    journaliser(
        request.habilitation, Acte.EXPORTER, details={"tableau": f"{sujet}/{montre.code}", "format": forme}
    )
    ecrire, type_mime = FORMATS[forme]
    nom = f"recensement-{sujet}-{montre.code}-{montre.jour.isoformat()}.{forme}"
    return HttpResponse(
        ecrire(montre),
        content_type=type_mime,
        headers={
            "Content-Disposition": f'attachment; filename="{nom}"',
            "Cache-Control": "private, no-store",
        },
    )


def _exiger(request: HttpRequest) -> Regard:
    """The right to count, in this programme."""
    regard = exiger(request.habilitation, Droit.RECENSER)
    if Programme.OPEX not in request.habilitation.programmes:
        raise AccesRefuse(motif="programme absent de l’habilitation")
    return regard


def _tableau(sujet: str, code: str) -> Tableau:
    trouve = trouver(sujet, code)
    if trouve is None:
        raise AccesRefuse(motif="tableau inconnu")
    return tableau(*trouve)


def _tables(sujet: Sujet) -> list[dict[str, Any]]:
    """The links to the tables of a subject, those of one dimension first."""
    return [
        {
            "code": code_de(dimensions),
            "libelle": libelle_de(dimensions),
            "croisee": len(dimensions) == 2,
        }
        for dimensions in sujet.tableaux
    ]
