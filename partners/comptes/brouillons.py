"""What was typed in a form survives the end of a session: encrypted, its author's alone, for a few days.

Two doors: the page saves by itself while one types (static/js/brouillon.js), and what is sent after the session has
ended, or before proving oneself again, is kept instead of being lost. Never the files, never a password.
"""

import json
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from dossierunique.securite.crypto import empreinte
from partners.comptes.models import BrouillonFormulaire, Utilisateur

TAILLE_MAX, PAR_PERSONNE, CHAMPS_MAX, LONGUEUR_ADRESSE = 100_000, 30, 500, 500
# What the author has not typed, or what nobody keeps.
CHAMP_BROUILLON = "_brouillon"
JAMAIS = frozenset({
    "csrfmiddlewaretoken", CHAMP_BROUILLON, "password", "password1", "password2", "oldpassword", "code", "credential",
})  # fmt: skip
# Pages of sign-in: nothing of them is ever written.
FERMEES = ("/compte/", "/session/", "/brouillons/", "/demo/")

Champs = list[tuple[str, str]]


class Saisie(NamedTuple):
    """What a draft holds: where it was typed, where it was going, and the fields in the order of the form."""

    page: str
    action: str
    champs: Champs


def garder_envoi(request: HttpRequest, utilisateur: Utilisateur) -> BrouillonFormulaire | None:
    """Keep what a POST was bringing, to be sent again from the page that shows it."""
    request.brouillon_garde = True  # type: ignore[attr-defined]
    if deja := trouver(utilisateur, request.POST.get(CHAMP_BROUILLON, "")):
        BrouillonFormulaire.objects.filter(pk=deja.pk).update(ecrit_le=timezone.now())
        return deja
    champs = [(nom, valeur) for nom, valeurs in request.POST.lists() for valeur in valeurs]
    return garder(utilisateur, Saisie(_page_d_origine(request), request.get_full_path(), champs))


@transaction.atomic
def garder(utilisateur: Utilisateur, saisie: Saisie) -> BrouillonFormulaire | None:
    """Write or replace the draft of one form; None when there is no place for it."""
    gardee = saisie._replace(champs=[(nom, valeur) for nom, valeur in saisie.champs if nom not in JAMAIS])
    contenu = json.dumps(gardee, ensure_ascii=False)
    if not _convient(gardee) or len(contenu) > TAILLE_MAX:
        return None
    brouillon, _ = BrouillonFormulaire.objects.update_or_create(
        utilisateur=utilisateur, page=_cle(saisie.page), action=_cle(saisie.action),
        defaults={"contenu": contenu, "ecrit_le": timezone.now()},
    )  # fmt: skip
    _borner(utilisateur)
    return brouillon


def lire(brouillon: BrouillonFormulaire) -> Saisie:
    """What it holds."""
    page, action, champs = json.loads(brouillon.contenu)
    return Saisie(page, action, [(nom, valeur) for nom, valeur in champs])


def vivants(utilisateur: Any) -> QuerySet[BrouillonFormulaire]:
    """The person's drafts that are not too old."""
    seuil = timezone.now() - timedelta(days=settings.BROUILLON_JOURS)
    return BrouillonFormulaire.objects.filter(utilisateur_id=utilisateur.pk, ecrit_le__gte=seuil)


def de_la_page(utilisateur: Any, page: str) -> QuerySet[BrouillonFormulaire]:
    """Her drafts of the forms of one page."""
    return vivants(utilisateur).filter(page=_cle(page)).order_by("-ecrit_le")


def trouver(utilisateur: Any, reference: str) -> BrouillonFormulaire | None:
    """One of her drafts, by its reference."""
    try:
        return vivants(utilisateur).filter(reference=UUID(reference)).first()
    except ValueError:
        return None


def effacer(utilisateur: Any, reference: str) -> None:
    """The form has been sent, or given up."""
    if brouillon := trouver(utilisateur, reference):
        brouillon.delete()


def purger() -> int:
    """Delete the drafts that nobody came back for."""
    seuil = timezone.now() - timedelta(days=settings.BROUILLON_JOURS)
    return BrouillonFormulaire.objects.filter(ecrit_le__lt=seuil).delete()[0]


def _cle(adresse: str) -> bytes:
    return empreinte(adresse, "comptes.brouillon")


def _convient(saisie: Saisie) -> bool:
    if len(saisie.champs) > CHAMPS_MAX:
        return False
    return all(
        a.startswith("/") and not a.startswith(("//", *FERMEES)) and len(a) <= LONGUEUR_ADRESSE
        for a in (saisie.page, saisie.action)
    )


def _page_d_origine(request: HttpRequest) -> str:
    # The page that held the form: an address that is only posted to has no page to come back to.
    origine = urlsplit(request.headers.get("Referer", ""))
    if origine.netloc != request.get_host():
        return request.path
    return f"{origine.path}?{origine.query}" if origine.query else origine.path


def _borner(utilisateur: Utilisateur) -> None:
    de_trop = BrouillonFormulaire.objects.filter(utilisateur=utilisateur).order_by("-ecrit_le")[PAR_PERSONNE:]
    BrouillonFormulaire.objects.filter(pk__in=list(de_trop.values_list("pk", flat=True))).delete()
