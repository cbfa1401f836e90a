"""Who gets through the addresses of opex/contributions."""

from typing import Any

from tests.acces import Regle
from tests.opex.fabriques import Monde

TABLE: dict[str, Regle] = {"aides:liste": Regle("CGNMSUAEOD")}


def arguments(monde: Monde) -> dict[str, dict[str, Any]]:
    """The arguments of each address."""
    return {"aides:liste": {"numero": monde.dossier.numero}}
