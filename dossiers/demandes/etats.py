"""States of a demande and the arrows between them (domain.md §4). Mirrored by a trigger in the database."""

from django.db import models


class EtatDemande(models.TextChoices):
    BROUILLON = "brouillon", "brouillon"
    SOUMISE = "soumise", "déposée"
    EN_COMPLETUDE = "en_completude", "pièces à vérifier"
    INCOMPLETE = "incomplete", "incomplète"
    COMPLETE = "complete", "complète"
    EN_INSTRUCTION = "en_instruction", "en instruction"
    AVIS_DEMANDE = "avis_demande", "avis médical demandé"
    AVIS_RENDU = "avis_rendu", "avis médical rendu"
    INSCRITE = "inscrite", "inscrite en commission"
    DECIDEE = "decidee", "décidée"
    NOTIFIEE = "notifiee", "notifiée"
    EN_SERVICE = "en_service", "en service"
    RECOURS = "recours", "en recours"
    MAINTENUE = "maintenue", "décision maintenue"
    REFORMEE = "reformee", "décision réformée"
    CLOSE = "close", "close"
    SANS_SUITE = "sans_suite", "sans suite"
    IRRECEVABLE = "irrecevable", "irrecevable"
    REORIENTEE = "reorientee", "réorientée"
    ANNULEE = "annulee", "annulée par le demandeur"


def _vers(*etats: str) -> frozenset[str]:
    return frozenset(str(e) for e in etats)


E = EtatDemande
ABANDON = (E.ANNULEE, E.SANS_SUITE, E.REORIENTEE)
TRANSITIONS: dict[str, frozenset[str]] = {
    E.BROUILLON: _vers(E.SOUMISE, E.ANNULEE),
    E.SOUMISE: _vers(E.EN_COMPLETUDE, E.INCOMPLETE, E.COMPLETE, E.IRRECEVABLE, *ABANDON),
    E.EN_COMPLETUDE: _vers(E.INCOMPLETE, E.COMPLETE, E.IRRECEVABLE, *ABANDON),
    E.INCOMPLETE: _vers(E.EN_COMPLETUDE, E.COMPLETE, E.IRRECEVABLE, *ABANDON),
    E.COMPLETE: _vers(E.EN_INSTRUCTION, E.INCOMPLETE, *ABANDON),
    E.EN_INSTRUCTION: _vers(E.AVIS_DEMANDE, E.INSCRITE, E.DECIDEE, E.INCOMPLETE, *ABANDON),
    E.AVIS_DEMANDE: _vers(E.AVIS_RENDU, E.EN_INSTRUCTION, E.ANNULEE),
    E.AVIS_RENDU: _vers(E.INSCRITE, E.DECIDEE, E.EN_INSTRUCTION, E.AVIS_DEMANDE, E.INCOMPLETE, *ABANDON),
    E.INSCRITE: _vers(E.DECIDEE, E.EN_INSTRUCTION, E.ANNULEE),
    # ajournement goes back to instruction once notified
    E.DECIDEE: _vers(E.NOTIFIEE),
    E.NOTIFIEE: _vers(E.EN_SERVICE, E.RECOURS, E.CLOSE, E.EN_INSTRUCTION),
    E.EN_SERVICE: _vers(E.CLOSE, E.RECOURS),
    E.RECOURS: _vers(E.MAINTENUE, E.REFORMEE),
    E.MAINTENUE: _vers(E.EN_SERVICE, E.CLOSE),
    E.REFORMEE: _vers(E.EN_SERVICE, E.CLOSE),
    E.CLOSE: _vers(),
    E.SANS_SUITE: _vers(),
    E.IRRECEVABLE: _vers(),
    E.REORIENTEE: _vers(),
    E.ANNULEE: _vers(),
}

TERMINEES = _vers(E.CLOSE, E.SANS_SUITE, E.IRRECEVABLE, E.REORIENTEE, E.ANNULEE)
EN_COMPLETUDE = _vers(E.SOUMISE, E.EN_COMPLETUDE, E.INCOMPLETE)
EN_INSTRUCTION = _vers(E.COMPLETE, E.EN_INSTRUCTION, E.AVIS_DEMANDE, E.AVIS_RENDU, E.INSCRITE)
DECIDEES = _vers(E.DECIDEE, E.NOTIFIEE, E.EN_SERVICE, E.RECOURS, E.MAINTENUE, E.REFORMEE, E.CLOSE)
PIECES_ACCEPTEES = _vers(E.BROUILLON, *EN_COMPLETUDE, *EN_INSTRUCTION)

TONS = {
    E.INCOMPLETE: "attente",
    E.SOUMISE: "calme",
    E.EN_COMPLETUDE: "info",
    E.COMPLETE: "accord",
    E.EN_INSTRUCTION: "info",
    E.AVIS_DEMANDE: "info",
    E.AVIS_RENDU: "info",
    E.INSCRITE: "info",
    E.DECIDEE: "accord",
    E.NOTIFIEE: "accord",
    E.EN_SERVICE: "accord",
    E.RECOURS: "attente",
    E.IRRECEVABLE: "refus",
}
