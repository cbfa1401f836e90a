"""The words that the screens explain, as the article of the glossary defines them.

The article is read again once a minute by each process: a page asks nothing more, and a definition that was just
published is shown everywhere within the minute. Being told between processes would cost every page a question to the
cache, for a text that changes a few times a year. Only what is public is shown: a page does not know who may read it.
"""

import time
from collections.abc import Mapping
from functools import lru_cache

from django.urls import NoReverseMatch

from documentation.adresses import en_adresse
from documentation.policies import versions_lisibles
from documentation.rendu import definitions
from dossierunique.courriers.typographie import typographier
from dossierunique.ui.adresses import adresse
from dossierunique.ui.termes import Definition, enregistrer

ARTICLE = "glossaire"
SECONDES = 60
# « Accès d’urgence, ou bris de glace »: one row, two words.
OU = ", ou "


@enregistrer
def definition(mot: str) -> Definition | None:
    """What the glossary says of a word today; nothing where the portal is shown without this space."""
    trouvee = _lues(int(time.monotonic() // SECONDES)).get(_cle(mot))
    try:
        return trouvee and trouvee._replace(url=f"{adresse('documentation:lire', ARTICLE)}{trouvee.url}")
    except NoReverseMatch:
        return None


def lire(corps: str) -> dict[str, Definition]:
    """The definitions of a text, by word; their address is a place in the article."""
    return {
        _cle(mot): Definition(ancre, typographier(mots), typographier(texte.rstrip(" .")), f"#{ancre}")
        for mots, texte, ancre in definitions(corps)
        for mot in mots.split(OU)
    }


@lru_cache(maxsize=1)
def _lues(_moment: int) -> Mapping[str, Definition]:
    versions = versions_lisibles(None).filter(article__slug=ARTICLE)
    return lire(versions.values_list("corps", flat=True).first() or "")


@lru_cache(maxsize=512)
def _cle(mot: str) -> str:
    return en_adresse(mot, 60)
