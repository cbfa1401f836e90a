"""What the views of the OPEX rooms share."""

from typing import Any

from django.http import HttpRequest

from dossiers.partages.models import Dossier
from dossiers.partages.policies import dossier_visible
from dossiers.vues import contexte_dossier
from dossierunique.journal.refus import AccesRefuse
from opex.suivi.models import Suivi
from partners.models import Habilitation
from partners.organismes.models import Programme


def dossier_opex(habilitation: Habilitation, numero: str) -> Dossier:
    """The OPEX dossier of this number with its person, unit and `suivi`, or AccesRefuse."""
    dossier = dossier_visible(habilitation, numero)
    if dossier.programme != Programme.OPEX:
        raise AccesRefuse(numero, "dossier d’un autre programme")
    dossier.suivi = Suivi.objects.select_related(
        "porteur", "referent__utilisateur", "referent__organisme"
    ).get(dossier=dossier)
    return dossier


def contexte_opex(request: HttpRequest, dossier: Dossier, onglet: str) -> dict[str, Any]:
    """What templates/opex/base.html needs: the frame of a dossier's pages, and where the OPEX dossier stands."""
    return contexte_dossier(request.habilitation, dossier, onglet) | {"suivi": dossier.suivi}
