"""From a model and values to a letter: values are text, only the model holds Markdown."""

from typing import NamedTuple

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from dossierunique.courriers.champs import CHAMP
from dossierunique.courriers.models import ModeleCourrier
from dossierunique.courriers.typographie import typographier

BALISES = {
    "p",
    "br",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "h2",
    "h3",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "hr",
}
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")


class Lettre(NamedTuple):
    """A composed letter, ready for its template."""

    objet: str
    corps_html: SafeString
    modele: ModeleCourrier


def composer(code: str, champs: dict[str, str]) -> Lettre:
    """The letter `code` in force today with these values; a value that is asked for and absent is a KeyError.

    A value of several lines becomes a list when it stands alone in its paragraph.
    """
    modele = ModeleCourrier.objects.en_vigueur(code)
    return composer_modele(modele, champs)


def composer_modele(modele: ModeleCourrier, champs: dict[str, str]) -> Lettre:
    """The letter of one given version (preview of a draft, letter made again)."""
    objet = CHAMP.sub(lambda m: str(champs[m[1]]), modele.objet)
    corps = mark_safe(_html(modele.corps, champs))  # noqa: S308  cleaned by nh3
    return Lettre(typographier(objet), corps, modele)


def _html(corps: str, champs: dict[str, str]) -> str:
    morceaux = [_paragraphe(morceau, champs) for morceau in corps.replace("\r\n", "\n").split("\n\n")]
    html = _markdown.render("\n\n".join(m for m in morceaux if m))
    return typographier(nh3.clean(html, tags=BALISES, attributes={}, link_rel=None))


def _paragraphe(texte: str, champs: dict[str, str]) -> str:
    seul = CHAMP.fullmatch(texte.strip())
    if seul:
        lignes = [ligne for ligne in str(champs[seul[1]]).splitlines() if ligne.strip()]
        if len(lignes) > 1:
            return "\n".join(f"- {_texte(ligne)}" for ligne in lignes)
    return CHAMP.sub(lambda m: _texte(" ".join(str(champs[m[1]]).splitlines())), texte)


def _texte(valeur: str) -> str:
    """A value as literal text: no Markdown, no HTML."""
    return "".join(
        f"&#{ord(c)};" if c.isascii() and not c.isalnum() and c != " " else c for c in valeur.strip()
    )
