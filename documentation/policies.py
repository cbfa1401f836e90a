"""Who reads, writes and reviews an article. The one table of the space; screens and actions ask here.

Everybody reads what her profil, her programmes and her organisme are meant to read; without signing in, what is public.
Whoever wrote a word of a text never publishes it.
"""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, QuerySet
from django.utils import timezone

from documentation.articles.contenu import Contenu
from documentation.articles.etats import EtatArticle
from documentation.articles.models import Article, VersionArticle
from dossierunique.journal.refus import AccesRefuse
from partners.habilitations.models import Habilitation, Profil
from partners.organismes.models import Organisme


@dataclass(frozen=True)
class Portee:
    """What a profil may write.

    rubriques: those codes alone (None: all of them); chez_soi: only for the people of her own organisme; relit_tout:
    reviews and withdraws the articles of every organisme, not of her own only.
    """

    mots: str
    rubriques: frozenset[str] | None = None
    chez_soi: bool = False
    relit_tout: bool = False


REDACTION: dict[str, Portee] = {
    Profil.GESTIONNAIRE: Portee("écrit dans toutes les rubriques, relit tous les articles", relit_tout=True),
    Profil.SECRETAIRE: Portee("écrit dans toutes les rubriques, relit tous les articles", relit_tout=True),
    Profil.DPO: Portee("écrit dans toutes les rubriques, relit tous les articles", relit_tout=True),
    Profil.REFERENT_OPEX: Portee(
        "écrit sur le dossier unique OPEX et relit ce que son organisme en écrit",
        rubriques=frozenset({"opex"}),
    ),
    Profil.RESPONSABLE: Portee(
        "écrit pour les personnes de son organisme et relit ce qui leur est destiné", chez_soi=True
    ),
}
REDACTEURS = frozenset(REDACTION)
# Who is told of an article that nobody signed, and of one whose author has left.
GARDIENS = (Profil.SECRETAIRE, Profil.DPO)


def versions_lisibles(habilitation: Habilitation | None) -> QuerySet[VersionArticle]:
    """What this habilitation reads today; None reads what is public."""
    jour = timezone.localdate()
    versions = VersionArticle.objects.filter(
        Q(parait_le__isnull=True) | Q(parait_le__lte=jour),
        Q(expire_le__isnull=True) | Q(expire_le__gte=jour),
        en_ligne__isnull=False,
    ).select_related("article", "rubrique")
    if habilitation is None:
        return versions.filter(public=True)
    return versions.filter(
        Q(profils__len=0) | Q(profils__contains=[habilitation.profil]),
        Q(programmes__len=0) | Q(programmes__overlap=list(habilitation.programmes)),
        Q(organismes__len=0) | Q(organismes__overlap=ArraySubquery(_codes(habilitation.organisme_id))),
    )


def _codes(organisme_id: int) -> QuerySet[Organisme, str]:
    """Its code, and those of the organismes that it took over: what was meant for them is meant for it."""
    siens = Organisme.objects.filter(Q(pk=organisme_id) | Q(successeur=organisme_id))
    return siens.order_by().values_list("code", flat=True)


def portee_de(habilitation: Habilitation | None) -> Portee | None:
    """What it may write, or None."""
    if habilitation is None or not habilitation.en_vigueur():
        return None
    return REDACTION.get(habilitation.profil)


def articles_suivis(habilitation: Habilitation) -> QuerySet[Article]:
    """The articles that it writes or reviews."""
    portee = portee_de(habilitation)
    if portee is None:
        return Article.objects.none()
    articles = Article.objects.select_related(
        "organisme", "publiee__rubrique", "redaction__rubrique", "redaction__auteur"
    )
    if portee.relit_tout:
        return articles
    articles = articles.filter(organisme=habilitation.organisme_id)
    if portee.rubriques is not None:
        codes = sorted(portee.rubriques)
        return articles.filter(
            Q(redaction__rubrique__code__in=codes)
            | Q(redaction__isnull=True, publiee__rubrique__code__in=codes)
        )
    chez_soi = [habilitation.organisme.code]
    return articles.filter(
        Q(redaction__organismes=chez_soi) | Q(redaction__isnull=True, publiee__organismes=chez_soi)
    )


def peut_ecrire(habilitation: Habilitation | None, article: Article) -> bool:
    """An article of her own organisme, within what her profil writes."""
    portee = portee_de(habilitation)
    if habilitation is None or portee is None or article.organisme_id != habilitation.organisme_id:
        return False
    return contenu_permis(habilitation, article.contenu)


def contenu_permis(habilitation: Habilitation, contenu: Contenu) -> bool:
    """Whether her profil writes in this rubrique and for this audience."""
    portee = portee_de(habilitation)
    if portee is None:
        return False
    if portee.rubriques is not None and contenu.rubrique.code not in portee.rubriques:
        return False
    return not portee.chez_soi or contenu.organismes == [habilitation.organisme.code]


def suit(habilitation: Habilitation | None, article: Article) -> bool:
    """Whether she sees what is behind the page: the text being written, versions, answers of readers."""
    portee = portee_de(habilitation)
    return portee is not None and (portee.relit_tout or peut_ecrire(habilitation, article))


def peut_relire(habilitation: Habilitation | None, article: Article) -> bool:
    """Publish it or send it back: somebody who follows it and wrote nothing of this text."""
    redaction = article.redaction_ouverte
    return (
        article.etat == EtatArticle.EN_RELECTURE
        and redaction is not None
        and habilitation is not None
        and suit(habilitation, article)
        and habilitation.utilisateur_id not in redaction.redacteurs
    )


def peut_abandonner(habilitation: Habilitation | None, article: Article) -> bool:
    """Give up the change of a text that is read meanwhile: one of those who wrote it, out of review."""
    redaction = article.redaction_ouverte
    return (
        article.etat == EtatArticle.BROUILLON
        and article.publiee is not None
        and redaction is not None
        and habilitation is not None
        and peut_ecrire(habilitation, article)
        and habilitation.utilisateur_id in redaction.redacteurs
    )


def articles_a_relire(habilitation: Habilitation) -> QuerySet[Article]:
    """Those that wait for a review that she may do: she wrote nothing of them."""
    attendent = articles_suivis(habilitation).filter(etat=EtatArticle.EN_RELECTURE)
    return attendent.exclude(redaction__redacteurs__contains=[habilitation.utilisateur_id])


def exiger(permis: bool, article: Article | None = None) -> None:
    """Raise AccesRefuse unless it is permitted: unknown and forbidden look the same."""
    if not permis:
        raise AccesRefuse(motif=f"article {article.pk}" if article else "rédaction de la documentation")
