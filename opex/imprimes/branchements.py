"""What this room registers with the house: menu entries, words of the history, the job that takes a list over."""

from django.http import HttpRequest

from dossiers.echanges.histoire import DIRE, Faits
from dossiers.echanges.models import Evenement, Genre
from dossiers.partages.profils import Regard
from dossiers.textes import jour
from dossierunique.ui.navigation import Entree, enregistrer
from opex.imprimes import reprise  # noqa: F401  (registers the job)
from opex.imprimes.acces import prepare_des_departs


def entrees(request: HttpRequest) -> list[Entree]:
    """The preparation of departures, for who fills the forms."""
    habilitation = getattr(request, "habilitation", None)
    if habilitation is None or not prepare_des_departs(habilitation):
        return []
    return [Entree("Préparer un départ", "imprimes:accueil", "/opex/")]


def _imprime(e: Evenement, faits: Faits, regard: Regard) -> tuple[str, str]:
    depart = f"Départ le {jour(e.donnees['depart'])}." if e.donnees["depart"] else ""
    return f"a enregistré l’imprimé d’identification, version {e.donnees['rang']}.", depart


enregistrer(entrees)
DIRE[Genre.IMPRIME] = _imprime
