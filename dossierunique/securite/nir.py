"""Recognising what may be a NIR wherever it has no place: addresses, file names, logs, the journal, e-mails.

It is wider than the rules of a NIR on purpose: a mistyped one says as much about its owner.
"""

import re

MASQUE = "numéro masqué"
_SEPARATEUR = r"[\s.,;·_\u2010-\u2015-]{0,3}"
# Thirteen characters or more, spaced or not, A and B where Corsica has them. What follows « 0. » is a duration.
_POSSIBLE = re.compile(
    rf"(?<!\d)(?<!\d\.)0*[1-8](?:{_SEPARATEUR}\d){{4}}{_SEPARATEUR}\d{_SEPARATEUR}[\dAB](?:{_SEPARATEUR}\d){{6,}}",
    re.IGNORECASE,
)
# Our own numbers have eleven digits; a NIR of Corsica without its key has twelve.
CHIFFRES_D_UN_NIR = 12


def contient_un_nir(texte: str) -> bool:
    """Whether a text holds what may be a NIR."""
    return _POSSIBLE.search(texte) is not None


def masquer_les_nir(texte: str) -> str:
    """The text, where what may be a NIR is replaced."""
    return _POSSIBLE.sub(MASQUE, texte)


def saisie_suspecte(saisie: str) -> bool:
    """Whether a search box was given more digits than a name or a public number has, however they are spaced."""
    return sum(c.isdigit() for c in saisie) >= CHIFFRES_D_UN_NIR
