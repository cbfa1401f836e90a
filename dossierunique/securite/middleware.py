"""A number for each request, the same in the journal, in the logs and in the answer's header."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from dossierunique.contexte import requete_id

Reponse = Callable[[HttpRequest], HttpResponseBase]


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
