"""Who the people of the address walk are, and how a rule of its table is written."""

from dataclasses import dataclass

# letter → (profile, arguments): upper case reads the dossier of the test, lower case does not
PERSONNAGES = {
    "C": ("correspondant", {}),
    "c": ("correspondant", {"unites": "ailleurs"}),
    "G": ("gestionnaire", {}),
    "N": ("numerisation", {}),
    "M": ("medecin", {}),
    "S": ("secretaire", {}),
    "p": ("president", {}),
    "b": ("membre", {}),
    "U": ("partenaire", {"organisme": "uneo"}),
    "u": ("partenaire", {"organisme": "mspp"}),
    "A": ("assistant_social", {}),
    "E": ("decideur_asd", {}),
    "O": ("referent_opex", {"organisme": "uneo"}),
    "o": ("referent_opex", {"organisme": "mspp"}),
    "H": ("administrateur", {}),
    "D": ("dpo", {}),
    "V": ("superviseur", {}),
    "R": ("responsable", {"organisme": "armee"}),
}
TOUS = "".join(PERSONNAGES)
LECTEURS = "CGNMSUAEOD"
PARTENAIRES = "UAEO"
AVEC_DOSSIERS = LECTEURS + "cuo"
GUICHETS = "CG"


@dataclass(frozen=True)
class Regle:
    """Who gets through an address, with which status; `GET` unless said. Nobody is sent to sign in."""

    qui: str
    statut: int | tuple[int, ...] = 200
    methode: str = "get"
    anonyme: int = 302
    autres: int = 404


def poste(qui: str, statut: int | tuple[int, ...] = 302, **k) -> Regle:
    """A POST-only address."""
    return Regle(qui, statut, "post", **k)


PUBLIQUE = Regle(TOUS, 200, anonyme=200)
FERMEE = Regle("", anonyme=404)
COMPTE = Regle(TOUS, (200, 302), anonyme=302)
