"""What changed between two versions, paragraph by paragraph then word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import format_html
from django.utils.safestring import SafeString

from documentation.articles.contenu import Contenu

MOTS = re.compile(r"\s+|\S+")
# Words and spaces kept on each side of a change.
ENTOURS = 40
DITS = {"del": "supprimé\u00a0: ", "ins": "ajouté\u00a0: "}
# In the order that a reader meets them.
CHAMPS = (("titre", "Titre"), ("resume", "Résumé"), ("mots", "Autres mots"), ("corps", "Texte"))


@dataclass(frozen=True)
class Difference:
    """One field that changed: its name, and its words with what goes and what comes."""

    libelle: str
    html: SafeString


def comparer(avant: Contenu, apres: Contenu) -> list[Difference]:
    """The words that changed from one to the other."""
    return [
        Difference(libelle, en_html(_mots(avant, champ), _mots(apres, champ)))
        for champ, libelle in CHAMPS
        if _mots(avant, champ) != _mots(apres, champ)
    ]


def _mots(contenu: Contenu, champ: str) -> str:
    """Its words, whichever way a browser or a file ends its lines."""
    return getattr(contenu, champ).replace("\r\n", "\n").strip()


def en_html(avant: str, apres: str) -> SafeString:
    """What goes and what comes as `<del>` and `<ins>`, said in words too."""
    return SafeString("".join(_morceaux(avant, apres)))


def _morceaux(avant: str, apres: str) -> Iterator[SafeString]:
    a, b = MOTS.findall(avant), MOTS.findall(apres)
    for genre, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if genre == "equal":
            yield format_html("{}", _abreger(a[a1:a2]))
            continue
        for balise, mots in (("del", a[a1:a2]), ("ins", b[b1:b2])):
            if mots:
                yield format_html(
                    '<{0}><span class="invisible">{1}</span>{2}</{0}>', balise, DITS[balise], "".join(mots)
                )


def _abreger(morceaux: list[str]) -> str:
    """What did not change, but its two ends: enough to know where one is."""
    if len(morceaux) <= 3 * ENTOURS:
        return "".join(morceaux)
    return f"{''.join(morceaux[:ENTOURS]).rstrip()} […] {''.join(morceaux[-ENTOURS:]).lstrip()}"
