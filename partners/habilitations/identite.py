"""What an habilitation may read, in the words that the database's row-level policies understand."""

from contextlib import AbstractContextManager

from dossierunique.securite.identite import Identite, sous
from partners.habilitations.models import PROFILS_D_UNITE, PROFILS_SANS_DOSSIER, Habilitation, Profil

# Beside the recipient: what only médecins-conseils read asks for it, on top of the dossier.
CLE_MEDICALE = "medecin"
# What watches over the agents is read by the data protection officer only.
CLE_DU_CONTROLE = "dpo"


def identite_de(habilitation: Habilitation) -> Identite:
    """Its units for a correspondant, its organisme for the others, nothing without dossiers.

    A médecin-conseil and a data protection officer have a key besides.
    """
    if habilitation.profil in PROFILS_SANS_DOSSIER or not habilitation.en_vigueur():
        return Identite(utilisateur=None)
    if habilitation.profil in PROFILS_D_UNITE:
        lecteurs = tuple(f"u{unite}" for unite in sorted(habilitation.unites_ids))
    else:
        lecteurs = (f"o{habilitation.organisme_id}",)
    if habilitation.profil == Profil.MEDECIN:
        lecteurs += (CLE_MEDICALE,)
    if habilitation.profil == Profil.DPO:
        lecteurs += (CLE_DU_CONTROLE,)
    return Identite(
        lecteurs, tuple(habilitation.programmes), habilitation.utilisateur_id, habilitation=habilitation.pk
    )


def agir_pour(habilitation: Habilitation) -> AbstractContextManager[None]:
    """Run the block in a transaction that reads what this habilitation reads, and nothing else."""
    return sous(identite_de(habilitation))
