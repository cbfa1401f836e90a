"""Who ends an habilitation hands over its open work: the rooms above say what that work is.

    @register
    def remettre(ancienne: Habilitation, successeur: Habilitation | None) -> list[Remise]: ...

Called in the transaction that ends it, as a job of the system: who ends it reads no dossier.
"""

from collections.abc import Callable
from dataclasses import dataclass

from dossierunique.securite.identite import systeme
from partners.habilitations.models import Habilitation


@dataclass(frozen=True)
class Remise:
    """One thing that passed into other hands: its public number, what it is, and to whom, in words."""

    objet: str
    quoi: str
    vers: str


Releve = Callable[[Habilitation, Habilitation | None], list[Remise]]
_releves: list[Releve] = []


def register(fonction: Releve) -> Releve:
    """Add what hands over the work of one room (from its AppConfig.ready)."""
    if fonction not in _releves:
        _releves.append(fonction)
    return fonction


def passer_la_main(ancienne: Habilitation, successeur: Habilitation | None) -> list[Remise]:
    """Hand over the open work of an habilitation that has just ended, in the current transaction."""
    with systeme("releve"):
        return [remise for fonction in _releves for remise in fonction(ancienne, successeur)]
