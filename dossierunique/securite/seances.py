"""Sessions in the database, as Django's own, read by a statement prepared once."""

from typing import Any

from django.contrib.sessions.backends import db
from django.db import InterfaceError, OperationalError, connections
from django.utils import timezone

from dossierunique.preparees import Preparee

LIRE = Preparee(
    "SELECT session_data FROM django_session WHERE session_key = %(cle)s AND expire_date > %(maintenant)s",
    {"cle": "text", "maintenant": "timestamptz"},
)


class SessionStore(db.SessionStore):
    """Only reading differs: it is part of every request."""

    def load(self) -> dict[str, Any]:
        """What the session holds, nothing once it has ended."""
        trouvee = _lire(self.session_key)
        if trouvee is None:
            self._session_key = None
            return {}
        return self.decode(trouvee[0])


def _lire(cle: str | None) -> tuple[Any, ...] | None:
    """The first statement of a request tells whether the connection lives: no need of Django's `SELECT 1` before it."""
    connexion = connections["default"]
    neuve = connexion.connection is None or connexion.in_atomic_block
    connexion.health_check_done = True  # type: ignore[attr-defined]
    try:
        return LIRE.ligne(cle=cle, maintenant=timezone.now())
    except (InterfaceError, OperationalError):
        if neuve:
            raise
        connexion.close()
        return LIRE.ligne(cle=cle, maintenant=timezone.now())
