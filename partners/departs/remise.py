"""The list of what passed into other hands when an habilitation ended."""

from dossierunique.acteurs import Acteur
from partners.departs.models import Depart
from partners.habilitations import releve
from partners.habilitations.models import Habilitation


def remettre(par: Acteur, close: Habilitation, nature: str, successeur: Habilitation | None) -> Depart:
    """Hand over the open work of an habilitation just closed, in the current transaction, and keep the list of it."""
    remises = releve.passer_la_main(close, successeur)
    return Depart.objects.create(
        habilitation=close, nature=nature, par_id=par.utilisateur_id, successeur=successeur,
        remises=[{"objet": r.objet, "quoi": r.quoi, "vers": r.vers} for r in remises],
    )  # fmt: skip
