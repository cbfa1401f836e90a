"""What this app adds to the second row of the header."""

from django.http import HttpRequest

from dossierunique.ui.navigation import Entree
from partners.habilitations.models import Profil


def entrees(request: HttpRequest) -> list[Entree]:
    """The administration space, for those who give habilitations; their own people, for the responsables."""
    habilitation = getattr(request, "habilitation", None)
    if habilitation is None:
        return []
    if habilitation.profil == Profil.ADMINISTRATEUR:
        return [Entree("Administration", "administration:accueil", "/administration/", "/habilitation/")]
    if habilitation.profil == Profil.RESPONSABLE:
        return [Entree("Mon organisme", "habilitations:equipe", "/habilitation/")]
    return []
