"""What this app adds to the second row of the header."""

from django.http import HttpRequest

from dossierunique.ui.navigation import Entree
from partners.habilitations.models import Profil


def entrees(request: HttpRequest) -> list[Entree]:
    """The administration space, for those who give habilitations."""
    habilitation = getattr(request, "habilitation", None)
    if habilitation is None or habilitation.profil != Profil.ADMINISTRATEUR:
        return []
    return [Entree("Administration", "administration:accueil", "/administration/")]
