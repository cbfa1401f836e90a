"""Words as they are compared, whatever the accents, the capitals and the punctuation."""

import re
import unicodedata

# What decomposition does not turn into plain letters.
EN_LETTRES = str.maketrans({"°": "o", "’": "'", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})


def simplifier(texte: str) -> str:
    """Without accents, capitals or punctuation: what headings and words are compared by."""
    sans = unicodedata.normalize("NFKD", texte.translate(EN_LETTRES)).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", sans.lower()).split())
