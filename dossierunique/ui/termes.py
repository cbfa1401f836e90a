"""Words with their meaning behind them: `{% terme "partage" %}`. A room that knows what they mean says so here."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString


class Definition(NamedTuple):
    """What a word means: the word as its source writes it, the meaning, and where to read on."""

    cle: str
    mots: str
    texte: str
    url: str


Source = Callable[[str], Definition | None]
_sources: list[Source] = []


def enregistrer(source: Source) -> Source:
    """Add what knows words; called from AppConfig.ready."""
    if source not in _sources:
        _sources.append(source)
    return source


def montrer(request: Any, mot: str, affiche: str) -> str:
    """The word as a button that opens its meaning, the first time on a page; the word alone afterwards.

    Nothing opens on paper nor in an e-mail, which have no request, nor when nobody knows the word.
    """
    definition = _chercher(mot) if request is not None else None
    if definition is None:
        return affiche
    montres: set[str] = getattr(request, "termes_montres", set())
    if definition.cle in montres:
        return affiche
    request.termes_montres = montres | {definition.cle}
    return _dessiner(definition, conditional_escape(affiche))


def _chercher(mot: str) -> Definition | None:
    return next((trouvee for source in _sources if (trouvee := source(mot))), None)


# The browser opens and closes it by itself (Escape, a click elsewhere) and tells screen readers that it is open.
@lru_cache(maxsize=256)
def _dessiner(definition: Definition, affiche: SafeString) -> SafeString:
    return format_html(
        '<button class="terme" type="button" popovertarget="bulle-{0}" title="Voir la définition">{1}</button>'
        '<span class="terme__bulle" id="bulle-{0}" popover><b>{2}</b> <span>{3}.</span> '
        '<a href="{4}">Glossaire</a></span>',
        definition.cle,
        affiche,
        definition.mots,
        definition.texte,
        definition.url,
    )
