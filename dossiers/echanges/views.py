"""Opening a letter."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from dossiers.echanges.models import Courrier
from dossiers.echanges.policies import courrier_lisible
from dossiers.partages.models import Dossier
from dossiers.partages.policies import refuser_les_copies
from dossiers.partages.profils import Regard
from dossierunique.fichiers import lecture
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from partners.habilitations.acces import habilitation_requise
from partners.models import Habilitation


@require_GET
@habilitation_requise()
def ouvrir(request: HttpRequest, reference: UUID) -> HttpResponseBase:
    """The PDF of a letter, in the browser or as a download (`?telecharger`)."""
    courrier = _courrier(request.habilitation, reference)
    if courrier.fichier is None:
        messages.info(request, "Ce courrier est en préparation : il sera prêt dans un instant.")
        return redirect("dossiers:courriers", courrier.dossier.numero)
    refuser_les_copies(request.habilitation, courrier.dossier)
    journaliser(
        request.habilitation,
        Acte.TELECHARGER,
        courrier.dossier.numero,
        details={"courrier": str(courrier.reference)},
    )
    return lecture.reponse(courrier.fichier, telecharger="telecharger" in request.GET)


def _courrier(habilitation: Habilitation, reference: UUID) -> Courrier:
    courrier = Courrier.objects.filter(reference=reference).select_related("dossier", "fichier").first()
    if courrier is None:
        raise AccesRefuse(str(reference), "courrier inconnu")
    if not Dossier.objects.filter(pk=courrier.dossier_id).visibles_par(habilitation).exists():
        raise AccesRefuse(courrier.dossier.numero, "dossier non partagé")
    if not courrier_lisible(Regard(habilitation), courrier):
        raise AccesRefuse(courrier.dossier.numero, f"courrier réservé : {courrier.genre}")
    return courrier
