"""Dossiers on which a person has spoken, and mergers carried to their end."""

from django.utils import timezone

from dossiers.consentements.actions import (
    enregistrer_consentement,
    retirer_consentement,
    texte_en_vigueur,
)
from dossiers.partages.models import Dossier, Partage
from dossierunique.notifications.sortie import vider
from partners.models import Organisme, Succession
from partners.successions import actions
from tests import fabriques

AUJOURDHUI = timezone.localdate


def ouvrir(decisions: dict[str, str]) -> Dossier:
    """A dossier on which the person said these things, one act after the other."""
    dossier = fabriques.dossier(accordes=(), refuses=())
    for code, mot in decisions.items():
        organisme = Organisme.objects.filter(code=code).first() or fabriques.organisme(code)
        dire(dossier, organisme, "accorde" if mot == "retire" else mot)
        if mot == "retire":
            retirer_consentement(dossier.ouvert_par, dossier, [organisme], signe_le=AUJOURDHUI())
    return dossier


def dire(dossier: Dossier, organisme: Organisme, decision: str) -> None:
    enregistrer_consentement(
        dossier.ouvert_par, dossier, texte=texte_en_vigueur(), signe_le=AUJOURDHUI(),
        decisions={organisme.pk: decision},
    )  # fmt: skip


def fusionner(admin, successeur, *codes) -> list[Succession]:
    faites = actions.decider(admin, [fabriques.organisme(c) for c in codes], successeur, AUJOURDHUI())
    while vider():
        pass
    for faite in faites:
        faite.refresh_from_db()
    return faites


def lit(dossier: Dossier, organisme: Organisme) -> bool:
    return Partage.objects.actifs().filter(dossier=dossier, organisme=organisme).exists()
