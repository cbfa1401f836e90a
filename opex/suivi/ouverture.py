"""Opening an OPEX dossier: before a departure, asleep until a wound; or a posteriori, for somebody wounded earlier."""

from django.db import transaction

from dossiers.assures.models import Assure
from dossiers.consentements.actions import ouvrir_dossier
from dossiers.partages.models import Dossier
from opex.imprimes.acces import exiger_depart
from opex.suivi.models import Origine, Suivi
from partners.models import Habilitation
from partners.organismes.models import Programme


@transaction.atomic
def ouvrir_dossier_opex(
    habilitation: Habilitation, assure: Assure, origine: str = Origine.IMPRIME
) -> Dossier:
    """The person's OPEX dossier, under its own number for life (rule 4), and where it stands.

    Raises AccesRefuse outside the perimeter or the programme, ActionRefusee when it exists already.
    """
    exiger_depart(habilitation)
    dossier = ouvrir_dossier(habilitation, assure, Programme.OPEX, endormi=origine == Origine.IMPRIME)
    Suivi.objects.create(dossier=dossier, origine=origine)
    return dossier
