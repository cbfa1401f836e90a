"""The figures of the OPEX programme: whole tables of closed years, for those who open no dossier."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit, Regard
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from opex.recensement.comptage import SUJETS, Sujet
from opex.recensement.dessin import barres
from opex.recensement.exercices import annees_publiees, dernier_a_arreter, parution
from opex.recensement.exports import FORMATS
from opex.recensement.suppression import SEUIL
from opex.recensement.tableaux import Cellule, Tableau, code_de, libelle_de, par_annee, tableau, trouver
from partners.comptes.renfort import renfort_requis
from partners.habilitations.acces import habilitation_requise
from partners.organismes.models import Programme


@require_GET
@habilitation_requise()
def accueil(request: HttpRequest) -> HttpResponse:
    """The exercices that are published, and when the next one will be."""
    regard = _exiger(request)
    journaliser(request.habilitation, Acte.CONSULTER, details={"page": "recensement"})
    publies = annees_publiees()
    prochain = (publies[0] if publies else dernier_a_arreter(timezone.localdate())) + 1
    contexte = {
        "sujets": SUJETS.values(),
        "lignes": _lignes(publies),
        "prochain": prochain,
        "parution": parution(prochain),
        "seuil": SEUIL,
        "gere_genres": regard.peut(Droit.GERER_GENRES),
    }
    return render(request, "opex/recensement/accueil.html", contexte)


@require_GET
@habilitation_requise()
def exercice(request: HttpRequest, annee: int) -> HttpResponse:
    """One exercice: the whole of each subject, and the tables that there are."""
    _exiger(request)
    publies = _publiees(annee)
    journaliser(request.habilitation, Acte.CONSULTER, details={"page": "recensement", "exercice": annee})
    sujets = [
        {"sujet": sujet, "ensemble": par_annee(sujet, [annee]).lignes[0].total, "tables": _tables(sujet)}
        for sujet in SUJETS.values()
    ]
    contexte = {"annee": annee, "publies": publies, "sujets": sujets, "seuil": SEUIL}
    return render(request, "opex/recensement/exercice.html", contexte)


@require_GET
@habilitation_requise()
def page(request: HttpRequest, annee: int, sujet: str, code: str) -> HttpResponse:
    """One table of an exercice, with its chart."""
    _exiger(request)
    publies = _publiees(annee)
    return _montrer(request, _tableau(annee, sujet, code), publies)


@require_GET
@habilitation_requise()
def annees(request: HttpRequest, sujet: str) -> HttpResponse:
    """One subject, exercice by exercice."""
    _exiger(request)
    return _montrer(request, _annees(sujet), annees_publiees())


@require_GET
@habilitation_requise()
@renfort_requis
def exporter(request: HttpRequest, annee: int, sujet: str, code: str, forme: str) -> HttpResponse:
    """A table of an exercice as a spreadsheet."""
    _exiger(request)
    _publiees(annee)
    return _fichier(request, _tableau(annee, sujet, code), forme)


@require_GET
@habilitation_requise()
@renfort_requis
def exporter_annees(request: HttpRequest, sujet: str, forme: str) -> HttpResponse:
    """One subject, exercice by exercice, as a spreadsheet."""
    _exiger(request)
    return _fichier(request, _annees(sujet), forme)


def _lignes(annees: list[int]) -> list[tuple[int, list[tuple[Sujet, Cellule]]]]:
    """What each exercice says of each subject."""
    colonnes = [(sujet, par_annee(sujet, annees).lignes) for sujet in SUJETS.values()]
    return [
        (annee, [(sujet, lignes[rang].total) for sujet, lignes in colonnes])
        for rang, annee in enumerate(annees)
    ]


def _montrer(request: HttpRequest, montre: Tableau, publies: list[int]) -> HttpResponse:
    journaliser(
        request.habilitation, Acte.CONSULTER, details={"page": "recensement", "tableau": montre.reference}
    )
    contexte = {
        "tableau": montre,
        "graphe": barres(montre) if montre.lignes else "",
        "tables": _tables(montre.sujet),
        "publies": publies,
        "formats": list(FORMATS),
        "seuil": SEUIL,
    }
    return render(request, "opex/recensement/tableau.html", contexte)


def _fichier(request: HttpRequest, montre: Tableau, forme: str) -> HttpResponse:
    if forme not in FORMATS:
        raise AccesRefuse(motif="format inconnu")
    journaliser(request.habilitation, Acte.EXPORTER, details={"tableau": montre.reference, "format": forme})
    ecrire, type_mime = FORMATS[forme]
    nom = f"recensement-{montre.reference.replace('/', '-')}.{forme}"
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


def _publiees(annee: int) -> list[int]:
    """The exercices published, of which this one must be."""
    publies = annees_publiees()
    if annee not in publies:
        raise AccesRefuse(motif="exercice non publié")
    return publies


def _tableau(annee: int, sujet: str, code: str) -> Tableau:
    trouve = trouver(sujet, code)
    if trouve is None:
        raise AccesRefuse(motif="tableau inconnu")
    return tableau(*trouve, annee)


def _annees(sujet: str) -> Tableau:
    if sujet not in SUJETS:
        raise AccesRefuse(motif="tableau inconnu")
    return par_annee(SUJETS[sujet], annees_publiees())


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
