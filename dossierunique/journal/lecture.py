"""What a dossier's own page asks of the journal."""

from django.db.models import QuerySet

from dossierunique.journal.models import LigneJournal


def lignes_de(objet: str) -> QuerySet[LigneJournal]:
    """Who did what on one public number, newest first (« qui a consulté »)."""
    return LigneJournal.objects.filter(objet=objet).order_by("-quand", "-pk")
