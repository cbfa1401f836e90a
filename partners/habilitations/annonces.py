"""Telling the next person in charge, and the requester at each step. No name leaves by e-mail: a number and a link."""

from collections.abc import Iterable

from django.urls import reverse

from dossierunique.notifications import genres
from dossierunique.notifications.centre import notifier
from partners.comptes.models import Utilisateur
from partners.habilitations import policies
from partners.habilitations.models import EtatHabilitation, Habilitation

A_TRAITER, SUIVI, ALERTE = "habilitation_a_traiter", "habilitation_suivi", "habilitation_alerte"
genres.declarer(A_TRAITER, "Une demande d’habilitation attend votre décision")
genres.declarer(SUIVI, "Votre habilitation change")
genres.declarer(ALERTE, "Une habilitation va être suspendue, ou l’est")


def numero(habilitation: Habilitation) -> str:
    """How screens and messages name a request."""
    return f"n° {habilitation.pk}"


def annoncer_suivante(demande: Habilitation) -> None:
    """Tell those who decide next; who asked for it need not be told of her own request."""
    if demande.etat == EtatHabilitation.DEMANDEE:
        charges = list(policies.valideurs(demande)) or list(policies.administrateurs(demande.utilisateur_id))
    else:
        charges = list(
            policies.administrateurs(demande.utilisateur_id).exclude(utilisateur=demande.validee_par)
        )
    notifier(
        [h.utilisateur for h in charges if h.utilisateur_id != demande.demandee_par_id],
        genre=A_TRAITER,
        texte=f"La demande d’habilitation {numero(demande)} attend votre décision.",
        url=reverse("habilitations:demande", args=[demande.pk]),
        cle=f"habilitation-{demande.pk}-{demande.etat}",
    )


def annoncer_suivi(demande: Habilitation, texte: str, sauf: int | None = None) -> None:
    """Tell the person, and who asked for her."""
    personnes = {u.pk: u for u in (demande.utilisateur, demande.demandee_par) if u is not None}
    notifier(
        [u for pk, u in personnes.items() if pk != sauf],
        genre=SUIVI,
        texte=texte,
        url=reverse("habilitations:miennes"),
        cle=f"habilitation-{demande.pk}-suivi-{demande.version}",
    )


def annoncer_alerte(habilitation: Habilitation, texte: str, cle: str) -> None:
    """Tell the person and those who may give it back: her organisme's responsables, else the administrators."""
    charges = list(policies.valideurs(habilitation)) or list(
        policies.administrateurs(habilitation.utilisateur_id)
    )
    prevenir([habilitation.utilisateur], texte, reverse("habilitations:miennes"), cle)
    prevenir(
        [h.utilisateur for h in charges],
        texte,
        reverse("habilitations:personne", args=[habilitation.pk]),
        cle,
    )


def prevenir(personnes: Iterable[Utilisateur], texte: str, url: str, cle: str) -> None:
    """One alert about an habilitation."""
    notifier(personnes, genre=ALERTE, texte=texte, url=url, cle=cle)
