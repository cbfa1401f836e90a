"""Passwords as CNIL 2022-100 asks: 12 characters and 80 bits of entropy at least, and hard to guess (zxcvbn).

No forced renewal. The entropy is the CNIL's own: length × log2(size of the alphabets used); zxcvbn, which knows the
person's words, tells what such a count does not see.
"""

import math
import re
from typing import Any

from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

# zxcvbn's cost grows with the square of the length; beyond this the password is strong already.
LONGUEUR_EXAMINEE = 72
# zxcvbn knows English words best: those that our users would think of first.
MOTS_COURANTS = [
    "motdepasse",
    "mot",
    "passe",
    "bonjour",
    "bienvenue",
    "soleil",
    "azerty",
    "admin",
    "france",
    "marseille",
    "toulon",
    "paris",
]
MOTS_DU_METIER = [
    "dossier",
    "unique",
    "cnmss",
    "opex",
    "pegase",
    "mutuelle",
    "uneo",
    "armee",
    "defense",
    "militaire",
    "gendarmerie",
]


ALPHABETS = ((r"[a-z]", 26), (r"[A-Z]", 26), (r"[0-9]", 10), (r"[^a-zA-Z0-9]", 37))


def entropie(mot_de_passe: str) -> float:
    """Bits, as the CNIL counts them: « 12 characters of the four kinds » gives 80 once rounded."""
    alphabet = sum(taille for motif, taille in ALPHABETS if re.search(motif, mot_de_passe))
    return len(mot_de_passe) * math.log2(alphabet) if alphabet else 0.0


class EffortDeDeviner:
    """Refuse what is short, of too few bits, or guessed in fewer than about 10^10 tries knowing the person's words."""

    def __init__(self, score_minimal: int = 4, longueur_minimale: int = 12, bits_minimaux: int = 80) -> None:
        self.score_minimal, self.longueur_minimale = score_minimal, longueur_minimale
        self.bits_minimaux = bits_minimaux

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < self.longueur_minimale:
            raise ValidationError(
                f"Ce mot de passe est trop court : il faut au moins {self.longueur_minimale} caractères.",
                code="mot_de_passe_court",
            )
        if round(entropie(password)) < self.bits_minimaux:
            raise ValidationError(
                "Ce mot de passe n’est pas assez varié pour sa longueur : mêlez minuscules, majuscules, chiffres "
                "et signes, ou allongez-le (14 caractères sans signe, 18 lettres minuscules, ou plusieurs mots).",
                code="mot_de_passe_pauvre",
            )
        resultat = zxcvbn(password[:LONGUEUR_EXAMINEE], user_inputs=mots_de(user))
        if resultat["score"] < self.score_minimal:
            raise ValidationError(
                "Ce mot de passe se devine trop facilement : "
                "préférez une suite de mots sans rapport entre eux, "
                "sans votre nom, votre identifiant ni le nom de votre organisme.",
                code="mot_de_passe_faible",
            )

    def get_help_text(self) -> str:
        return (
            f"Au moins {self.longueur_minimale} caractères, difficiles à deviner : "
            "par exemple plusieurs mots "
            "sans rapport entre eux. N’y mettez ni votre nom, ni votre identifiant."
        )


def mots_de(utilisateur: Any) -> list[str]:
    """The person's own words (names, identifier, address), those of the trade and the commonest ones."""
    champs = ("username", "first_name", "last_name", "email")
    textes = [str(getattr(utilisateur, champ, "") or "") for champ in champs] if utilisateur else []
    morceaux = [
        m for texte in textes for m in texte.replace("@", " ").replace(".", " ").replace("-", " ").split()
    ]
    return [*textes, *morceaux, *_mots_personnels(utilisateur), *MOTS_DU_METIER, *MOTS_COURANTS]


def _mots_personnels(utilisateur: Any) -> list[str]:
    # What the rooms above know of the person: her organismes, her units.
    textes = utilisateur.mots_personnels() if hasattr(utilisateur, "mots_personnels") else []
    return [*textes, *(mot for texte in textes for mot in re.split(r"[\W_]+", texte) if len(mot) > 2)]
