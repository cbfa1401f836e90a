"""What sign-in, sign-out, the second factor and the password leave behind."""

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import password_changed, password_reset
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.dispatch import receiver

from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import Personne, journaliser
from partners.comptes import sessions, verrou
from partners.comptes.avertissements import avertir
from partners.comptes.middleware import DEBUT, SECOND_FACTEUR, VU

MOYENS = {
    "totp": "application d’authentification",
    "webauthn": "clé d’accès",
    "recovery_codes": "code de secours",
}


@receiver(user_logged_in)
def dater_la_session(sender, request, user, **kwargs) -> None:
    """Both limits of a session count from the moment of signing in."""
    if request is not None:
        request.session[DEBUT] = request.session[VU] = int(time.time())
        sessions.noter(request, user, moyen_de_connexion(request, user))


@receiver(user_logged_out)
def oublier_la_session(sender, request, user, **kwargs) -> None:
    """A closed session leaves the list of its owner."""
    if request is not None and hasattr(request, "session"):
        sessions.fermer(request)


@receiver(authenticator_removed)
def oublier_le_second_facteur(sender, request, user, authenticator, **kwargs) -> None:
    """Removing the authenticator asks for one again at the next page."""
    if request is not None:
        request.session.pop(SECOND_FACTEUR, None)
    _ecrire(user, f"{MOYENS[authenticator.type]} : retrait", f"{authenticator.type}_retrait")


@receiver(authenticator_added)
def ecrire_l_ajout(sender, request, user, authenticator, **kwargs) -> None:
    """The journal tells what an account is protected by."""
    _ecrire(user, f"{MOYENS[authenticator.type]} : ajout", f"{authenticator.type}_ajout")


@receiver(authenticator_reset)
def ecrire_les_nouveaux_codes(sender, request, user, authenticator, **kwargs) -> None:
    """Who holds recovery codes gets in without the second factor: that new ones were made is told."""
    _ecrire(user, "codes de secours renouvelés", "codes")


@receiver(password_changed)
def mot_de_passe_change(sender, request, user, **kwargs) -> None:
    """Who knew the former password is out at once."""
    _ecrire(user, "mot de passe changé", "mot_de_passe")
    sessions.revoir(request)
    sessions.terminer_les_autres(request, "mot de passe changé")


@receiver(password_reset)
def mot_de_passe_choisi(sender, request, user, **kwargs) -> None:
    """The link came by the mailbox: this browser is known, and every session opened before is ended."""
    _ecrire(user, "mot de passe choisi par un lien", "mot_de_passe")
    sessions.terminer_toutes(user, "mot de passe changé")
    verrou.reconnaitre(request, user.get_username())


def moyen_de_connexion(request, utilisateur) -> str:
    """In words, what the person has just signed in with."""
    preuves = get_authentication_records(request, utilisateur)
    noms = [
        "ProConnect" if p["method"] == "oidc" else MOYENS.get(p.get("type", ""), "mot de passe")
        for p in preuves
    ]
    return ", ".join(dict.fromkeys(noms))[:60]


def _ecrire(utilisateur, motif: str, geste: str) -> None:
    """In the journal and in her mailbox, or in neither: allauth tells some of it once its own work is committed."""
    with transaction.atomic():
        journaliser(Personne(utilisateur), Acte.MODIFIER, f"utilisateur {utilisateur.pk}", motif=motif)
        avertir(utilisateur, geste)
