"""What a correspondant may tell the applicant of a demande: where it stands, what is waited for, what comes next.

Amounts, reasons and whatever is medical are the letter's to say (domain.md §3): not even that an avis is waited for.
"""

from dataclasses import dataclass

from dossiers.commission.models import Decision, Issue
from dossiers.demandes import etats
from dossiers.demandes.etats import EtatDemande as E
from dossiers.demandes.models import Demande
from dossiers.justificatifs.models import PieceDemandee
from dossierunique.ui.formats import jour


@dataclass(frozen=True)
class Paroles:
    """What may be said, then what the applicant may do or expect."""

    maintenant: str
    ensuite: str


ARRIVEE = Paroles(
    "La demande est arrivée à la caisse, qui vérifie les pièces.",
    "S’il manque une pièce, vous serez prévenu et la demanderez.",
)
ETUDE = Paroles(
    "La demande est complète : la caisse l’étudie.", "Il n’y a rien à faire. La réponse viendra par courrier."
)
SUIVIE = Paroles("La décision est rendue.", "La lettre de la caisse dit tout ce qui suit.")
PAR_ETAT = {
    E.BROUILLON: Paroles(
        "La demande n’est pas encore déposée : la caisse n’en sait rien.", "Terminez-la avec le demandeur."
    ),
    E.SOUMISE: ARRIVEE,
    E.EN_COMPLETUDE: ARRIVEE,
    E.INCOMPLETE: Paroles(
        "Il manque des pièces pour étudier la demande.", "Le délai de réponse attend leur arrivée."
    ),
    **dict.fromkeys(etats.EN_INSTRUCTION, ETUDE),
    E.DECIDEE: Paroles(
        "La caisse a pris sa décision ; la lettre est en préparation.",
        "L’issue se dit quand elle est notifiée, pas avant. Vous serez prévenu.",
    ),
    E.RECOURS: Paroles("Le recours est arrivé à la caisse.", "La réponse viendra par courrier."),
    E.SANS_SUITE: Paroles("La demande est classée sans suite.", "Une nouvelle demande reste possible."),
    E.IRRECEVABLE: Paroles(
        "La demande ne peut pas être étudiée par la caisse.",
        "Le demandeur peut demander pourquoi à la caisse.",
    ),
    E.REORIENTEE: Paroles(
        "La demande relève d’un autre organisme.", "La caisse dit au demandeur vers qui se tourner."
    ),
    E.ANNULEE: Paroles("La demande est annulée par le demandeur.", "Une nouvelle demande reste possible."),
}
PAR_ISSUE = {
    Issue.ACCORD: Paroles(
        "La demande est acceptée.", "La lettre dit ce qui est accordé, et à partir de quand."
    ),
    Issue.ACCORD_PARTIEL: Paroles(
        "La demande est acceptée en partie.",
        "La lettre dit ce qui est accordé, pourquoi, et comment contester.",
    ),
    Issue.REJET: Paroles("La demande est refusée.", "La lettre dit pourquoi, et comment contester."),
    Issue.AJOURNEMENT: Paroles(
        "La décision est reportée.", "La lettre dit ce qui est attendu ; la caisse reprend ensuite l’étude."
    ),
}


def paroles(demande: Demande, decisions: list[Decision]) -> Paroles:
    """What may be said of a demande, given the decisions that a correspondant may know."""
    if demande.etat in PAR_ETAT:
        return PAR_ETAT[E(demande.etat)]
    return PAR_ISSUE[Issue(decisions[0].issue)] if decisions else SUIVIE


def delai(demande: Demande) -> str:
    """When the answer is due, while the applicant waits for it."""
    attend = demande.etat in etats.EN_COMPLETUDE | etats.EN_INSTRUCTION and demande.etat != E.INCOMPLETE
    return f"La réponse est due avant le {jour(demande.echeance)}." if attend and demande.echeance else ""


def attendues(demandees: list[PieceDemandee]) -> list[str]:
    """The papers asked for, with what was said of each."""
    return [f"{d.type}{f' : {d.precision}' if d.precision else ''}" for d in demandees]
