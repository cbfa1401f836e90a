"""The page of a demande, and what follows its filing."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from dossiers.demandes import actions
from dossiers.demandes.dire import attendues, delai, paroles
from dossiers.demandes.etats import EtatDemande
from dossiers.demandes.models import Demande
from dossiers.demandes.page import contexte_demande, en_attente_de
from dossiers.demandes.pieces import attentes, pieces_manquantes
from dossiers.echanges.models import Courrier, GenreCourrier
from dossiers.partages.policies import exiger_sur
from dossiers.partages.profils import Droit
from dossiers.vues import contexte_dossier, demande_visible, executer
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from partners.habilitations.acces import habilitation_requise

# One minute: a page left open must not keep the session alive.
ESSAIS_MAX = 30


@require_GET
@habilitation_requise()
def detail(request: HttpRequest, numero: str) -> HttpResponse:
    """One demande as this regard may read it, with what it may do now."""
    demande = demande_visible(request.habilitation, numero)
    details = {"page": "demande", "demande": demande.numero}
    journaliser(request.habilitation, Acte.CONSULTER, demande.dossier.numero, details=details)
    contexte = contexte_dossier(request.habilitation, demande.dossier, "demandes")
    contexte |= contexte_demande(demande, contexte["regard"])
    contexte["echeance_pieces"] = en_attente_de(contexte["demandees"])
    return render(request, "dossiers/demandes/detail.html", contexte)


@require_GET
@habilitation_requise()
def dire(request: HttpRequest, numero: str) -> HttpResponse:
    """What may be told to the applicant: the same for whoever receives her, never more than a correspondant knows."""
    demande = demande_visible(request.habilitation, numero)
    exiger_sur(request.habilitation, Droit.DEPOSER_DEMANDE, demande.dossier)
    details = {"page": "dire", "demande": demande.numero}
    journaliser(request.habilitation, Acte.CONSULTER, demande.dossier.numero, details=details)
    contexte = contexte_dossier(request.habilitation, demande.dossier, "demandes")
    demandees = [attente.demandee for attente in attentes(demande) if attente.demandee]
    contexte |= {
        "demande": demande,
        "paroles": paroles(demande, list(demande.decisions.all())),
        "delai": delai(demande),
        "attendues": attendues(demandees),
        "echeance_pieces": en_attente_de(demandees),
    }
    return render(request, "dossiers/demandes/dire.html", contexte)


@require_GET
@habilitation_requise()
def depose(request: HttpRequest, numero: str) -> HttpResponse:
    """The demande is filed: its number, what comes next, the acknowledgement."""
    demande = demande_visible(request.habilitation, numero)
    exiger_sur(request.habilitation, Droit.DEPOSER_DEMANDE, demande.dossier)
    if demande.etat == EtatDemande.BROUILLON:
        return redirect("demandes:recapitulatif", demande.numero)
    essai = request.GET.get("essai", "")
    contexte = {
        "demande": demande,
        "dossier": demande.dossier,
        "accuse": _accuse(demande),
        "essai": min(int(essai), ESSAIS_MAX) + 1 if essai.isdecimal() else 1,
        "essais_max": ESSAIS_MAX,
    }
    if request.htmx:  # asked again until the worker has produced the letter: nothing of the person is in it
        return render(request, "dossiers/demandes/_accuse.html", contexte)
    journaliser(request.habilitation, Acte.CONSULTER, demande.dossier.numero, details={"page": "depose"})
    contexte["manquantes"] = pieces_manquantes(demande)
    # Not `echeance`, which asking for papers moves: what the acknowledgement announces.
    contexte["reponse_avant"] = timezone.localdate(demande.soumise_le) + timedelta(
        days=demande.type_aide.delai_jours
    )
    return render(request, "dossiers/demandes/depose.html", contexte)


def _accuse(demande: Demande) -> Courrier | None:
    return (
        Courrier.objects.filter(demande=demande, genre=GenreCourrier.ACCUSE).select_related("fichier").first()
    )


@require_POST
@habilitation_requise()
def abandonner(request: HttpRequest, numero: str) -> HttpResponse:
    """Give up a draft."""
    demande = demande_visible(request.habilitation, numero)
    return executer(
        request, lambda: actions.abandonner(request.habilitation, demande),
        f"Le brouillon {demande.numero} est abandonné.", "dossiers:apercu", demande.dossier.numero,
    )  # fmt: skip
