"""What this room registers with the house: menu entries, the job that takes a list over."""

from django.http import HttpRequest

from dossierunique.ui.navigation import Entree, enregistrer
from opex.imprimes import reprise  # noqa: F401  (registers the job)
from opex.imprimes.acces import prepare_des_departs


@enregistrer
def entrees(request: HttpRequest) -> list[Entree]:
    """The preparation of departures, for who fills the forms."""
    habilitation = getattr(request, "habilitation", None)
    if habilitation is None or not prepare_des_departs(habilitation):
        return []
    return [Entree("Préparer un départ", "imprimes:accueil", "/opex/")]
