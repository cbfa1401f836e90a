"""What was looked for, marked in what was found."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from html import escape

from django.utils.safestring import SafeString

from dossierunique.mots import simplifier

MOT = re.compile(r"[^\W_]+")
RESSEMBLANCE = 0.7
LETTRES_MIN = 4


def surligner(texte: str, mots: Sequence[str], approchant: bool = False) -> SafeString:
    """The text, with the beginnings of its words that were typed in <mark>; whole words that look like them."""
    morceaux, place = [], 0
    for trouve in MOT.finditer(texte):
        longueur = _marque(trouve[0], mots, approchant)
        if longueur:
            fin = trouve.start() + longueur
            morceaux += [
                escape(texte[place : trouve.start()]),
                f"<mark>{escape(texte[trouve.start() : fin])}</mark>",
            ]
            place = fin
    return SafeString("".join([*morceaux, escape(texte[place:])]))


def _marque(mot: str, cherches: Sequence[str], approchant: bool) -> int:
    """How many letters of this word to mark."""
    simple = simplifier(mot)
    tapes = [c for c in cherches if simple.startswith(c)]
    if tapes:
        return _lettres(mot, max(map(len, tapes)))
    if approchant and len(simple) >= LETTRES_MIN and any(_ressemble(simple, c) for c in cherches):
        return len(mot)
    return 0


def _lettres(mot: str, simples: int) -> int:
    """How many letters of the word its first `simples` plain letters come from: œ gives two."""
    return next((n for n in range(1, len(mot)) if len(simplifier(mot[:n])) >= simples), len(mot))


def _ressemble(simple: str, cherche: str) -> bool:
    return len(cherche) >= LETTRES_MIN and SequenceMatcher(None, simple, cherche).ratio() >= RESSEMBLANCE


def surligner_numero(telephone: str, numero: str) -> SafeString:
    """A number, with the digits typed in <mark>, whatever the spaces between them."""
    if not numero or not telephone:
        return SafeString(escape(telephone))
    motif = r"[\s.]*".join(re.escape(chiffre) for chiffre in numero)
    trouve = re.search(motif, telephone)
    if trouve is None:
        return SafeString(escape(telephone))
    avant, dedans, apres = telephone[: trouve.start()], trouve[0], telephone[trouve.end() :]
    return SafeString(f"{escape(avant)}<mark>{escape(dedans)}</mark>{escape(apres)}")
