"""Who may sign for whom [P]: one rule, asked by the form beside its field and by the action."""

from dataclasses import dataclass
from datetime import date

from dossiers.assures.models import Qualite, RepresentantLegal

MAJORITE = 18


@dataclass(frozen=True)
class Empechement:
    """Why this signature does not count, and the field that is to be corrected."""

    champ: str
    message: str


def mineure(naissance: date, jour: date) -> bool:
    """Whether a person born on `naissance` was under age on `jour`."""
    age = jour.year - naissance.year - ((jour.month, jour.day) < (naissance.month, naissance.day))
    return age < MAJORITE


def empechement(
    naissance: date, signe_le: date, representant: dict | None, *, retrait: bool = False
) -> Empechement | None:
    """What is wrong with who signed, or None. Withdrawing protects: the person always may, whatever her protection.

    Arguments: representant, the fields of RepresentantLegal and `cosigne` (the person signed too), None for herself.
    """
    enfant = mineure(naissance, signe_le)
    if representant is None:
        if enfant and not retrait:
            return Empechement(
                "signataire",
                "La personne était mineure à la date de signature : un parent ou un tuteur signe pour elle.",
            )
        return None
    hors_periode = validite(signe_le, representant["valide_du"], representant["valide_au"])
    if hors_periode:
        return hors_periode
    qualite = representant["qualite"]
    if qualite == Qualite.PARENT and not enfant:
        return Empechement(
            "qualite", "La personne était majeure à la date de signature : un parent ne signe plus pour elle."
        )
    if qualite == Qualite.CURATEUR and not retrait and not representant.get("cosigne"):
        return Empechement(
            "cosigne", "Un curateur assiste la personne sans la remplacer : elle signe aussi le formulaire."
        )
    return None


def validite(signe_le: date | None, du: date | None, au: date | None) -> Empechement | None:
    """What is wrong with the period of an act at the date of the signature."""
    if du and au and au < du:
        return Empechement("valide_au", "La fin précède le début.")
    if signe_le and du and signe_le < du:
        return Empechement("valide_du", "L’acte n’était pas encore valable à la date de signature.")
    if signe_le and au and signe_le > au:
        return Empechement("valide_au", "L’acte n’était plus valable à la date de signature.")
    return None


def champs_de(representant: RepresentantLegal) -> dict:
    """A known representative as the fields that `empechement` reads."""
    noms = ("nom", "prenoms", "qualite", "acte", "valide_du", "valide_au")
    return {nom: getattr(representant, nom) for nom in noms}
