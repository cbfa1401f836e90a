"""The demo's mail: nothing leaves the machine, each message becomes a file that the portal can show."""

import os
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


def boite() -> Path | None:
    """The folder of the messages; None when e-mails go to a real server."""
    chemin = getattr(settings, "EMAIL_FILE_PATH", None)
    return Path(chemin) if chemin else None


class EmailBackend(BaseEmailBackend):
    """Writes each message as one `.eml` file of settings.EMAIL_FILE_PATH."""

    def __init__(self, *args: Any, file_path: str | os.PathLike | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dossier = Path(file_path) if file_path else boite()
        if dossier is None:
            raise ImproperlyConfigured("EMAIL_FILE_PATH n’est pas renseigné")
        self.dossier = dossier

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            self._ecrire(message.message().as_bytes())
        return len(email_messages)

    def _ecrire(self, octets: bytes) -> None:
        # The name starts with the time: the names sorted are the messages in order.
        nom = f"{time.time_ns():020d}-{uuid.uuid4().hex[:12]}"
        provisoire = self.dossier / f"{nom}.tmp"
        provisoire.write_bytes(octets)
        provisoire.rename(self.dossier / f"{nom}.eml")
