"""What each profil may do with a dossier it can reach; what it sees there is the table of natures.py (domain.md §3).

One row a profil. Views, templates, letters and actions ask these tables; none of them decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from dossiers.partages.natures import NIVEAUX, Donnee, Niveau, niveau
from dossierunique.securite.coffres import Coffre
from partners.habilitations.models import PROFILS_D_UNITE, Habilitation, Profil

if TYPE_CHECKING:
    from dossiers.exceptions.models import BrisDeGlace


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
    RENDRE_AVIS = "rendre_avis"
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
    SAISIR_IMPRIME = "saisir_imprime"
    SIGNALER_BLESSURE = "signaler_blessure"
    SUIVRE = "suivre"
    PASSER_RELAIS = "passer_relais"
    CONTRIBUER_POUR = "contribuer_pour"
    GERER_GENRES = "gerer_genres"
    RECENSER = "recenser"
    VOIR_PROCHES = "voir_proches"
    VOIR_AIDES = "voir_aides"
    TENIR_LISTES = "tenir_listes"


class Classe(StrEnum):
    """Classes of justificatifs, from the most open to the most secret."""

    ADMINISTRATIF = "administratif"
    FINANCIER = "financier"
    BANCAIRE = "bancaire"
    SOCIAL = "social"
    MEDICAL = "medical"


D = Droit
GUICHET = frozenset({D.OUVRIR_DOSSIER, D.RECUEILLIR_CONSENTEMENT, D.RETIRER_CONSENTEMENT, D.DEPOSER_DEMANDE,
                     D.DEPOSER_PIECE})  # fmt: skip
PARTENAIRE = frozenset({D.CONTRIBUER, D.RETIRER_CONSENTEMENT, D.IMPRIMER})
# The OPEX programme: the unit tells of the departure and of the wound, those who follow the wounded of the rest.
DEPART = frozenset({D.SAISIR_IMPRIME, D.SIGNALER_BLESSURE})
# Who may open in an emergency what was not shared [P]: those who help on the spot (ADR 7). The CNMSS reads by mission.
SECOURS = frozenset({D.BRISER_LA_GLACE})
# What is left of a profil's rights on a dossier read through a bris de glace only: reading, on the screen.
LECTURE_D_URGENCE = frozenset({D.VOIR_MONTANTS, D.VOIR_RESSOURCES, D.VOIR_MOTIFS, D.VOIR_COURRIERS})

GESTES: dict[str, frozenset[Droit]] = {
    Profil.CORRESPONDANT: GUICHET | DEPART | {D.TENIR_LISTES},
    Profil.GESTIONNAIRE: GUICHET
    | DEPART
    | {
        D.VERIFIER_PIECE,
        D.INSTRUIRE,
        D.DECIDER,
        D.IMPRIMER,
        D.CONFIER,
        D.CONFIRMER_CONSENTEMENT,
        D.SUIVRE,
        D.PASSER_RELAIS,
        D.CONTRIBUER_POUR,
        D.GERER_GENRES,
        D.RECENSER,
    },
    Profil.NUMERISATION: frozenset({D.DEPOSER_PIECE}),
    Profil.SECRETAIRE: frozenset({D.IMPRIMER}),
    Profil.MEDECIN: frozenset({D.VERIFIER_PIECE, D.RENDRE_AVIS, D.IMPRIMER}),
    Profil.PARTENAIRE: PARTENAIRE,
    Profil.ASSISTANT_SOCIAL: PARTENAIRE | SECOURS | {D.SUIVRE},
    Profil.DECIDEUR_ASD: PARTENAIRE | SECOURS,
    Profil.REFERENT_OPEX: PARTENAIRE | SECOURS | {D.SIGNALER_BLESSURE, D.SUIVRE, D.PASSER_RELAIS},
    Profil.SUPERVISEUR: frozenset({D.RECENSER}),
    Profil.DPO: frozenset({D.RETIRER_CONSENTEMENT, D.EXAMINER_BRIS, D.GERER_TEXTES}),
}
# What is only seeing comes from the table of natures, where a nature is read whole.
VUES: dict[Droit, Donnee] = {
    D.VOIR_CONSENTEMENTS: Donnee.CONSENTEMENTS,
    D.VOIR_MONTANTS: Donnee.COUT,
    D.VOIR_RESSOURCES: Donnee.BUDGET,
    D.VOIR_MOTIFS: Donnee.MOTIF_DECISION,
    D.VOIR_COURRIERS: Donnee.COURRIER_DECISION,
    D.VOIR_NIR: Donnee.NIR,
    D.LIRE_JOURNAL: Donnee.JOURNAL,
    D.VOIR_PROCHES: Donnee.PROCHES,
    D.VOIR_AIDES: Donnee.AIDE_OPEX,
}
DROITS: dict[str, frozenset[Droit]] = {
    profil: GESTES[profil] | {d for d, donnee in VUES.items() if niveau(profil, donnee) is Niveau.CONTENU}
    for profil in GESTES
}

# A reason written about these papers may say what they hold.
CLASSES_RESERVEES = frozenset({Classe.SOCIAL, Classe.MEDICAL})
CLASSES_LISIBLES: dict[str, frozenset[Classe]] = {
    profil: frozenset(c for c in Classe if niveaux[Donnee(f"piece_{c}")] is Niveau.CONTENU)
    for profil, niveaux in NIVEAUX.items()
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

    def niveau(self, donnee: Donnee) -> Niveau:
        """How far it sees a nature of data (see natures.py)."""
        if donnee is Donnee.NIR and (self.lecture_seule or not self.habilitation.organisme.voit_nir):
            return Niveau.RIEN
        return niveau(self.habilitation.profil, donnee)

    def lit(self, donnee: Donnee) -> bool:
        """Whether it sees this nature of data whole."""
        return self.niveau(donnee) is Niveau.CONTENU

    @property
    def lu(self) -> dict[str, bool]:
        """For templates: `regard.lu.besoin`."""
        return {donnee.value: self.lit(donnee) for donnee in Donnee}

    @property
    def coffre(self) -> Coffre:
        """The safe that it opens: the medical one for the médecin-conseil only."""
        return Coffre.MEDICAL if self.lit(Donnee.NOTE_MEDICALE) else Coffre.ORDINAIRE

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
