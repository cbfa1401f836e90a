"""French spaces and apostrophes, for texts typed by people on an ordinary keyboard."""

import re

INSECABLE, FINE = "\u00a0", "\u202f"
MOIS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
REGLES = [
    (re.compile(r"[ \u00a0]+([;!?])"), FINE + r"\1"),
    (re.compile(r"[ \u00a0]+([:»€%])"), INSECABLE + r"\1"),
    (re.compile(r"«[ \u00a0]+"), "«" + INSECABLE),
    (re.compile(r"\b(n°|article|art\.|M\.|Mme|[LRD]\.) (?=[\w*])"), r"\1" + INSECABLE),
    (re.compile(r"(?<=\d) (?=\d{3}\b)"), FINE),
    (re.compile(rf"\b(\d\d?|1er) ({MOIS})\b"), r"\1" + INSECABLE + r"\2"),
    (re.compile(rf"\b({MOIS}) (?=\d{{4}}\b)"), r"\1" + INSECABLE),
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
]


def typographier(html: str) -> str:
    """French typography on a text or on HTML (its tags and attributes hold none of these forms)."""
    for forme, remplacement in REGLES:
        html = forme.sub(remplacement, html)
    return html
