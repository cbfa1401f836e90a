"""The policy table of what is shown: each nature of data × each profil → how far it is seen (domain.md §3).

One row a nature, one column a profil. Pages, lists, PDF, letters, history and notifications ask
`regard.niveau(nature)`; `NATURES` gives the rows with their words, for the public « qui voit quoi ».
This table says what is seen of a dossier that one reads; whether one reads it is another question (visibilite.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from partners.habilitations.models import Profil
from partners.organismes.models import Programme

if TYPE_CHECKING:
    from dossiers.partages.profils import Regard


class Niveau(IntEnum):
    """How far a nature of data is seen: each level includes those before."""

    RIEN = 0
    EXISTENCE = 1
    ETAT = 2
    CONTENU = 3


class Donnee(StrEnum):
    IDENTITE = "identite"
    NIR_MASQUE = "nir_masque"
    NIR = "nir"
    COORDONNEES = "coordonnees"
    DESTINATAIRES = "destinataires"
    CONSENTEMENTS = "consentements"
    DEMANDE = "demande"
    BESOIN = "besoin"
    BUDGET = "budget"
    COUT = "cout"
    MONTANT_DEMANDE = "montant_demande"
    PIECE_ADMINISTRATIVE = "piece_administratif"
    PIECE_FINANCIERE = "piece_financier"
    PIECE_BANCAIRE = "piece_bancaire"
    PIECE_SOCIALE = "piece_social"
    PIECE_MEDICALE = "piece_medical"
    REJET = "rejet"
    AVIS_QUESTION = "avis_question"
    AVIS = "avis"
    NOTE_MEDICALE = "note_medicale"
    DECISION_EN_COURS = "decision_en_cours"
    DECISION = "decision"
    MONTANT_DECIDE = "montant_decide"
    MOTIF_DECISION = "motif_decision"
    MOTIF_CLASSEMENT = "motif_classement"
    CONTRIBUTION = "contribution"
    COURRIER_DEPOT = "courrier_depot"
    COURRIER_DECISION = "courrier_decision"
    COURRIER_CONSENTEMENT = "courrier_consentement"
    LISTE_UNITE = "liste_unite"
    JOURNAL = "journal"
    SUIVI = "suivi"
    BLESSURE = "blessure"
    DAPIAS = "dapias"
    PROCHES = "proches"
    AIDE_OPEX = "aide_opex"
    AYANT_CAUSE = "ayant_cause"


N, P = Donnee, Profil
LIBELLES: dict[Donnee, str] = {
    N.IDENTITE: "Nom, prénoms, naissance, unité",
    N.NIR_MASQUE: "Numéro de sécurité sociale, masqué",
    N.NIR: "Numéro de sécurité sociale, entier (geste inscrit au journal)",
    N.COORDONNEES: "Adresse, téléphone, courriel",
    N.DESTINATAIRES: "Organismes qui lisent le dossier",
    N.CONSENTEMENTS: "Choix de la personne, organisme par organisme",
    N.DEMANDE: "Demandes : aide demandée, étape, échéance",
    N.BESOIN: "Besoin décrit dans la demande",
    N.BUDGET: "Ressources et charges du foyer",
    N.COUT: "Coût, plan de financement et reste à charge",
    N.MONTANT_DEMANDE: "Montant demandé",
    N.PIECE_ADMINISTRATIVE: "Pièces administratives",
    N.PIECE_FINANCIERE: "Pièces financières",
    N.PIECE_BANCAIRE: "Pièces bancaires",
    N.PIECE_SOCIALE: "Pièces sociales",
    N.PIECE_MEDICALE: "Pièces médicales",
    N.REJET: "Raison du rejet d’une pièce, sans pouvoir l’ouvrir",
    N.AVIS_QUESTION: "Question posée au médecin-conseil",
    N.AVIS: "Avis du médecin-conseil et son motif non médical",
    N.NOTE_MEDICALE: "Notes du médecin-conseil",
    N.DECISION_EN_COURS: "Décision avant sa notification",
    N.DECISION: "Issue de la décision notifiée",
    N.MONTANT_DECIDE: "Montant accordé par la CNMSS",
    N.MOTIF_DECISION: "Motif de la décision",
    N.MOTIF_CLASSEMENT: "Motif du classement d’une demande",
    N.CONTRIBUTION: "Réponses des partenaires : état, montant, commentaire",
    N.COURRIER_DEPOT: "Courriers : accusés de réception et demandes de pièces",
    N.COURRIER_DECISION: "Courriers : notifications de décision",
    N.COURRIER_CONSENTEMENT: "Courriers : reçus de consentement et de retrait",
    N.LISTE_UNITE: "Listes de travail de l’unité : points cochés, note",
    N.JOURNAL: "Journal : qui a consulté le dossier",
    N.SUIVI: "Suivi après blessure : étape, référent, prochaines échéances",
    N.BLESSURE: "Blessures : date, lieu, circonstances, gravité, évacuation, évolutions",
    N.DAPIAS: "Déclarations d’affection présumée imputable au service : référence, dates",
    N.PROCHES: "Personnes à prévenir, famille, contrats",
    N.AIDE_OPEX: "Aides reçues après blessure : organisme, genre, montant, dates",
    N.AYANT_CAUSE: "Ayants cause après un décès, chacun selon son propre accord",
}
# What exists in one programme only.
PROPRES_A: dict[Donnee, str] = {
    **dict.fromkeys((N.SUIVI, N.BLESSURE, N.DAPIAS, N.PROCHES, N.AIDE_OPEX, N.AYANT_CAUSE), Programme.OPEX),
}

COLONNES = (
    P.CORRESPONDANT, P.GESTIONNAIRE, P.NUMERISATION, P.SECRETAIRE, P.MEDECIN, P.PARTENAIRE, P.ASSISTANT_SOCIAL,
    P.DECIDEUR_ASD, P.REFERENT_OPEX, P.DPO,
)  # fmt: skip
# `.` nothing, x existence, e existence and state, C content. A profil without a column sees nothing.
#                             cor ges num sec méd par soc déc opx dpo
TABLE: dict[Donnee, str] = {
    N.IDENTITE:              " C   C   C   C   C   C   C   C   C   C ",
    N.NIR_MASQUE:            " C   C   C   C   C   C   C   C   C   C ",
    N.NIR:                   " .   C   C   .   .   C   C   C   C   . ",
    N.COORDONNEES:           " C   C   .   C   .   .   .   .   .   C ",
    N.DESTINATAIRES:         " C   C   .   C   C   C   C   C   C   C ",
    N.CONSENTEMENTS:         " C   C   .   C   .   .   .   .   .   C ",
    N.DEMANDE:               " C   C   C   C   C   C   C   C   C   C ",
    N.BESOIN:                " .   C   .   C   C   C   C   C   C   . ",
    N.BUDGET:                " .   C   .   C   C   C   C   C   C   . ",
    N.COUT:                  " .   C   .   C   C   C   C   C   C   . ",
    N.MONTANT_DEMANDE:       " .   C   .   C   C   C   C   C   C   . ",
    N.PIECE_ADMINISTRATIVE:  " C   C   C   C   C   C   C   C   C   e ",
    N.PIECE_FINANCIERE:      " e   C   C   C   C   C   C   C   C   e ",
    N.PIECE_BANCAIRE:        " e   C   C   C   C   C   C   C   C   e ",
    N.PIECE_SOCIALE:         " e   C   e   C   C   e   C   C   e   e ",
    N.PIECE_MEDICALE:        " e   e   e   e   C   e   e   e   e   e ",
    N.REJET:                 " C   C   C   e   e   e   e   e   e   e ",
    N.AVIS_QUESTION:         " .   C   .   C   C   .   .   .   .   . ",
    N.AVIS:                  " e   C   e   C   C   C   C   C   C   e ",
    N.NOTE_MEDICALE:         " .   .   .   .   C   .   .   .   .   . ",
    N.DECISION_EN_COURS:     " e   C   e   C   C   e   e   e   e   e ",
    N.DECISION:              " C   C   C   C   C   C   C   C   C   C ",
    N.MONTANT_DECIDE:        " .   C   .   C   C   C   C   C   C   . ",
    N.MOTIF_DECISION:        " .   C   .   C   C   C   C   C   C   . ",
    N.MOTIF_CLASSEMENT:      " .   C   .   C   C   C   C   C   C   . ",
    N.CONTRIBUTION:          " x   C   x   C   C   C   C   C   C   x ",
    N.COURRIER_DEPOT:        " C   C   .   C   .   .   .   .   .   . ",
    N.COURRIER_DECISION:     " .   C   .   C   .   .   .   .   .   . ",
    N.COURRIER_CONSENTEMENT: " C   C   .   C   .   .   .   .   .   . ",
    N.LISTE_UNITE:           " C   .   .   .   .   .   .   .   .   . ",
    N.JOURNAL:               " .   C   .   .   .   .   .   .   .   C ",
    N.SUIVI:                 " C   C   C   C   C   C   C   C   C   C ",
    N.BLESSURE:              " e   C   .   C   C   C   C   C   C   e ",
    N.DAPIAS:                " e   C   .   .   C   C   C   C   C   e ",
    N.PROCHES:               " C   C   .   .   .   .   C   .   C   e ",
    N.AIDE_OPEX:             " x   C   .   C   C   C   C   C   C   x ",
    N.AYANT_CAUSE:           " C   C   .   .   .   C   C   C   C   e ",
}  # fmt: skip

LETTRES = {".": Niveau.RIEN, "x": Niveau.EXISTENCE, "e": Niveau.ETAT, "C": Niveau.CONTENU}
NIVEAUX: dict[str, dict[Donnee, Niveau]] = {
    profil: {nature: LETTRES[ligne.split()[rang]] for nature, ligne in TABLE.items()}
    for rang, profil in enumerate(COLONNES)
}


def niveau(profil: str, nature: Donnee) -> Niveau:
    """How far a profil sees a nature of data, in a dossier that it reads."""
    return NIVEAUX.get(profil, {}).get(nature, Niveau.RIEN)


@dataclass(frozen=True)
class LigneNature:
    """One row of the table with its words: `ligne.niveau(regard)`."""

    code: Donnee
    libelle: str
    niveau: Callable[[Regard], Niveau]


def _lire(nature: Donnee) -> Callable[[Regard], Niveau]:
    return lambda regard: regard.niveau(nature)


NATURES: tuple[LigneNature, ...] = tuple(LigneNature(n, LIBELLES[n], _lire(n)) for n in Donnee)


def natures_du(programme: str) -> list[LigneNature]:
    """The rows that a dossier of this programme may hold."""
    return [ligne for ligne in NATURES if PROPRES_A.get(ligne.code, programme) == programme]
