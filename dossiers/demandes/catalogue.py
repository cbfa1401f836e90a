"""What the catalogue of aids tells the apps that do not know the dossiers."""

from collections.abc import Iterable

from dossiers.demandes.models import TypeAide
from partners.aides import declarer_aides


@declarer_aides
def aides_en_usage() -> Iterable[tuple[str, str]]:
    """The kinds of aid that may be asked for today."""
    return TypeAide.objects.filter(actif=True).values_list("code", "nom")
