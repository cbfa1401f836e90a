"""Where a demande stands on its way, as the steps that a person follows."""

from dossiers.demandes import etats
from dossiers.demandes.etats import EtatDemande as E
from dossiers.demandes.models import Demande
from dossierunique.ui.formats import jour_court

RANGS: dict[str, int] = {
    **dict.fromkeys(etats.EN_COMPLETUDE, 1),
    E.COMPLETE: 2,
    **dict.fromkeys([E.EN_INSTRUCTION, E.AVIS_DEMANDE, E.AVIS_RENDU, E.INSCRITE], 2),
    E.DECIDEE: 3,
    **dict.fromkeys([E.NOTIFIEE, E.RECOURS, E.MAINTENUE, E.REFORMEE, E.EN_SERVICE, E.CLOSE], 5),
}
LIBELLES = ("Déposée", "Pièces", "Instruction", "Décision", "Notifiée")


def etapes(demande: Demande) -> list[dict[str, str]]:
    """The steps of a filed demande for `ui/etapes.html`; one ended without a decision has no step in hand."""
    rang = RANGS.get(demande.etat, 1 if demande.soumise_le else 0)
    if demande.etat in (E.SANS_SUITE, E.IRRECEVABLE, E.REORIENTEE, E.ANNULEE):
        return []
    details = {
        0: jour_court(demande.soumise_le) if demande.soumise_le else "",
        1: f"avant le {jour_court(demande.echeance)}"
        if demande.etat == E.INCOMPLETE and demande.echeance
        else "",
    }
    return [
        {
            "libelle": libelle,
            "detail": details.get(i, ""),
            "statut": "fait" if i < rang else "ici" if i == rang else "",
        }
        for i, libelle in enumerate(LIBELLES)
    ]
