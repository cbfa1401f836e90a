"""The mandate under which the person acts, for each request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from partners.comptes.lecture import lire_compte
from partners.habilitations.inutilisees import noter_utilisation
from partners.habilitations.models import Habilitation

CLE = "habilitation_id"


def habilitation_active(get_response: Callable[[HttpRequest], HttpResponse]):
    """Set `request.habilitation`: read at each request, so that a suspension acts at once."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.habilitation, request.habilitations_nombre = None, 0
        if request.user.is_authenticated:
            _choisir(request)
        reponse = get_response(request)
        if request.user.is_authenticated:
            # What was read while signed in must not be found again in the browser's cache afterwards.
            reponse.headers.setdefault("Cache-Control", "private, no-store")
        return reponse

    return middleware


def _choisir(request: HttpRequest) -> None:
    en_vigueur = _en_vigueur(request)
    request.habilitations_nombre = len(en_vigueur)
    request.habilitation = par_defaut(en_vigueur, request.session.get(CLE))
    request.user.habilitation_active = request.habilitation
    if request.habilitation and request.habilitation.derniere_utilisation != (jour := timezone.localdate()):
        noter_utilisation(request.habilitation, jour)


def _en_vigueur(request: HttpRequest) -> list[Habilitation]:
    """Those read with the account of the session."""
    lues = getattr(request.user, "habilitations_en_vigueur", None)
    if lues is None:
        compte = lire_compte(request.user.pk)
        lues = compte.habilitations_en_vigueur if compte else []
    for habilitation in lues:
        habilitation.utilisateur = request.user
    return lues


def par_defaut(en_vigueur: list[Habilitation], choisie: int | None) -> Habilitation | None:
    """The one chosen in this session, else the only one, else the last one chosen in an earlier session."""
    for habilitation in en_vigueur:
        if habilitation.pk == choisie:
            return habilitation
    if len(en_vigueur) == 1:
        return en_vigueur[0]
    deja = [h for h in en_vigueur if h.choisie_le]
    return max(deja, key=lambda h: h.choisie_le, default=None)
