"""In whose name a transaction reads and writes: what the row-level policies of the database compare rows with.

The second lock: without an identity set for the transaction, PostgreSQL gives the application's role nothing of what
hangs on a file, whatever the statement. The rooms above say what an identity reads; this module only carries it.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connections, transaction

POSER = """
SELECT set_config('du.lecteurs', %s, true), set_config('du.programmes', %s, true),
       set_config('du.utilisateur', %s, true), set_config('du.systeme', %s, true),
       set_config('du.habilitation', %s, true)
"""


@dataclass(frozen=True, slots=True)
class Identite:
    """Whom the transaction acts for.

    lecteurs: keys of recipients (`o12` an organisme, `u34` a unit); programmes: those it may read; utilisateur: who
    acts, and `habilitation`: under which one, for exceptions; systeme: the name of a job of the system, which reads
    everything ("" for anybody else).
    """

    lecteurs: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    utilisateur: int | None = None
    systeme: str = ""
    habilitation: int | None = None


PERSONNE = Identite()
_courante: ContextVar[Identite] = ContextVar("identite", default=PERSONNE)


def courante() -> Identite:
    """The identity of the transaction in hand."""
    return _courante.get()


@contextmanager
def sous(identite: Identite) -> Iterator[None]:
    """Run the block in a transaction (or a savepoint) under this identity, then give back the former one."""
    connexion = connections["default"]
    dedans, avant = connexion.in_atomic_block, _courante.get()
    jeton = _courante.set(identite)
    try:
        with transaction.atomic():
            _poser(identite)
            yield
            # The end of a transaction forgets its settings, the end of a savepoint does not.
            if dedans:
                _poser(avant)
    finally:
        _courante.reset(jeton)


def systeme(nom: str) -> AbstractContextManager[None]:
    """Run the block as a named job of the system: scheduled work, or the part of an act that sees beyond its author."""
    return sous(Identite(systeme=nom))


def _poser(identite: Identite) -> None:
    with connections["default"].cursor() as curseur:
        curseur.execute(POSER, valeurs(identite))


def valeurs(identite: Identite) -> list[str]:
    """The settings of an identity, as PostgreSQL reads them."""
    return [
        _liste(identite.lecteurs),
        _liste(identite.programmes),
        _cle(identite.utilisateur),
        identite.systeme,
        _cle(identite.habilitation),
    ]


def _cle(cle: int | None) -> str:
    return "" if cle is None else str(cle)


def _liste(valeurs: tuple[str, ...]) -> str:
    # Keys are made of letters and digits only: nothing to escape in an array literal.
    return "{" + ",".join(valeurs) + "}"
