"""Optimistic locking: a form carries the version it was made from; the action checks it under a row lock."""

from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from dossierunique.erreurs import ModifieDepuis
from dossierunique.journal.refus import AccesRefuse

M = TypeVar("M", bound=models.Model)


def verrouiller(modele: type[M], pk: Any, version: int | None = None) -> M:
    """Fetch and lock a row, in the current transaction. Raises ModifieDepuis when its version is another one.

    `version` None only locks: for acts that depend on the state alone. Raises AccesRefuse when the row is not to be
    seen any more: what was withdrawn while the lock was awaited is gone like what never was.
    """
    try:
        objet = modele._default_manager.select_for_update(of=("self",)).get(pk=pk)
    except ObjectDoesNotExist:
        raise AccesRefuse(motif=f"{modele._meta.model_name} hors de vue") from None
    if version is not None and objet.version != version:  # type: ignore[attr-defined]
        raise ModifieDepuis(objet)
    return objet
