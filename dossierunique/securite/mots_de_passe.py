"""Password strength by guessing effort (zxcvbn), in place of composition rules (CNIL 2022-100)."""

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


class EffortDeDeviner:
    """Refuse what is guessed in fewer than about 10^8 tries, knowing the person's own words."""

    def __init__(self, score_minimal: int = 3, longueur_minimale: int = 12) -> None:
        self.score_minimal, self.longueur_minimale = score_minimal, longueur_minimale

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < self.longueur_minimale:
            raise ValidationError(
                f"Ce mot de passe est trop court : il faut au moins {self.longueur_minimale} caractères.",
                code="mot_de_passe_court",
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
    return [*textes, *morceaux, *MOTS_DU_METIER, *MOTS_COURANTS]
