"""Sign-ins, sign-outs and failures, whichever door they come through."""

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Q
from django.dispatch import receiver

from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import Personne, journaliser


def _compte(identifiant: str) -> Personne | None:
    """The known account of a typed identifier."""
    if not identifiant:
        return None
    utilisateurs = get_user_model()._default_manager
    trouve = (
        utilisateurs.filter(Q(username__iexact=identifiant) | Q(email__iexact=identifiant))
        .order_by("pk")
        .first()
    )
    return Personne(trouve) if trouve else None


def _echec(identifiant: str, motif: str) -> None:
    # What was typed is kept only when it names an account: people type their password there, or a NIR.
    personne = _compte(identifiant)
    details = {"identifiant": personne.utilisateur.get_username()} if personne else {"identifiant": "inconnu"}
    journaliser(personne, Acte.REFUS, "connexion", motif=motif, details=details)


@receiver(user_logged_in, dispatch_uid="journal.connexion")
def connexion(user: Any, **_: Any) -> None:
    journaliser(Personne(user), Acte.CONNEXION)


@receiver(user_logged_out, dispatch_uid="journal.deconnexion")
def deconnexion(user: Any, **_: Any) -> None:
    if user is not None:
        journaliser(Personne(user), Acte.DECONNEXION)


@receiver(user_login_failed, dispatch_uid="journal.echec")
def echec(credentials: dict[str, Any], **_: Any) -> None:
    _echec(
        str(credentials.get("username") or credentials.get("email") or ""),
        "identifiant ou mot de passe refusé",
    )


@receiver(user_locked_out, dispatch_uid="journal.verrouillage")
def verrouillage(username: str | None = None, **_: Any) -> None:
    _echec(username or "", "trop d’essais : compte verrouillé pour un temps")
