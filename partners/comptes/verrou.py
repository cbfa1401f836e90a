"""How failed sign-ins slow the next ones, without ever locking an account or an organisme.

Counters, each with its own patience; what waits is refused before the password is looked at, and does not count:

| counter                    | whose attempts                | free | first wait | forgets |
|----------------------------|-------------------------------|------|------------|---------|
| account and address        | a browser the account has not |    5 |       60 s |   5 / h |
|                            | used yet                      |      |            |         |
| account and browser        | one that it has used          |    5 |       60 s |   5 / h |
| account, all addresses     | unknown browsers only         |   20 |       30 s |  20 / h |
| address, all accounts      | unknown browsers only         |  300 |       60 s | 600 / h |

A wait doubles at each further failure, up to a quarter of an hour. Guessing from a hundred addresses therefore slows
unknown browsers, never the owner at her usual desk; elsewhere a new password, asked for by e-mail, makes the
browser known. axes is the plumbing (AXES_HANDLER); the counters are ours because its own know neither a growing wait
nor a known browser.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from axes.handlers.base import AxesHandler
from axes.signals import user_locked_out
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from dossierunique.adresse_client import adresse_client
from dossierunique.securite.crypto import empreinte
from partners.comptes import appareils
from partners.comptes.models import EssaisConnexion

PLAFOND = 900
OUBLI = timedelta(days=1)


class Patience(NamedTuple):
    """Failures that cost nothing, the first wait in seconds, and how many are forgotten in an hour."""

    libres: int
    premiere: int
    oubli: int


PAIRE = Patience(5, 60, 5)
COMPTE = Patience(20, 30, 20)
ADRESSE = Patience(300, 60, 600)

COMPTER = """
INSERT INTO partners_essais_connexion AS e (cle, echecs, dernier) VALUES (%(cle)s, 1, %(quand)s)
ON CONFLICT (cle) DO UPDATE SET dernier = excluded.dernier, echecs = 1 + GREATEST(0,
  e.echecs - floor(extract(epoch FROM excluded.dernier - e.dernier) / 3600 * %(oubli)s)::int)
"""


def compteurs(request: HttpRequest, identifiant: str) -> dict[bytes, Patience]:
    """The counters that an attempt on this account, from this browser, depends on."""
    adresse = adresse_client(request)
    if numero := appareils.reconnu(request, identifiant):
        return {_cle(identifiant, f"appareil {numero}"): PAIRE}
    return {
        _cle(identifiant, f"adresse {adresse}"): PAIRE,
        _cle(identifiant, "partout"): COMPTE,
        _cle("", f"adresse {adresse}"): ADRESSE,
    }


def attente(request: HttpRequest, identifiant: str) -> int:
    """How many seconds this attempt has to wait: 0 most of the time."""
    patiences, maintenant = compteurs(request, identifiant), timezone.now()
    lignes = EssaisConnexion.objects.filter(cle__in=list(patiences))
    return max((_reste(ligne, patiences[bytes(ligne.cle)], maintenant) for ligne in lignes), default=0)


def compter(request: HttpRequest, identifiant: str) -> None:
    """One more failure."""
    maintenant = timezone.now()
    with connection.cursor() as curseur:
        # Always in the same order: two failures at once must not wait for each other.
        for cle, patience in sorted(compteurs(request, identifiant).items()):
            curseur.execute(COMPTER, {"cle": cle, "quand": maintenant, "oubli": patience.oubli})


def oublier(request: HttpRequest, identifiant: str) -> None:
    """The account has proved itself here: this browser starts afresh; what others guess elsewhere stays counted."""
    cles = [cle for cle, patience in compteurs(request, identifiant).items() if patience is PAIRE]
    EssaisConnexion.objects.filter(cle__in=cles).delete()


def purger() -> int:
    """Delete the counters that no longer slow anybody."""
    return EssaisConnexion.objects.filter(dernier__lt=timezone.now() - OUBLI).delete()[0]


def seul(request: HttpRequest, identifiant: str) -> bool:
    """Whether no other attempt of the same counter is being examined: a burst would all pass before being counted."""
    cle = min(c for c, patience in compteurs(request, identifiant).items() if patience is PAIRE)
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_try_advisory_xact_lock(%s)", [int.from_bytes(cle[:8], "big", signed=True)])
        return bool(curseur.fetchone()[0])


def _cle(identifiant: str, ou: str) -> bytes:
    return empreinte(f"{identifiant}\0{ou}", "comptes.essais")


def _reste(ligne: EssaisConnexion, patience: Patience, maintenant: datetime) -> int:
    ecoule = (maintenant - ligne.dernier).total_seconds()
    de_trop = ligne.echecs - int(ecoule / 3600 * patience.oubli) - patience.libres
    if de_trop < 0:
        return 0
    # Beyond ten doublings the ceiling is long reached.
    return max(0, round(min(patience.premiere * 2 ** min(de_trop, 10), PLAFOND) - ecoule))


class Garde(AxesHandler):
    """What axes asks at each attempt."""

    def is_allowed(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        identifiant = _identifiant(request, credentials)
        if request.method != "POST" or not identifiant:
            return True
        if attendre := attente(request, identifiant):
            request.attente_connexion = attendre  # type: ignore[attr-defined]
            return False
        return credentials is None or seul(request, identifiant)

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any
    ) -> None:
        identifiant = _identifiant(request, credentials) if request is not None else ""
        if request is None or not identifiant or getattr(request, "axes_locked_out", False):
            return
        compter(request, identifiant)
        if attendre := attente(request, identifiant):
            request.attente_connexion = attendre  # type: ignore[attr-defined]
            request.axes_locked_out = True  # type: ignore[attr-defined]
            user_locked_out.send(
                "axes", request=request, username=identifiant, ip_address=adresse_client(request)
            )

    def user_logged_in(self, sender: Any, request: HttpRequest | None, user: Any, **_: Any) -> None:
        if request is not None and request.META.get("REMOTE_ADDR"):
            reconnaitre(request, user.get_username())

    def user_logged_out(self, sender: Any, request: HttpRequest, user: Any, **_: Any) -> None:
        return

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        return _nombre(compteurs(request, _identifiant(request, credentials)))


def reconnaitre(request: HttpRequest, identifiant: str) -> None:
    """Forget this browser's failures and know it from now on: a password, a code or a mailbox has just been proved."""
    oublier(request, identifiant.lower())
    appareils.retenir(request, identifiant)


def _nombre(cles: Iterable[bytes]) -> int:
    return max(EssaisConnexion.objects.filter(cle__in=list(cles)).values_list("echecs", flat=True), default=0)


def _identifiant(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    from partners.comptes.forms import identifiant_compte

    return identifiant_compte(request, credentials)
