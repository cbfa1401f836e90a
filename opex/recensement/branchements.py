"""What this room registers with the house: its entry in the menu."""

from django.http import HttpRequest

from dossiers.partages.profils import Droit, Regard
from dossierunique.ui.navigation import Entree, enregistrer
from partners.organismes.models import Programme


@enregistrer
def entrees(request: HttpRequest) -> list[Entree]:
    """The figures, for those who may count."""
    habilitation = getattr(request, "habilitation", None)
    if habilitation is None or Programme.OPEX not in habilitation.programmes:
        return []
    if not Regard(habilitation).peut(Droit.RECENSER):
        return []
    return [Entree("Recensement", "recensement:accueil", "/opex/recensement/", "/opex/genres-aide/")]
