"""Opening a dossier for somebody wounded before the portal knew her: who is it, then the wound, then her consent."""

from typing import Any

from django.db import transaction

from dossiers.assures.models import Assure
from dossiers.partages.models import Dossier
from opex.suivi import blessures
from opex.suivi.models import Origine
from opex.suivi.ouverture import ouvrir_dossier_opex
from partners.models import Habilitation


@transaction.atomic
def ouvrir(habilitation: Habilitation, assure: Assure, champs: dict[str, Any]) -> Dossier:
    """Open the dossier with the wound that it is opened for: awake at once, its origin marked.

    Arguments: champs, the fields of the wound (blessures.signaler_blessure).
    Raises AccesRefuse outside the perimeter, ActionRefusee when the dossier exists or a date is impossible.
    """
    dossier = ouvrir_dossier_opex(habilitation, assure, Origine.A_POSTERIORI)
    blessures.inscrire(habilitation, dossier, champs, a_posteriori=True)
    return dossier
