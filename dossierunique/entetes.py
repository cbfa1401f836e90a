"""Response headers that neither Django nor django-csp send."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Suite = Callable[[HttpRequest], HttpResponse]


def politique_de_permissions(suite: Suite) -> Suite:
    """Middleware: the browser's features that no page of ours uses are closed."""

    def repondre(request: HttpRequest) -> HttpResponse:
        reponse = suite(request)
        reponse.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return reponse

    return repondre
