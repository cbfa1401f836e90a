"""The two pages of the floor."""

from django.contrib.auth.models import User

from bench.cas import Cas
from bench.client import Requete
from bench.seances import ouvrir

DETAILS = 50


def preparer(nombre: int, _application: object) -> dict[str, Cas]:
    """F and D, asked for by one signed-in user."""
    temoins = ouvrir(User.objects.get())
    details = [Requete(f"/detail/{1 + nombre * i // DETAILS}", temoins) for i in range(DETAILS)]
    return {
        "F": Cas([Requete("/liste", temoins)], contient="<td><a href", lignes=25),
        "D": Cas(details, contient="<h1>Dossier"),
    }
