"""My sessions: what is written of each, and ending them at once."""

import re
from collections.abc import Iterable
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from dossierunique.adresse_client import adresse_client
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import Personne, journaliser
from partners.comptes.models import SessionOuverte, Utilisateur

# Where a session keeps the number of its own row.
LIGNE = "session_ouverte"
# The first that matches names the browser: the others all claim to be Chrome, and Chrome to be Safari.
NAVIGATEURS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMES = (
    ("Windows", "Windows"), ("Android", "Android"), ("iPhone|iPad", "iOS"), ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def noter(request: HttpRequest, utilisateur: Utilisateur, moyen: str = "") -> None:
    """A session begins: write what its owner will recognise it by."""
    if not request.META.get("REMOTE_ADDR"):
        return
    if not request.session.session_key:
        request.session.save()
    ligne = SessionOuverte.objects.create(
        cle=request.session.session_key,
        utilisateur=utilisateur,
        adresse=adresse_client(request) or None,
        navigateur=nom_du_navigateur(request.headers.get("User-Agent", "")),
        moyen=moyen,
    )
    request.session[LIGNE] = ligne.pk


def revoir(request: HttpRequest) -> None:
    """Date the session; called once a minute at most. Django changes the key of a session when the password does."""
    if ligne := request.session.get(LIGNE):
        SessionOuverte.objects.filter(pk=ligne).update(
            cle=request.session.session_key, vue_le=timezone.now(), adresse=adresse_client(request) or None
        )


def vivantes(utilisateur: Utilisateur) -> QuerySet[SessionOuverte]:
    """Sessions that both limits still allow."""
    inactive = timezone.now() - timedelta(seconds=settings.SESSION_INACTIVITE)
    ancienne = timezone.now() - timedelta(seconds=settings.SESSION_ABSOLUE)
    return SessionOuverte.objects.filter(
        utilisateur=utilisateur, vue_le__gte=inactive, ouverte_le__gte=ancienne
    )


@transaction.atomic
def terminer(utilisateur: Utilisateur, sessions: Iterable[SessionOuverte], motif: str) -> int:
    """End these sessions: their next request is nobody's. One row of the journal when there was any."""
    lignes = list(sessions)
    magasin = import_module(settings.SESSION_ENGINE).SessionStore()
    for ligne in lignes:
        magasin.delete(ligne.cle)
        ligne.delete()
    if lignes:
        journaliser(
            Personne(utilisateur), Acte.DECONNEXION, "session", motif=motif, details={"sessions": len(lignes)}
        )
    return len(lignes)


def terminer_les_autres(request: HttpRequest, motif: str) -> int:
    """End all the sessions of the person but the one in hand."""
    autres = SessionOuverte.objects.filter(utilisateur_id=request.user.pk)
    return terminer(request.user, autres.exclude(pk=request.session.get(LIGNE)), motif)


def terminer_toutes(utilisateur: Utilisateur, motif: str) -> int:
    """End every session of an account: it has been closed, or its habilitation suspended."""
    return terminer(utilisateur, SessionOuverte.objects.filter(utilisateur=utilisateur), motif)


def fermer(request: HttpRequest) -> None:
    """The person signs out: her session is no longer listed."""
    SessionOuverte.objects.filter(pk=request.session.get(LIGNE)).delete()


def purger() -> int:
    """Forget the sessions that both limits have ended."""
    seuil = timezone.now() - timedelta(seconds=settings.SESSION_ABSOLUE)
    return SessionOuverte.objects.filter(ouverte_le__lt=seuil).delete()[0]


def nom_du_navigateur(agent: str) -> str:
    """« Firefox sous Windows »: enough to recognise a browser, too little to follow one."""
    navigateur = next((nom for motif, nom in NAVIGATEURS if re.search(motif, agent)), "")
    systeme = next((nom for motif, nom in SYSTEMES if re.search(motif, agent)), "")
    if not navigateur:
        return "navigateur inconnu"
    return f"{navigateur} sous {systeme}" if systeme else navigateur
