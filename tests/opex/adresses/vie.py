"""Who gets through the addresses of opex/vie."""

from typing import Any

from tests.acces import Regle
from tests.opex.fabriques import Monde

TABLE: dict[str, Regle] = {"vie:page": Regle("CGNMSUAEOD"), "vie:pdf": Regle("GMSUAEO")}


def arguments(monde: Monde) -> dict[str, dict[str, Any]]:
    """The arguments of each address."""
    return {nom: {"numero": monde.dossier.numero} for nom in TABLE}
