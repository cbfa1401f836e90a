"""What the session keeps of the visits, so that a page asks the database nothing.

`visites`: profil → step under way, or 0 when nothing is to be offered. A profil that is not there is offered its visit;
a session that knows nothing of visits (opened before they existed) is offered none.
"""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from documentation.visite.models import VisiteGuidee

CLE = "visites"
RIEN = 0


@receiver(user_logged_in)
def lire_les_visites(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """At sign-in, for all the profils of the person: she may change habilitation later."""
    if request is not None:
        visites = VisiteGuidee.objects.filter(utilisateur_id=user.pk)
        request.session[CLE] = {v.profil: v.etape if v.en_cours else RIEN for v in visites}


def noter(request: HttpRequest, etape: int = RIEN) -> None:
    """The step where the acting profil now stands, or nothing more to show."""
    request.session[CLE] = {**request.session.get(CLE, {}), request.habilitation.profil: etape}


def a_proposer(request: HttpRequest) -> bool:
    """Whether the acting profil has not answered the offer yet."""
    visites = request.session.get(CLE)
    return visites is not None and request.habilitation.profil not in visites


def etape_en_cours(request: HttpRequest) -> int:
    """The step under way for the acting profil; 0 when there is none."""
    habilitation = getattr(request, "habilitation", None)
    return request.session.get(CLE, {}).get(habilitation.profil, RIEN) if habilitation else RIEN
