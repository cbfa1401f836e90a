"""The policy table: what each profil may do and see of a dossier it can reach (domain.md §3).

One row a profil. Views, templates, letters and actions ask this table; none of them decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from partners.habilitations.models import PROFILS_D_UNITE, Habilitation, Profil

if TYPE_CHECKING:
    from dossiers.exceptions.models import BrisDeGlace


class Droit(StrEnum):
    OUVRIR_DOSSIER = "ouvrir_dossier"
    RECUEILLIR_CONSENTEMENT = "recueillir_consentement"
    RETIRER_CONSENTEMENT = "retirer_consentement"
    DEPOSER_DEMANDE = "deposer_demande"
    DEPOSER_PIECE = "deposer_piece"
    VERIFIER_PIECE = "verifier_piece"
    INSTRUIRE = "instruire"
    DECIDER = "decider"
    CONTRIBUER = "contribuer"
    VOIR_CONSENTEMENTS = "voir_consentements"
    VOIR_MONTANTS = "voir_montants"
    VOIR_RESSOURCES = "voir_ressources"
    VOIR_MOTIFS = "voir_motifs"
    VOIR_COURRIERS = "voir_courriers"
    VOIR_NIR = "voir_nir"
    IMPRIMER = "imprimer"
    LIRE_JOURNAL = "lire_journal"
    CONFIER = "confier"
    BRISER_LA_GLACE = "briser_la_glace"
    EXAMINER_BRIS = "examiner_bris"


class Classe(StrEnum):
    """Classes of justificatifs, from the most open to the most secret."""

    ADMINISTRATIF = "administratif"
    FINANCIER = "financier"
    BANCAIRE = "bancaire"
    SOCIAL = "social"
    MEDICAL = "medical"


D = Droit
LECTURE = frozenset({D.VOIR_MONTANTS, D.VOIR_RESSOURCES, D.VOIR_MOTIFS, D.IMPRIMER})
GUICHET = frozenset({D.OUVRIR_DOSSIER, D.RECUEILLIR_CONSENTEMENT, D.RETIRER_CONSENTEMENT, D.DEPOSER_DEMANDE,
                     D.DEPOSER_PIECE, D.VOIR_CONSENTEMENTS})  # fmt: skip
PARTENAIRE = LECTURE | {D.CONTRIBUER, D.VOIR_NIR, D.RETIRER_CONSENTEMENT}
# Who may open in an emergency what was not shared [P]: those who help on the spot (ADR 7). The CNMSS reads by mission.
SECOURS = frozenset({D.BRISER_LA_GLACE})
# What is left of a profil's rights on a dossier read through a bris de glace only: reading, on the screen.
LECTURE_D_URGENCE = frozenset({D.VOIR_MONTANTS, D.VOIR_RESSOURCES, D.VOIR_MOTIFS, D.VOIR_COURRIERS})

DROITS: dict[str, frozenset[Droit]] = {
    Profil.CORRESPONDANT: GUICHET,
    Profil.GESTIONNAIRE: GUICHET
    | LECTURE
    | {D.VERIFIER_PIECE, D.INSTRUIRE, D.DECIDER, D.VOIR_NIR, D.VOIR_COURRIERS, D.CONFIER},
    Profil.NUMERISATION: frozenset({D.DEPOSER_PIECE, D.VOIR_NIR}),
    Profil.SECRETAIRE: LECTURE | {D.VOIR_COURRIERS, D.VOIR_CONSENTEMENTS},
    Profil.MEDECIN: LECTURE | {D.VERIFIER_PIECE},
    Profil.PARTENAIRE: PARTENAIRE,
    Profil.ASSISTANT_SOCIAL: PARTENAIRE | SECOURS,
    Profil.DECIDEUR_ASD: PARTENAIRE | SECOURS,
    Profil.REFERENT_OPEX: PARTENAIRE | SECOURS,
    Profil.DPO: frozenset({D.VOIR_CONSENTEMENTS, D.LIRE_JOURNAL, D.RETIRER_CONSENTEMENT, D.EXAMINER_BRIS}),
}

C = Classe
ORDINAIRES = frozenset({C.ADMINISTRATIF, C.FINANCIER, C.BANCAIRE})
CLASSES_LISIBLES: dict[str, frozenset[Classe]] = {
    Profil.CORRESPONDANT: frozenset({C.ADMINISTRATIF}),
    Profil.GESTIONNAIRE: ORDINAIRES | {C.SOCIAL},
    Profil.NUMERISATION: ORDINAIRES,
    Profil.SECRETAIRE: ORDINAIRES | {C.SOCIAL},
    Profil.MEDECIN: ORDINAIRES | {C.SOCIAL, C.MEDICAL},
    Profil.PARTENAIRE: ORDINAIRES,
    Profil.ASSISTANT_SOCIAL: ORDINAIRES | {C.SOCIAL},
    Profil.DECIDEUR_ASD: ORDINAIRES | {C.SOCIAL},
    Profil.REFERENT_OPEX: ORDINAIRES,
}


@dataclass(frozen=True)
class Regard:
    """What one habilitation may do and see, ready for templates: `regard.droits.voir_montants`.

    On one dossier (`policies.regard_sur`): `urgence`, the bris de glace in force there; `lecture_seule`, when nothing
    else opens it.
    """

    habilitation: Habilitation
    urgence: BrisDeGlace | None = None
    lecture_seule: bool = False

    def peut(self, droit: Droit) -> bool:
        if self.lecture_seule and droit not in LECTURE_D_URGENCE:
            return False
        accorde = droit in DROITS.get(self.habilitation.profil, frozenset())
        if droit is Droit.VOIR_NIR:
            return accorde and self.habilitation.organisme.voit_nir
        return accorde

    @property
    def droits(self) -> dict[str, bool]:
        return {droit.value: self.peut(droit) for droit in Droit}

    @property
    def classes(self) -> frozenset[Classe]:
        """Classes of justificatifs whose content may be read."""
        return CLASSES_LISIBLES.get(self.habilitation.profil, frozenset())

    @property
    def est_cnmss(self) -> bool:
        return self.habilitation.organisme.est_cnmss

    @property
    def est_correspondant(self) -> bool:
        return self.habilitation.profil in PROFILS_D_UNITE
