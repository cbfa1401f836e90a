"""Articles for the tests, brought where they must be by the real actions."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from documentation import glossaire
from documentation.articles import actions
from documentation.articles.fichiers_source import CONTENUS, lire
from documentation.articles.models import Article, Rubrique, VersionArticle
from dossierunique.ui.termes import Definition
from partners.models import Habilitation
from tests import fabriques

CORPS = "## Pour commencer\n\nOuvrez le dossier avec la personne.\n"


def valeurs(rubrique: str = "demarrer", **k: Any) -> dict[str, Any]:
    """What a form gives to the actions."""
    return {
        "rubrique": Rubrique.objects.get(code=rubrique), "genre": "article", "titre": "Ouvrir un dossier",
        "resume": "Les premières étapes.", "mots": "", "corps": CORPS, "profils": [], "programmes": [],
        "organismes": [], "public": False, "parait_le": None, "expire_le": None, "valable_jusqu_au": None,
        "reference": "", "date_texte": None, "source": "", "voir": [], "ordre": 100, **k,
    }  # fmt: skip


def article(par: Habilitation | None = None, **k: Any) -> Article:
    """A draft of a gestionnaire."""
    return actions.creer(par or fabriques.habilitation("gestionnaire"), valeurs(**k))


def publie(
    par: Habilitation | None = None, relectrice: Habilitation | None = None, **k: Any
) -> VersionArticle:
    """An article published after its review by somebody else."""
    par = par or fabriques.habilitation("gestionnaire")
    brouillon = article(par, **k)
    actions.soumettre(par, brouillon, brouillon.version)
    return publier(brouillon, relectrice)


def publier(brouillon: Article, relectrice: Habilitation | None = None) -> VersionArticle:
    """Publish what waits for its review."""
    frais = Article.objects.get(pk=brouillon.pk)
    return actions.publier(relectrice or fabriques.habilitation("secretaire"), frais, frais.version)


@cache
def mots_du_portail() -> Mapping[str, Definition]:
    """The words of the glossary that the portal brings."""
    return glossaire.lire(lire(CONTENUS / "demarrer" / "glossaire.md").valeurs["corps"])
