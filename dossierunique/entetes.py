"""Response headers that neither Django nor django-csp send."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Suite = Callable[[HttpRequest], HttpResponse]


def en_tetes(suite: Suite) -> Suite:
    """Middleware: what the browser may not do with our answers, unless a view has said otherwise."""

    def repondre(request: HttpRequest) -> HttpResponse:
        reponse = suite(request)
        for nom, valeur in settings.EN_TETES.items():
            reponse.headers.setdefault(nom, valeur)
        return reponse

    return repondre
