"""Sessions in the database, as Django's own, read by a statement prepared once."""

from typing import Any

from django.contrib.sessions.backends import db
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
        trouvee = LIRE.ligne(cle=self.session_key, maintenant=timezone.now())
        if trouvee is None:
            self._session_key = None
            return {}
        return self.decode(trouvee[0])
