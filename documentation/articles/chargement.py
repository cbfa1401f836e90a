"""Publishing the articles that the portal brings: once, then again when their file changes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from documentation.articles.actions import ajouter_version
from documentation.articles.etats import EtatArticle
from documentation.articles.fichiers_source import Source
from documentation.articles.models import Article, Rubrique
from documentation.recherche import vocabulaire
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from partners.organismes.models import Organisme


@dataclass
class Bilan:
    """What a loading did, by address; `laisses` were changed or withdrawn in the portal, which wins."""

    crees: list[str] = field(default_factory=list)
    mis_a_jour: list[str] = field(default_factory=list)
    laisses: list[str] = field(default_factory=list)


@transaction.atomic
def charger(sources: Iterable[Source], organisme: Organisme) -> Bilan:
    """Publish what is new or changed, under the CNMSS, with no author: the team of the portal."""
    bilan = Bilan()
    rubriques = {rubrique.code: rubrique for rubrique in Rubrique.objects.all()}
    connus = {
        article.slug: article
        for article in Article.objects.select_for_update(of=("self",)).select_related("publiee", "redaction")
    }
    for source in sources:
        article = connus.get(source.slug)
        if article is not None and article.empreinte == source.empreinte:
            continue
        if article is not None and not _est_au_portail(article):
            bilan.laisses.append(source.slug)
            continue
        (bilan.mis_a_jour if article else bilan.crees).append(source.slug)
        valeurs = {**source.valeurs, "rubrique": rubriques[source.rubrique]}
        ajouter_version(article or _nouveau(source.slug, organisme), valeurs)
        Article.objects.filter(slug=source.slug).update(empreinte=source.empreinte)
    if touches := bilan.crees + bilan.mis_a_jour:
        journaliser(None, Acte.MODIFIER, details={"geste": "charger_documentation", "articles": len(touches)})
        vocabulaire.reconstruire()
    return bilan


def _est_au_portail(article: Article) -> bool:
    """Whether nobody wrote in it since the portal brought it."""
    return (
        bool(article.empreinte)
        and article.etat == EtatArticle.PUBLIE
        and article.publiee is not None
        and article.publiee.auteur_id is None
    )


def _nouveau(slug: str, organisme: Organisme) -> Article:
    article = Article.objects.create(slug=slug, organisme=organisme)
    # Drawn from the same table as everything else: what is published was to be read again first.
    article.etat = EtatArticle.EN_RELECTURE
    article.save(update_fields=["etat"])
    return article
