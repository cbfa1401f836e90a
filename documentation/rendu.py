"""Markdown → HTML, the one renderer of the space: headings with anchors, tables, our own pictures, links that live.

Links to other articles are written `[words](article:slug)`, pictures `![description](image:name)`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from documentation.adresses import en_adresse
from dossierunique.courriers.typographie import typographier

BALISES = {
    "p", "br", "strong", "em", "ul", "ol", "li", "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td", "hr",
    "a", "img", "blockquote", "code", "pre", "span", "div",
}  # fmt: skip
ATTRIBUTS = {
    "a": {"href", "rel", "class"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "img": {"src", "alt", "loading"},
    "th": {"scope", "class"}, "tr": {"id"},
    "td": {"class", "data-titre"}, "span": {"class"}, "div": {"class"}, "ol": {"start"},
}  # fmt: skip
NIVEAUX = {"h1": "h2", "h5": "h4", "h6": "h4"}
# Three headings and more are worth a table of contents.
SOMMAIRE_MIN = 3
# Columns of a table whose rows are the words of a glossary, each with its anchor.
GLOSSAIRE = ["Mot", "Définition"]
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
Adresse = Callable[[str], str | None]


@dataclass
class Rendu:
    """A text, ready to be shown."""

    html: SafeString
    titres: list[tuple[int, str, str]] = field(default_factory=list)
    morts: list[str] = field(default_factory=list)

    @property
    def sommaire(self) -> list[tuple[int, str, str]]:
        """(level, anchor, words) of its headings, when there are enough of them."""
        grands = [titre for titre in self.titres if titre[0] < 4]
        return grands if len(grands) >= SOMMAIRE_MIN else []


def articles_cites(corps: str) -> list[str]:
    """Slugs of the articles that a text links to."""
    return list(dict.fromkeys(_cibles(corps, "link_open", "href", "article:")))


def images_citees(corps: str) -> list[str]:
    """Names of the pictures that a text shows."""
    return list(dict.fromkeys(_cibles(corps, "image", "src", "image:")))


def en_texte(corps: str) -> str:
    """The words alone, a block a line."""
    blocs = (jeton for jeton in _markdown.parse(corps) if jeton.type in ("inline", "fence", "code_block"))
    lignes = (_texte(bloc.children) if bloc.children else bloc.content for bloc in blocs)
    return "\n".join(ligne.strip() for ligne in lignes)


def definitions(corps: str) -> Iterator[tuple[str, str, str]]:
    """(words, definition, anchor) of each row of the glossary tables of a text."""
    jetons = _markdown.parse(corps)
    _ancrer_les_mots(jetons, set())
    for rang, jeton in enumerate(jetons):
        if jeton.type == "tr_open" and (ancre := jeton.attrGet("id")):
            # A row opens, then each cell is three tokens: opening, words, closing.
            mots, texte = (_texte(jetons[rang + pas].children or []) for pas in (2, 5))
            yield mots.strip(), texte.strip(), str(ancre)


def rendre(corps: str, article: Adresse, image: Adresse) -> Rendu:
    """The text as HTML; `article` and `image` give the address of what it names, or None when there is none."""
    jetons = _markdown.parse(corps)
    rendu = Rendu(mark_safe(""))
    ancres: set[str] = set()
    for rang, jeton in enumerate(jetons):
        if jeton.type in ("heading_open", "heading_close"):
            jeton.tag = NIVEAUX.get(jeton.tag, jeton.tag)
        if jeton.type == "heading_open":
            texte = _texte(jetons[rang + 1].children or [])
            jeton.attrSet("id", ancre := _ancre("s", texte, ancres))
            rendu.titres.append((int(jeton.tag[1]), ancre, typographier(texte)))
        elif jeton.type == "inline":
            jeton.children = list(_en_ligne(jeton.children or [], article, image, rendu.morts))
    _tableaux(jetons)
    _ancrer_les_mots(jetons, ancres)
    brut = _markdown.renderer.render(jetons, _markdown.options, {})
    propre = nh3.clean(
        brut,
        tags=BALISES,
        attributes=ATTRIBUTS,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel"},
    )
    rendu.html = mark_safe(propre)  # noqa: S308  cleaned by nh3
    return rendu


def _cibles(corps: str, genre: str, attribut: str, prefixe: str) -> Iterator[str]:
    for bloc in _markdown.parse(corps):
        for jeton in bloc.children or []:
            cible = str(jeton.attrGet(attribut) or "") if jeton.type == genre else ""
            if cible.startswith(prefixe):
                yield cible.removeprefix(prefixe)


def _texte(jetons: Sequence[Token]) -> str:
    return "".join(
        " " if jeton.type.endswith("break") else jeton.content
        for jeton in jetons
        if jeton.type in ("text", "code_inline", "softbreak", "hardbreak")
    )


def _ancre(prefixe: str, texte: str, prises: set[str]) -> str:
    # A prefix of its own: no heading takes an anchor of the page.
    base = ancre = f"{prefixe}-{en_adresse(texte, 60) or 'partie'}"
    rang = 2
    while ancre in prises:
        ancre, rang = f"{base}-{rang}", rang + 1
    prises.add(ancre)
    return ancre


def _en_ligne(jetons: Sequence[Token], article: Adresse, image: Adresse, morts: list[str]) -> Iterator[Token]:
    """The pieces of one paragraph, links and pictures resolved."""
    fermetures: list[str] = []
    for jeton in jetons:
        if jeton.type == "text":
            jeton.content = typographier(jeton.content)
        elif jeton.type == "link_open":
            fermetures.append(_lien(jeton, article, morts))
        elif jeton.type == "link_close":
            jeton.tag = fermetures.pop()
        elif jeton.type == "image":
            jeton = _image(jeton, image, morts)
        yield jeton


def _lien(jeton: Token, article: Adresse, morts: list[str]) -> str:
    """Turn the opening of a link into what it is for us; its tag."""
    cible = str(jeton.attrGet("href") or "")
    if cible.startswith("article:"):
        slug, _, ancre = cible.removeprefix("article:").partition("#")
        adresse = article(slug)
        if adresse is None:
            return _mort(jeton, cible, morts)
        jeton.attrSet("href", f"{adresse}#{ancre}" if ancre else adresse)
        return "a"
    morceaux = urlsplit(cible)
    if morceaux.scheme in ("http", "https"):
        jeton.attrSet("rel", "noopener external")
        jeton.attrSet("class", "lien-externe")
    elif morceaux.scheme not in ("", "mailto", "tel") or morceaux.netloc:
        return _mort(jeton, cible, morts)
    return "a"


def _mort(jeton: Token, cible: str, morts: list[str]) -> str:
    """The words of a link that leads nowhere: they stay, marked for the preview."""
    morts.append(cible)
    jeton.tag, jeton.attrs = "span", {"class": "lien-mort"}
    return "span"


def _image(jeton: Token, image: Adresse, morts: list[str]) -> Token:
    cible = str(jeton.attrGet("src") or "")
    adresse = image(cible.removeprefix("image:")) if cible.startswith("image:") else None
    if adresse is not None:
        jeton.attrSet("src", adresse)
        jeton.attrSet("loading", "lazy")
        return jeton
    morts.append(cible)
    absente = Token("text", "", 0)
    absente.content = f"[{jeton.content}]"
    return absente


def _ancrer_les_mots(jetons: list[Token], ancres: set[str]) -> None:
    """An anchor for each row of the glossary tables."""
    entetes: list[str] = []
    for rang, jeton in enumerate(jetons):
        if jeton.type == "thead_open":
            entetes = []
        elif jeton.type == "th_open":
            entetes.append(_texte(jetons[rang + 1].children or []))
        elif jeton.type == "tr_open" and entetes == GLOSSAIRE:
            jeton.attrSet("id", _ancre("terme", _texte(jetons[rang + 2].children or []), ancres))


def _tableaux(jetons: list[Token]) -> None:
    """Columns named for screen readers and for the records that a phone shows; no inline style."""
    entetes: list[str] = []
    colonne = 0
    for rang, jeton in enumerate(jetons):
        if jeton.type == "thead_open":
            entetes = []
        elif jeton.type == "tr_open":
            colonne = 0
        elif jeton.type in ("th_open", "td_open"):
            _cellule(jeton, _texte(jetons[rang + 1].children or []), entetes, colonne)
            colonne += 1
    for rang in range(len(jetons) - 1, -1, -1):
        if jetons[rang].type == "table_close":
            jetons.insert(rang + 1, Token("div_close", "div", -1))
        elif jetons[rang].type == "table_open":
            cadre = Token("div_open", "div", 1)
            cadre.attrSet("class", "tableau")
            jetons.insert(rang, cadre)


def _cellule(jeton: Token, texte: str, entetes: list[str], colonne: int) -> None:
    if "right" in str(jeton.attrs.pop("style", "")):
        jeton.attrSet("class", "num")
    if jeton.type == "th_open":
        entetes.append(texte)
        jeton.attrSet("scope", "col")
    elif colonne:
        jeton.attrSet("data-titre", entetes[colonne] if colonne < len(entetes) else "")
