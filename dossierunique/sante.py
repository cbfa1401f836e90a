"""Liveness and readiness for whoever watches the service: which part fails, and nothing else."""

import logging
import time
import uuid
from collections.abc import Callable

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DatabaseError, connections, transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dossierunique.journal.veille import etat as etat_du_journal

journal = logging.getLogger(__name__)

BATTEMENT = "sante:battement"
SILENCE_MAX = 60


def noter_battement() -> None:
    """Called by the worker at each beat of the clock: broker, beat and worker all did their part."""
    cache.set(BATTEMENT, time.time(), timeout=10 * SILENCE_MAX)


def _base() -> None:
    with connections["default"].cursor() as curseur:
        curseur.execute("SELECT 1")


def _courtier() -> None:
    cle = f"sante:{uuid.uuid4().hex}"
    cache.set(cle, "1", timeout=5)
    if cache.get(cle) != "1":
        raise RuntimeError("le courtier ne rend pas ce qu’on lui confie")


def _stockage() -> None:
    lieu = storages["fichiers"]
    nom = lieu.save(f"sante-{uuid.uuid4().hex}", ContentFile(b"sonde"))
    try:
        with lieu.open(nom) as sonde:
            if sonde.read() != b"sonde":
                raise RuntimeError("le stockage ne rend pas ce qu’on lui confie")
    finally:
        lieu.delete(nom)


def _service() -> None:
    dernier = cache.get(BATTEMENT)
    if dernier is None or time.time() - dernier > SILENCE_MAX:
        raise RuntimeError("aucun battement récent")


PARTIES: dict[str, Callable[[], None]] = {
    "base": _base,
    "courtier": _courtier,
    "stockage": _stockage,
    "service": _service,
}


def _journal() -> str:
    # A detail, not a part: an altered journal must be looked at, and is no reason to close the portal.
    try:
        return etat_du_journal()
    except DatabaseError:
        return "inconnu"


def _etat(sonde: Callable[[], None], nom: str) -> str:
    try:
        sonde()
    except Exception:
        # The cause goes to the logs: the answer is public.
        journal.warning("partie non prête : %s", nom, exc_info=True)
        return "en panne"
    return "prêt"


@never_cache
@require_safe
@transaction.non_atomic_requests
def vivant(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"etat": "vivant"})


@never_cache
@require_safe
@transaction.non_atomic_requests
def pret(request: HttpRequest) -> JsonResponse:
    """Database, broker, storage and worker, each by its name; 503 when one of them fails."""
    parties = {nom: _etat(sonde, nom) for nom, sonde in PARTIES.items()}
    pret = all(etat == "prêt" for etat in parties.values())
    return JsonResponse(
        {"etat": "prêt" if pret else "pas prêt", "parties": parties, "details": {"journal": _journal()}},
        status=200 if pret else 503,
        json_dumps_params={"ensure_ascii": False},
    )


urlpatterns = [
    path("vivant", vivant, name="sante_vivant"),
    path("pret", pret, name="sante_pret"),
]
