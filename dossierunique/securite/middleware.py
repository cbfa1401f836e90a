"""What every request passes first: its number, the same in the journal, the logs and the answer; its method."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from dossierunique.contexte import requete_id

Reponse = Callable[[HttpRequest], HttpResponseBase]
METHODES = ("GET", "HEAD", "POST")


def identifiant_de_requete(get_response: Reponse) -> Reponse:
    """Draw the request's number; one sent by the browser is not believed."""

    def milieu(request: HttpRequest) -> HttpResponseBase:
        identifiant = uuid.uuid4().hex
        jeton = requete_id.set(identifiant)
        try:
            reponse = get_response(request)
        finally:
            requete_id.reset(jeton)
        reponse["X-Request-ID"] = identifiant
        return reponse

    return milieu


def methodes_admises(get_response: Reponse) -> Reponse:
    """Pages are read and forms are posted: no view is asked in any other way."""

    def milieu(request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODES:
            return HttpResponseNotAllowed(METHODES)
        return get_response(request)

    return milieu
