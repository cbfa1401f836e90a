"""Who watches the accesses: the data protection officer all of them, a manager those of his own people."""

from dossierunique.journal.refus import AccesRefuse
from partners.habilitations.models import Habilitation, Profil

# The manager of an organisme: he reads what his people did, and opens no dossier by that.
PROFIL_RESPONSABLE = "responsable"


def est_dpo(habilitation: Habilitation | None) -> bool:
    """Whether this habilitation, in force, is that of a data protection officer."""
    return habilitation is not None and habilitation.profil == Profil.DPO and habilitation.en_vigueur()


def exiger_dpo(habilitation: Habilitation) -> None:
    """Raise AccesRefuse unless this is the data protection officer."""
    if not est_dpo(habilitation):
        raise AccesRefuse(motif="réservé au délégué à la protection des données")


def est_responsable(habilitation: Habilitation | None) -> bool:
    """Whether this habilitation, in force, reads the accesses of the people of its organisme."""
    return (
        habilitation is not None and habilitation.profil == PROFIL_RESPONSABLE and habilitation.en_vigueur()
    )
