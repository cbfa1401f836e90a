"""What every page of the portal needs, computed only when a template asks for it."""

from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest

from dossierunique.ui import navigation
from dossierunique.ui.pagination import compte_borne

# Beyond it the bell says "99+": counting further would cost and teach nothing.
BORNE_CLOCHE = 100


def notifications_non_lues(request: HttpRequest) -> int:
    """Unread notifications of the person signed in, counted up to BORNE_CLOCHE."""
    utilisateur = getattr(request, "user", None)
    if utilisateur is None or not utilisateur.is_authenticated:
        return 0
    # Read with the account in a request of the portal (partners.comptes.lecture).
    if (lues := getattr(utilisateur, "notifications_non_lues", None)) is not None:
        return lues
    modele = apps.get_model("notifications", "Notification")
    lignes = modele.objects.filter(destinataire_id=utilisateur.pk, lue_le__isnull=True)
    return compte_borne(lignes, BORNE_CLOCHE)[0]


def portail(request: HttpRequest) -> dict[str, Any]:
    """Context processor of all pages: templates call what is callable here, once at most."""
    return {
        "mode_demo": settings.MODE_DEMO,
        "habilitation": getattr(request, "habilitation", None),
        "habilitations_nombre": getattr(request, "habilitations_nombre", 0),
        "notifications_non_lues": cache(lambda: notifications_non_lues(request)),
        "recherche_ouverte": getattr(request, "habilitation", None) is not None,
        "navigation": cache(lambda: navigation.menu(request)),
        "session_inactivite": getattr(settings, "SESSION_INACTIVITE", 1800),
    }
