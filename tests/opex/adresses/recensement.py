"""Who gets through the addresses of opex/recensement."""

from typing import Any

from tests.acces import Regle
from tests.opex.fabriques import Monde

TABLE: dict[str, Regle] = {
    "recensement:accueil": Regle("GV"),
    "recensement:tableau": Regle("GV"),
    # the proof of identity is asked before the right
    "recensement:exporter": Regle("GV"),
}


def arguments(monde: Monde) -> dict[str, dict[str, Any]]:
    """The arguments of each address."""
    un_tableau = {"sujet": "aides", "code": "annee-partenaire"}
    return {"recensement:tableau": un_tableau, "recensement:exporter": {**un_tableau, "forme": "csv"}}
