"""A page as the server sent it, and its words: what is read, and what is read out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from lxml import html

MUETTES = {"script", "style", "template", "svg"}
# Neither code nor what somebody typed is the portal's French.
LITTERALES = {"code", "pre", "kbd", "samp", "textarea"}
TAPE = "pre"  # the class that keeps the lines of what somebody typed
EN_LIGNE = {
    "a", "abbr", "b", "bdi", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "label", "mark", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
}  # fmt: skip
LUS = ("title", "aria-label", "aria-description", "aria-roledescription", "placeholder", "alt", "label")
COUPURE = "\n"
TROU = "\ufffc"  # what stands where a word of another language or of code was
BLANCS = re.compile(r"[ \t\r\n]*\n[ \t\r\n]*|[ \t\r]+")


@dataclass(frozen=True)
class PageServie:
    """A document: for whom, its name in the tour, its address, its source."""

    compte: str
    nom: str
    adresse: str
    source: str = field(repr=False)

    def __str__(self) -> str:
        return f"{self.compte or 'public'}/{self.nom}"

    @property
    def chemin(self) -> str:
        """Its address without the host and the fragment."""
        morceaux = urlsplit(self.adresse)
        return morceaux.path + (f"?{morceaux.query}" if morceaux.query else "")

    @cached_property
    def arbre(self) -> html.HtmlElement:
        """The document, parsed."""
        return html.document_fromstring(self.source.encode(), parser=html.HTMLParser(encoding="utf-8"))

    @cached_property
    def phrases(self) -> list[str]:
        """The visible words, cut where a block ends, then those of the attributes that are read out."""
        visibles = "".join(_morceaux(self.arbre)).split(COUPURE)
        attributs = [
            valeur
            for element in self.arbre.iter()
            if isinstance(element.tag, str) and not _etrangere(element)
            for nom in LUS
            if (valeur := element.get(nom))
        ]
        return [mots for phrase in (*visibles, *attributs) if (mots := BLANCS.sub(" ", phrase).strip(" "))]


def _etrangere(element: html.HtmlElement) -> bool:
    # Said to be in another language, here or above.
    langue = next((e.get("lang") for e in (element, *element.iterancestors()) if e.get("lang")), "fr")
    return not langue.startswith("fr")


def _morceaux(element: html.HtmlElement) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in MUETTES:
        yield element.tail.replace("\n", " ") if element.tail else ""
        return
    coupure = "" if element.tag in EN_LIGNE else COUPURE
    yield coupure
    if (
        element.tag in LITTERALES
        or TAPE in element.get("class", "").split()
        or (element.get("lang") or "fr")[:2] != "fr"
    ):
        yield TROU
    else:
        yield (element.text or "").replace("\n", " ")
        for enfant in element:
            yield from _morceaux(enfant)
    yield coupure
    yield (element.tail or "").replace("\n", " ")
