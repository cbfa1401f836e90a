"""May this habilitation do this on this dossier? One question, asked by every action and every view."""

from dossiers.partages.models import Dossier
from dossiers.partages.profils import Droit, Regard
from dossierunique.journal.refus import AccesRefuse
from partners.models import Habilitation


def exiger(habilitation: Habilitation, droit: Droit, dossier: Dossier | None = None) -> Regard:
    """The regard of an habilitation that may do `droit`, on `dossier` when given, at this very moment.

    Raises AccesRefuse (a 404, and a row in the journal): forbidden looks like unknown.
    """
    regard = Regard(habilitation)
    objet = dossier.numero if dossier else ""
    if not habilitation.en_vigueur() or not regard.peut(droit):
        raise AccesRefuse(objet, f"droit absent : {droit.value}")
    if dossier and not Dossier.objects.filter(pk=dossier.pk).visibles_par(habilitation).exists():
        raise AccesRefuse(objet, "dossier non partagé")
    return regard


def dossier_visible(habilitation: Habilitation, numero: str) -> Dossier:
    """The dossier of this number with its person and unit, or AccesRefuse."""
    dossier = (
        Dossier.objects.visibles_par(habilitation)
        .filter(numero=numero)
        .select_related("assure", "unite")
        .first()
    )
    if dossier is None:
        raise AccesRefuse(numero, "dossier inconnu ou non partagé")
    return dossier
