"""What this app adds to the header."""

from django.http import HttpRequest

from dossierunique.ui.navigation import Entree


def entrees(request: HttpRequest) -> list[Entree]:
    """The directory, a space for everybody who acts under an habilitation."""
    if getattr(request, "habilitation", None) is None:
        return []
    return [Entree("Annuaire", "annuaire:accueil", "/annuaire/", espace=True)]
