"""A ready list on one sheet, to be ticked by hand. It names nobody: the same for everyone who prints it."""

from functools import cache

from dossiers.situations.catalogue import Situation
from dossierunique.courriers.rendu import rendre_pdf


@cache
def papier(situation: Situation) -> bytes:
    """The sheet as a PDF, drawn once by a process."""
    return rendre_pdf("courriers/situation.html", {"situation": situation}, titre=situation.titre)
