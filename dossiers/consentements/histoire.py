"""The acts of a dossier, newest first, with what became of each: proof, confirmation, suspension, receipt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from dossiers.consentements.confirmations import limite, peut_juger
from dossiers.consentements.models import AvisPreuve, Consentement
from dossiers.echanges.models import Courrier, GenreCourrier
from dossiers.echanges.policies import courriers_lisibles
from dossiers.partages.models import Dossier
from dossiers.partages.profils import Droit, Regard
from partners.models import Habilitation

RECUS = (GenreCourrier.RECU_CONSENTEMENT, GenreCourrier.RECU_RETRAIT)


@dataclass
class LigneActe:
    """One act, ready for its template."""

    acte: Consentement
    recu: Courrier | None
    verifiable: bool

    @cached_property
    def limite(self) -> date | None:
        """The last day of a proof that waits."""
        return limite(self.acte.attendue) if self.acte.attendue else None

    @property
    def etat_ton(self) -> str:
        if self.acte.avis:
            return "accord" if self.acte.avis.decision == AvisPreuve.CONFIRME else "refus"
        return "refus" if self.acte.attendue and self.acte.attendue.suspendu_le else "attente"

    def get_etat_display(self) -> str:
        """Where its proof stands; nothing for an act that opens no share."""
        if self.acte.avis:
            return f"preuve {'confirmée' if self.acte.avis.decision == AvisPreuve.CONFIRME else 'rejetée'}"
        if not self.acte.attendue:
            return ""
        return "partage suspendu" if self.acte.attendue.suspendu_le else "preuve à confirmer"


def histoire(dossier: Dossier) -> QuerySet[Consentement]:
    """Every act of the person, with all that its line shows."""
    return dossier.consentements.select_related(
        "texte", "formulaire", "representant", "preuve", "attente", "confirmation__par__utilisateur",
        "enregistre_par__utilisateur", "enregistre_par__organisme",
    ).prefetch_related("lignes__organisme")  # fmt: skip


def lignes_des_actes(actes: Iterable[Consentement], habilitation: Habilitation) -> list[LigneActe]:
    """The acts of one page with their receipt, in one more query."""
    actes, regard = list(actes), Regard(habilitation)
    if not actes:
        return []
    courriers = courriers_lisibles(regard, actes[0].dossier)
    recus = {c.cible: c for c in courriers.filter(genre__in=RECUS, cible__in=[a.pk for a in actes])}
    juge = regard.peut(Droit.CONFIRMER_CONSENTEMENT)
    return [
        LigneActe(
            acte, recus.get(acte.pk), juge and acte.attendue is not None and peut_juger(habilitation, acte)
        )
        for acte in actes
    ]
