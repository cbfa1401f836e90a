"""The NIR: reading what was typed, saying precisely what is wrong, and its coherence with an identity.

Rules: domain.md §6. The arithmetic of the key is python-stdnum's.
"""

import re
from dataclasses import dataclass
from datetime import date

from stdnum.fr import nir as stdnum_nir

LONGUEUR = 15
PREMIERS_DEFINITIFS = frozenset("12")
PREMIERS_PROVISOIRES = frozenset("3478")
HOMMES = frozenset("137")
SEPARATEURS = re.compile(r"[\s.\-\u00a0\u202f]+")


class NirInvalide(ValueError):
    """The typed number is not a NIR; the message says why, in words for the person who typed it."""


@dataclass(frozen=True)
class Nir:
    """A well-formed NIR of 15 characters (13 and the key)."""

    valeur: str

    def __repr__(self) -> str:
        return f"Nir({self.masque})"

    @property
    def sexe(self) -> str:
        return "H" if self.valeur[0] in HOMMES else "F"

    @property
    def annee(self) -> int:
        """Last two digits of the year of birth."""
        return int(self.valeur[1:3])

    @property
    def mois(self) -> int | None:
        """Month of birth, None when the number says that it is unknown (20-42, 50-99)."""
        mois = int(self.valeur[3:5])
        return mois if 1 <= mois <= 12 else None

    @property
    def provisoire(self) -> bool:
        return self.valeur[0] in PREMIERS_PROVISOIRES

    @property
    def masque(self) -> str:
        return masquer(self.valeur)


def masquer(valeur: str) -> str:
    """The NIR as it is shown everywhere: sex, year and month only."""
    return f"{valeur[0]} {valeur[1:3]} {valeur[3:5]} •• ••• ••• ••"


def espacer(valeur: str) -> str:
    """The full NIR in its printed groups, for the logged gesture that reveals it."""
    v = valeur
    return "\u00a0".join([v[0], v[1:3], v[3:5], v[5:7], v[7:10], v[10:13], v[13:15]])


def lire(saisie: str) -> Nir:
    """Read a typed NIR (spaces, dots and dashes are ignored).

    Raises NirInvalide with what is wrong: length, characters, first digit, month, département, Corsica, key.
    """
    valeur = SEPARATEURS.sub("", saisie).upper()
    _verifier_caracteres(valeur)
    _verifier_structure(valeur)
    if not stdnum_nir.is_valid(valeur):
        raise NirInvalide(
            "La clé (les deux derniers chiffres) ne correspond pas au numéro\u00a0: un chiffre a sans doute été mal "
            "recopié. Relisez le numéro sur la carte Vitale ou l’attestation."
        )
    return Nir(valeur)


def _verifier_caracteres(valeur: str) -> None:
    corps = valeur[:5] + valeur[7:] if valeur[5:7] in ("2A", "2B") else valeur
    if valeur and not (corps.isascii() and corps.isdigit()):
        if re.search(r"[AB]", valeur) and re.fullmatch(r"[0-9AB]+", valeur):
            raise NirInvalide(
                "Les lettres A et B ne s’emploient que pour la Corse, aux positions 6 et 7\u00a0: 2A ou 2B."
            )
        raise NirInvalide("Le NIR ne contient que des chiffres (et 2A ou 2B pour une naissance en Corse).")
    if len(valeur) != LONGUEUR:
        raise NirInvalide(
            f"Le NIR compte 15 caractères, clé comprise\u00a0: vous en avez saisi {len(valeur)}."
            + (" Il manque sans doute la clé, les deux derniers chiffres." if len(valeur) == 13 else "")
        )


def _verifier_structure(valeur: str) -> None:
    if valeur[0] not in PREMIERS_DEFINITIFS | PREMIERS_PROVISOIRES:
        raise NirInvalide("Le premier chiffre doit être 1 ou 2 (ou 3, 4, 7, 8 pour un numéro provisoire).")
    mois = int(valeur[3:5])
    if not (1 <= mois <= 12 or 20 <= mois <= 42 or 50 <= mois <= 99):
        raise NirInvalide(f"Le mois de naissance (4e et 5e chiffres) ne peut pas être {valeur[3:5]}.")
    departement = valeur[5:7]
    if departement in ("00", "96"):
        raise NirInvalide(
            f"Le département de naissance (6e et 7e caractères) ne peut pas être {departement}."
        )


def incoherences(nir: Nir, *, sexe: str | None = None, naissance: date | None = None) -> dict[str, str]:
    """What in an identity contradicts the NIR, as field → message (empty when coherent).

    Arguments: sexe "H" or "F"; naissance the birth date. Month is not compared when the NIR says it is unknown.
    """
    erreurs = {}
    if sexe and sexe != nir.sexe:
        attendu = "un homme" if nir.sexe == "H" else "une femme"
        erreurs["sexe"] = f"Le NIR est celui d’{attendu}\u00a0: corrigez le sexe ou le NIR."
    if naissance and naissance.year % 100 != nir.annee:
        erreurs["date_naissance"] = (
            f"L’année de naissance ne correspond pas au NIR, qui indique une année finissant par {nir.annee:02d}."
        )
    elif naissance and nir.mois and naissance.month != nir.mois:
        erreurs["date_naissance"] = (
            f"Le mois de naissance ne correspond pas au NIR, qui indique le mois {nir.mois:02d}."
        )
    return erreurs
