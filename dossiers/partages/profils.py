"""The policy table: what each profil may do and see of a dossier it can reach (domain.md §3).

One row a profil. Views, templates, letters and actions ask this table; none of them decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from partners.habilitations.models import PROFILS_D_UNITE, Habilitation, Profil


class Droit(StrEnum):
    OUVRIR_DOSSIER = "ouvrir_dossier"
    RECUEILLIR_CONSENTEMENT = "recueillir_consentement"
    RETIRER_CONSENTEMENT = "retirer_consentement"
    CONFIRMER_CONSENTEMENT = "confirmer_consentement"
    GERER_TEXTES = "gerer_textes"
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

DROITS: dict[str, frozenset[Droit]] = {
    Profil.CORRESPONDANT: GUICHET,
    Profil.GESTIONNAIRE: GUICHET
    | LECTURE
    | {D.VERIFIER_PIECE, D.INSTRUIRE, D.DECIDER, D.VOIR_NIR, D.VOIR_COURRIERS, D.CONFIRMER_CONSENTEMENT},
    Profil.NUMERISATION: frozenset({D.DEPOSER_PIECE, D.VOIR_NIR}),
    Profil.SECRETAIRE: LECTURE | {D.VOIR_COURRIERS, D.VOIR_CONSENTEMENTS},
    Profil.MEDECIN: LECTURE | {D.VERIFIER_PIECE},
    Profil.PARTENAIRE: PARTENAIRE,
    Profil.ASSISTANT_SOCIAL: PARTENAIRE,
    Profil.DECIDEUR_ASD: PARTENAIRE,
    Profil.REFERENT_OPEX: PARTENAIRE,
    Profil.DPO: frozenset({D.VOIR_CONSENTEMENTS, D.LIRE_JOURNAL, D.RETIRER_CONSENTEMENT, D.GERER_TEXTES}),
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
    """What one habilitation may do and see, ready for templates: `regard.droits.voir_montants`."""

    habilitation: Habilitation

    def peut(self, droit: Droit) -> bool:
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
