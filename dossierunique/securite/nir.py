"""Recognising what may be a NIR wherever it has no place: addresses, file names, logs, the journal, e-mails.

It is wider than the rules of a NIR on purpose: a mistyped one says as much about its owner.
"""

import re

MASQUE = "numéro masqué"
_SEPARATEUR = r"[\s.,;·_\u2010-\u2015-]{0,3}"
# One reference of ours (UUID) in forty reads like a NIR: it is recognised first, and passed over.
_REFERENCE = r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
# Thirteen characters or more, spaced or not, A and B where Corsica has them. What follows « 0. » is a duration.
_NIR = rf"(?<!\d)(?<!\d\.)0*[1-8](?:{_SEPARATEUR}\d){{4}}{_SEPARATEUR}\d{_SEPARATEUR}[\dAB](?:{_SEPARATEUR}\d){{6,}}"
_POSSIBLE = re.compile(rf"{_REFERENCE}|(?P<nir>{_NIR})", re.IGNORECASE)
# Our own numbers have eleven digits; a NIR of Corsica without its key has twelve.
CHIFFRES_D_UN_NIR = 12


def contient_un_nir(texte: str) -> bool:
    """Whether a text holds what may be a NIR."""
    return any(trouve["nir"] for trouve in _POSSIBLE.finditer(texte))


def masquer_les_nir(texte: str) -> str:
    """The text, where what may be a NIR is replaced."""
    return _POSSIBLE.sub(lambda trouve: MASQUE if trouve["nir"] else trouve[0], texte)


def saisie_suspecte(saisie: str) -> bool:
    """Whether a search box was given more digits than a name or a public number has, however they are spaced."""
    return sum(c.isdigit() for c in saisie) >= CHIFFRES_D_UN_NIR
