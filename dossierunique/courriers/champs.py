"""The fields that each kind of letter is given, and how they are found in a text."""

import re

CHAMP = re.compile(r"\{([^{}\n]*)\}")
NOM = re.compile(r"^[a-z_]+$")

_DECISION = {"numero", "demandeur", "type_aide", "date_decision", "montant", "motif", "voies_recours"}
CHAMPS: dict[str, frozenset[str]] = {
    "accuse_reception": frozenset(
        {
            "numero",
            "demandeur",
            "type_aide",
            "date_depot",
            "service",
            "delai",
            "pieces_manquantes",
            "regle_silence",
        }
    ),
    "demande_pieces": frozenset({"numero", "demandeur", "pieces", "echeance"}),
    "notification_accord": frozenset(_DECISION),
    "notification_accord_partiel": frozenset(_DECISION),
    "notification_rejet": frozenset(_DECISION),
    "notification_ajournement": frozenset(_DECISION),
    "recu_consentement": frozenset({"numero", "demandeur", "lignes", "date", "signataire"}),
    "recu_retrait": frozenset({"numero", "demandeur", "organisme", "date"}),
    "releve_acces": frozenset({"numero", "demandeur", "du", "au"}),
    "recu_retrait_guichet": frozenset({"guichet", "organisme", "date"}),
}


def champs_permis(code: str) -> frozenset[str]:
    """The fields that may be used in the letter `code` (none when the code is unknown)."""
    return CHAMPS.get(code, frozenset())


def champs_du_texte(*textes: str) -> set[str]:
    """The fields that texts ask for, as written (a misspelt one is told, not ignored)."""
    return {trouve for texte in textes for trouve in CHAMP.findall(texte)}
