"""Telephone numbers: one way of writing them, whatever way they are typed."""

import re
from typing import Any

from django.core.exceptions import ValidationError

INVALIDE = "Un numéro compte dix chiffres (01 23 45 67 89), ou commence par + et un indicatif, ou est un numéro court."
# A short number: of a service (3646), of an exchange.
COURT = re.compile(r"\d{3,6}")
NATIONAL = re.compile(r"0[1-9]\d{8}")
ETRANGER = re.compile(r"\+[1-9]\d{6,14}")


def chiffres(texte: str) -> str:
    """What is dialled: digits, and the + of another country; a French number always begins with its zero."""
    serre = re.sub(r"\(0\)|[\s.\-/()\u00a0\u202f]", "", texte)
    serre = re.sub(r"^00(?=[1-9])", "+", serre)
    return re.sub(r"^\+330?(?=[1-9]\d{8}$)", "0", serre)


def telephone_propre(texte: str) -> str:
    """`01 23 45 67 89`, as everybody reads it; nothing for nothing. Raises ValidationError."""
    if not texte.strip():
        return ""
    serre = chiffres(texte)
    if re.fullmatch(r"[1-9]\d{8}", serre):  # a spreadsheet drops the zero that begins a number
        serre = f"0{serre}"
    if NATIONAL.fullmatch(serre):
        return " ".join(serre[i : i + 2] for i in range(0, 10, 2))
    if ETRANGER.fullmatch(serre) and not serre.startswith("+33"):
        return f"{serre[:3]} {serre[3:]}"
    if COURT.fullmatch(serre):
        return serre
    raise ValidationError(INVALIDE)


def a_composer(telephone: str) -> str:
    """The number for a `tel:` link or an address book: the international form of a French one."""
    serre = chiffres(telephone)
    return f"+33{serre[1:]}" if NATIONAL.fullmatch(serre) else serre


class Joignable:
    """Mixed into a form: its numbers are written one way, whatever way they are typed."""

    cleaned_data: dict[str, Any]

    def clean_telephone(self) -> str:
        return telephone_propre(self.cleaned_data["telephone"])

    def clean_portable(self) -> str:
        return telephone_propre(self.cleaned_data["portable"])
