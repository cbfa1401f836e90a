"""The identity of the tests themselves: they look at everything as a job of the system, what they try does not."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.core.handlers.base import BaseHandler
from django.db import connections
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse

from dossierunique.securite import identite

ESSAIS = identite.Identite(systeme="essais")
ALIAS = "default"


def installer() -> None:
    """Every connection starts as the tests' job; each request, as in production, starts as nobody."""
    connection_created.connect(_a_la_connexion, weak=False, dispatch_uid="essais.identite")
    identite._courante = ContextVar("identite_des_essais", default=ESSAIS)  # in every thread
    _prendre(ESSAIS)
    BaseHandler.get_response = _sans_identite(BaseHandler.get_response)  # type: ignore[method-assign]


def _a_la_connexion(sender: Any, connection: Any, **_: Any) -> None:
    if connection.alias == ALIAS:
        _regler(connection, identite.courante())


def _sans_identite(repondre: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def get_response(self: BaseHandler, request: HttpRequest) -> HttpResponse:
        avant = identite.courante()
        _prendre(identite.PERSONNE)
        try:
            return repondre(self, request)
        finally:
            _prendre(avant)

    return get_response


def _prendre(nouvelle: identite.Identite) -> None:
    identite._courante.set(nouvelle)
    if connections[ALIAS].connection is not None and not connections[ALIAS].needs_rollback:
        _regler(connections[ALIAS], nouvelle)


def _regler(connexion: Any, nouvelle: identite.Identite) -> None:
    # Straight to the driver: these are not queries of what is tested. For the session, not for the transaction.
    with connexion.connection.cursor() as curseur:
        curseur.execute(identite.POSER.replace("true", "false"), identite.valeurs(nouvelle))
