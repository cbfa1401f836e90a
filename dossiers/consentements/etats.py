"""Where each recipient stands today on one dossier, and what it reads: for those who may see the consents."""

from dataclasses import dataclass
from datetime import datetime

from dossiers.consentements.actions import destinataires
from dossiers.consentements.models import DecisionConsentement, LigneConsentement
from dossiers.partages.models import Dossier, Nature, Partage
from dossiers.partages.profils import CLASSES_LISIBLES, Classe
from dossiers.textes import enumerer
from partners.habilitations.models import TYPES_PAR_PROFIL
from partners.models import Organisme

NOMS = {
    Classe.ADMINISTRATIF: "administratives",
    Classe.FINANCIER: "financières",
    Classe.BANCAIRE: "bancaires",
    Classe.SOCIAL: "sociales",
    Classe.MEDICAL: "médicales",
}


@dataclass(frozen=True)
class EtatDestinataire:
    """One recipient: its last line, and the open share when it reads."""

    organisme: Organisme
    ligne: LigneConsentement | None
    partage: Partage | None

    @property
    def suspendu(self) -> bool:
        """Accorded, and read by nobody: its proof is rejected, or was not confirmed in time."""
        return self.partage is None and bool(
            self.ligne and self.ligne.decision == DecisionConsentement.ACCORDE
        )

    @property
    def etat_ton(self) -> str:
        if self.partage:
            return "accord"
        if self.suspendu:
            return "attente"
        return self.ligne.etat_ton if self.ligne else "calme"

    def get_etat_display(self) -> str:
        """The state's word, for the badge."""
        if self.partage:
            return DecisionConsentement.ACCORDE.label
        if self.suspendu:
            return "partage suspendu"
        return self.ligne.get_decision_display() if self.ligne else "non recueilli"

    @property
    def depuis(self) -> datetime | None:
        if self.partage:
            return self.partage.depuis
        return self.ligne.effet_le if self.ligne else None

    @property
    def lecture(self) -> str:
        """What it reads, in words."""
        return pieces_lues(self.organisme) if self.partage else ""


def pieces_lues(organisme: Organisme) -> str:
    """Classes of papers that the people of an organisme may open, from the policy table."""
    profils = [profil for profil, types in TYPES_PAR_PROFIL.items() if organisme.type in types]
    classes = frozenset().union(*(CLASSES_LISIBLES.get(profil, frozenset()) for profil in profils))
    noms = [nom for classe, nom in NOMS.items() if classe in classes]
    return f"Demandes, ressources et pièces {enumerer(noms)}" if noms else "Demandes et ressources"


def etats(dossier: Dossier) -> list[EtatDestinataire]:
    """Every possible recipient of a dossier and those of the past, in three queries."""
    partages = {
        p.organisme_id: p
        for p in dossier.partages.actifs().filter(nature=Nature.CONSENTEMENT).select_related("organisme")
    }
    lignes = {
        ligne.organisme_id: ligne
        for ligne in LigneConsentement.objects.filter(dossier=dossier)
        .order_by("organisme_id", "-effet_le", "-pk")
        .distinct("organisme_id")
        .select_related("organisme")
    }
    connus = {o.pk: o for o in destinataires(dossier.programme)}
    connus |= {pk: ligne.organisme for pk, ligne in lignes.items()}
    return [
        EtatDestinataire(organisme, lignes.get(pk), partages.get(pk))
        for pk, organisme in sorted(connus.items(), key=lambda paire: (paire[1].sigle, paire[0]))
    ]
