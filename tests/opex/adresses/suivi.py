"""Who gets through the addresses of opex/suivi."""

from typing import Any

from tests.acces import Regle
from tests.opex.fabriques import Monde

TABLE: dict[str, Regle] = {"suivi:page": Regle("CGNMSUAEOD")}


def arguments(monde: Monde) -> dict[str, dict[str, Any]]:
    """The arguments of each address."""
    return {"suivi:page": {"numero": monde.dossier.numero}}
