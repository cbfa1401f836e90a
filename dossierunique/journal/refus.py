"""The refusal of an access: the same page as for what does not exist, and a row in the journal."""

from django.http import Http404


class AccesRefuse(Http404):
    """Answers 404, so that the refused person does not learn that the thing exists."""

    def __init__(self, objet: str = "", motif: str = "") -> None:
        # Nothing in args: Django shows them on its debug page.
        super().__init__()
        self.objet, self.motif = str(objet), motif
