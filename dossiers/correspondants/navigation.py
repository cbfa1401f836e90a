"""The fourth space of the header, for those whom it is for."""

from django.http import HttpRequest

from dossierunique.ui.navigation import Entree, enregistrer
from partners.habilitations.models import Profil


@enregistrer
def entrees(request: HttpRequest) -> list[Entree]:
    """The space of the correspondants d'unité."""
    habilitation = getattr(request, "habilitation", None)
    if habilitation is None or habilitation.profil != Profil.CORRESPONDANT:
        return []
    return [Entree("Espace correspondant", "espace_correspondant", "/espace-correspondant/", espace=True)]
