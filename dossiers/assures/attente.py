"""The person whose identity is being typed: her NIR waits in the session, sealed, between two pages."""

from datetime import date
from typing import Any

from django.http import HttpRequest

from dossiers.assures.nir import Nir
from dossierunique.securite import crypto
from partners.organismes.models import Programme

SESSION = "ouverture"
DUREE = 3600


def _cle(programme: str) -> str:
    return SESSION if programme == Programme.DU else f"{SESSION}-{programme}"


def retenir(request: HttpRequest, nir: Nir, naissance: date, programme: str = Programme.DU) -> None:
    """Keep the two traits of a new person for the next page."""
    # Sealed: the session's table never holds a NIR in clear.
    donnees = {"nir": nir.valeur, "naissance": naissance.isoformat(), "par": request.habilitation.pk}
    request.session[_cle(programme)] = crypto.sceller(donnees, contexte=_cle(programme))


def retenu(request: HttpRequest, programme: str = Programme.DU) -> dict[str, Any] | None:
    """What this very habilitation retained within the hour (`nir`, `naissance`), or None."""
    try:
        donnees = crypto.desceller(
            request.session.get(_cle(programme), ""), contexte=_cle(programme), age_max=DUREE
        )
    except crypto.JetonInvalide:
        return None
    return donnees if donnees["par"] == request.habilitation.pk else None


def oublier(request: HttpRequest, programme: str = Programme.DU) -> None:
    """Once the person is entered, nothing is kept of what was typed."""
    request.session.pop(_cle(programme), None)
