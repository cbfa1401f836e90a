"""Who looked at a dossier: the tab, and the statement that the person may be given."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dossiers.controle.forms import FiltreAcces
from dossiers.controle.mots import phrase
from dossiers.controle.releve import rediger
from dossiers.partages.policies import dossier_visible, exiger_sur
from dossiers.partages.profils import Droit
from dossiers.vues import contexte_dossier
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.ui.pagination import Page, page_par_cle
from partners.comptes.renfort import renfort_requis
from partners.habilitations.acces import habilitation_requise
from partners.models import Organisme


@require_GET
@habilitation_requise()
def acces(request: HttpRequest, numero: str) -> HttpResponse:
    """Who looked at this dossier, day by day, from the journal."""
    dossier = dossier_visible(request.habilitation, numero)
    exiger_sur(request.habilitation, Droit.LIRE_JOURNAL, dossier)
    journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "acces"})
    filtre, page = FiltreAcces(request.GET, dossier.numero), Page([])
    if filtre.is_valid():
        page = page_par_cle(filtre.lignes(), request, cles=("-quand", "-pk"), taille=50)
    contexte = contexte_dossier(request.habilitation, dossier, "acces")
    contexte |= {"filtre": filtre, "page": page, "jours": _par_jour(page)}
    return render(request, "dossiers/controle/acces.html", contexte)


def _par_jour(page: Page) -> list[dict]:
    organismes = Organisme.objects.in_bulk({ligne.organisme_id for ligne in page} - {None})
    for ligne in page:
        ligne.organisme = organismes.get(ligne.organisme_id)
        ligne.phrase = phrase(ligne)
    jours = groupby(page, key=lambda ligne: timezone.localdate(ligne.quand))
    return [{"jour": jour, "lignes": list(lignes)} for jour, lignes in jours]


@require_GET
@habilitation_requise()
@renfort_requis
def releve(request: HttpRequest, numero: str) -> HttpResponse:
    """The statement of accesses, as a letter to the person, for the period of the tab."""
    dossier = dossier_visible(request.habilitation, numero)
    exiger_sur(request.habilitation, Droit.LIRE_JOURNAL, dossier)
    filtre = FiltreAcces(request.GET, dossier.numero)
    if not filtre.is_valid():
        return redirect("dossiers:acces", dossier.numero)
    du, au = filtre.cleaned_data["du"], filtre.cleaned_data["au"]
    pdf = rediger(dossier, filtre.periode().filter(objet=dossier.numero), du, au)
    details = {"releve": "acces", "du": du, "au": au}
    journaliser(request.habilitation, Acte.IMPRIMER, dossier.numero, details=details)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="releve-acces-{dossier.numero}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )
