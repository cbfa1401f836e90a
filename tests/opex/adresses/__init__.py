"""The rows of the address table that belong to the OPEX programme, a module a room; they share one awakened dossier.

Each module has `TABLE` (name → Regle) and `arguments(monde)` (name → kwargs of `reverse`).
"""

from typing import Any

from partners.models import Habilitation
from tests.opex.adresses import contributions, imprimes, recensement, suivi, vie
from tests.opex.fabriques import Monde, monde_opex

SALLES = (imprimes, suivi, contributions, recensement, vie)
TABLE = {nom: regle for salle in SALLES for nom, regle in salle.TABLE.items()}


def arguments(distribution: dict[str, Habilitation]) -> dict[str, dict[str, Any]]:
    """What the addresses of these rooms need, for the people of the walk."""
    monde: Monde = monde_opex(distribution)
    return {nom: kwargs for salle in SALLES for nom, kwargs in salle.arguments(monde).items()}
