"""Who gets through the addresses of opex/recensement."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from opex.models import Exercice
from opex.recensement.exercices import arreter
from tests.acces import Regle
from tests.opex.fabriques import Monde

TABLE: dict[str, Regle] = {
    "recensement:accueil": Regle("GV"),
    "recensement:exercice": Regle("GV"),
    "recensement:tableau": Regle("GV"),
    "recensement:annees": Regle("GV"),
    # the proof of identity is asked before the right
    "recensement:exporter": Regle("GV"),
    "recensement:exporter_annees": Regle("GV"),
}


def arguments(monde: Monde) -> dict[str, dict[str, Any]]:
    """The arguments of each address."""
    # The wounded of this walk were entered this year.
    arreter(timezone.localdate() + timedelta(days=500))
    annee = {"annee": Exercice.objects.latest("annee").annee}
    un_tableau = {**annee, "sujet": "aides", "code": "armee-partenaire"}
    return {
        "recensement:exercice": annee,
        "recensement:tableau": un_tableau,
        "recensement:exporter": {**un_tableau, "forme": "csv"},
        "recensement:annees": {"sujet": "aides"},
        "recensement:exporter_annees": {"sujet": "aides", "forme": "csv"},
    }
