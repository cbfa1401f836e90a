"""What a public service owes to anybody: who runs it, what it does with data, how accessible it is, how to reach it."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from dossierunique.notifications.courriels import adresse_absolue
from dossierunique.ui.navigation import liens

# RFC 9116 advises less than a year.
VALIDITE_SECURITE = timedelta(days=180)


def _coordonnees() -> dict[str, str]:
    """Who answers, as the settings say; what is not given is not shown."""
    return {
        "courriel": settings.CONTACT_COURRIEL,
        "telephone": settings.CONTACT_TELEPHONE,
        "dpo": settings.DPO_COURRIEL,
        "securite": settings.SECURITE_CONTACT,
        "hebergeur": settings.HEBERGEUR,
        "directeur": settings.DIRECTEUR_PUBLICATION,
    }


@require_safe
def mentions(request: HttpRequest) -> HttpResponse:
    """The legal notice (law of 21 June 2004 for confidence in the digital economy)."""
    return render(request, "documentation/public/mentions.html", _coordonnees())


@require_safe
def confidentialite(request: HttpRequest) -> HttpResponse:
    """What is done with personal data (RGPD, articles 13 and 14)."""
    durees = {
        "journal_mois": settings.JOURNAL_MOIS_GARDES,
        "session_minutes": settings.SESSION_INACTIVITE // 60,
        "brouillon_jours": settings.BROUILLON_JOURS,
        "expiration_mois": settings.OPEX_EXPIRATION_MOIS,
    }
    return render(request, "documentation/public/confidentialite.html", {**_coordonnees(), **durees})


@require_safe
def accessibilite(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that the RGAA asks for."""
    return render(request, "documentation/public/accessibilite.html", _coordonnees())


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to ask, by what one needs."""
    return render(request, "documentation/public/contact.html", _coordonnees())


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The pages that there are, for the person in front."""
    return render(request, "documentation/public/plan.html", {"espaces": liens(request)})


@require_safe
@cache_control(public=True, max_age=86_400)
def securite(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116)."""
    expire = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + VALIDITE_SECURITE
    contact = settings.SECURITE_CONTACT
    lignes = [
        f"Contact: {contact if ':' in contact else f'mailto:{contact}'}",
        f"Expires: {expire.isoformat()}",
        "Preferred-Languages: fr, en",
        f"Canonical: {adresse_absolue(request.path)}",
    ]
    return HttpResponse("\n".join(lignes) + "\n", content_type="text/plain; charset=utf-8")
