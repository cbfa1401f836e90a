"""What this app adds to the first row of the header."""

from django.http import HttpRequest

from dossierunique.ui.navigation import Entree


def entrees(request: HttpRequest) -> list[Entree]:
    """The documentation space, for everyone signed in."""
    if getattr(request, "habilitation", None) is None:
        return []
    return [Entree("Documentation", "documentation:accueil", "/documentation/", espace=True)]
