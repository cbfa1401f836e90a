"""What the header offers to technicians."""

from django.http import HttpRequest

from dossierunique.ui.navigation import Entree, enregistrer


@enregistrer
def entrees(request: HttpRequest) -> list[Entree]:
    """The outbox's supervision, for accounts marked `is_staff`."""
    if not request.user.is_staff:
        return []
    return [Entree("Supervision", "notifications:envois", "/supervision/")]
