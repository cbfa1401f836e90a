"""The demo's mailbox: the e-mails that would have gone, to be read in the portal. Closed outside the demo."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from functools import wraps
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from dossierunique.notifications.courriels_demo import boite

NOM = re.compile(r"\d{20}-[0-9a-f]{12}")
MONTRES = 100


@dataclass(frozen=True)
class Courriel:
    """One message as the mailbox shows it."""

    nom: str
    objet: str
    destinataire: str
    date: datetime | None
    texte: str


def demo_seulement(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the mailbox's folder; outside the demo the page does not exist."""

    @require_GET
    @wraps(vue)
    def gardee(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        dossier = boite()
        if not settings.MODE_DEMO or dossier is None:
            raise Http404
        return vue(request, dossier, *args, **kwargs)

    return gardee


def courriel(fichier: Path) -> Courriel:
    """Read one file of the mailbox."""
    message = message_from_bytes(fichier.read_bytes(), _class=EmailMessage, policy=policy.default)
    corps = message.get_body(preferencelist=("plain",))
    return Courriel(
        nom=fichier.stem,
        objet=str(message["Subject"] or "(sans objet)"),
        destinataire=str(message["To"] or ""),
        date=_date(str(message["Date"] or "")),
        texte=corps.get_content() if corps else "",
    )


def _date(texte: str) -> datetime | None:
    if not texte:
        return None
    date = parsedate_to_datetime(texte)
    # "-0000" (what Django writes) means UTC, and gives a naive date.
    return localtime(date if date.tzinfo else date.replace(tzinfo=UTC))


@demo_seulement
def liste(request: HttpRequest, dossier: Path) -> HttpResponse:
    """The latest messages, newest first, `?a=` for those of one address."""
    adresse = request.GET.get("a", "").strip().lower()
    fichiers = sorted(dossier.glob("*.eml"), reverse=True)
    messages = (courriel(fichier) for fichier in fichiers)
    retenus = list(islice((m for m in messages if adresse in m.destinataire.lower()), MONTRES))
    contexte = {"courriels": retenus, "total": len(fichiers), "adresse": adresse}
    return render(request, "demo/courriels.html", contexte)


@demo_seulement
def lire(request: HttpRequest, dossier: Path, nom: str) -> HttpResponse:
    """One message in full."""
    fichier = dossier / f"{nom}.eml"
    if not NOM.fullmatch(nom) or not fichier.is_file():
        raise Http404
    return render(request, "demo/courriel.html", {"courriel": courriel(fichier)})
