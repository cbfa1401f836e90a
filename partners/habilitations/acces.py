"""The door of the views: signed in, acting under an habilitation, of one of the right profils."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from dossierunique.journal.refus import AccesRefuse
from partners.habilitations.identite import agir_pour

Vue = Callable[..., HttpResponse]


def habilitation_requise(*profils: str) -> Callable[[Vue], Vue]:
    """View decorator: any habilitation, or one of these profils; another profil gets a 404.

    The view runs in one transaction, under the identity of the habilitation (second lock).
    """

    def decorer(vue: Vue) -> Vue:
        # The block below is the transaction; inside another one it would be a savepoint, three statements more.
        @non_atomic_requests
        @login_required
        @wraps(vue)
        def garde(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.habilitation is None:
                return redirect(
                    f"{reverse('habilitations:choisir')}?{urlencode({'next': request.get_full_path()})}"
                )
            if profils and request.habilitation.profil not in profils:
                raise AccesRefuse(motif=f"profil : {request.resolver_match.view_name}")
            with agir_pour(request.habilitation):
                return vue(request, *args, **kwargs)

        return garde

    return decorer
