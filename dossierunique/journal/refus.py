"""The refusal of an access: the same page as for what does not exist, and a row in the journal."""

from uuid import UUID

from django.http import Http404

from dossierunique import numeros


class AccesRefuse(Http404):
    """Answers 404, so that the refused person does not learn that the thing exists."""

    def __init__(self, objet: str = "", motif: str = "") -> None:
        # Nothing in args: Django shows them on its debug page.
        super().__init__()
        self.objet, self.motif = objet_public(str(objet)), motif


def objet_public(objet: str) -> str:
    """What an address named, when it is a public number or reference of ours; else nothing: it may be a NIR."""
    if numeros.est_valide(objet):
        return objet
    try:
        return str(UUID(objet)) if "-" in objet else ""
    except ValueError:
        return ""
