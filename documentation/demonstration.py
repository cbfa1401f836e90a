"""The life of the space in the demo: a draft, a text to read again, answers of readers. Fictitious, once."""

from datetime import timedelta

from django.utils import timezone

from documentation.articles import actions, lecteurs
from documentation.articles.models import Article, Redaction, VersionArticle
from partners.habilitations.models import Habilitation

REPONSES = (
    ("ouvrir-un-dossier", "correspondant", True, "La liste des réponses de l’écran m’a évité un appel."),
    ("ouvrir-un-dossier", "correspondant2", False, "Il manque le cas d’une personne née à l’étranger."),
    ("les-aides", "correspondant", True, ""),
    ("les-aides", "uneo", True, "Clair, à imprimer."),
    ("se-connecter", "asd", False, "Que faire quand le téléphone est perdu ?"),
)


def animer() -> bool:
    """Write and answer as the people of the demo would; False when it is done, or when they are not there."""
    qui = {
        h.utilisateur.username: h
        for h in Habilitation.objects.en_vigueur().select_related("utilisateur", "organisme").order_by("pk")
    }
    if "gestionnaire" not in qui or Redaction.objects.exists():
        return False
    for slug, username, utile, mots in REPONSES:
        version = VersionArticle.objects.filter(en_ligne__slug=slug).first()
        if version is not None and username in qui:
            lecteurs.donner_avis(qui[username].utilisateur, version, utile=utile, mots=mots)
    _a_relire(qui["gestionnaire"])
    if "opex" in qui:
        _brouillon(qui["opex"])
    return True


def _a_relire(par: Habilitation) -> None:
    article = Article.objects.filter(slug="se-connecter", publiee__isnull=False).first()
    if article is None or article.publiee is None:
        return
    valeurs = article.publiee.valeurs()
    ajout = "\n## Changer de téléphone\n\nActivez l’application sur le nouveau avant de rendre l’ancien.\n"
    valeurs |= {
        "corps": valeurs["corps"] + ajout,
        "valable_jusqu_au": timezone.localdate() + timedelta(days=365),
    }
    frais = actions.enregistrer(par, article, valeurs, article.version)
    actions.soumettre(par, frais, frais.version)


def _brouillon(par: Habilitation) -> None:
    modele = Article.objects.filter(slug="suivre-un-blesse", publiee__isnull=False).first()
    if modele is None or modele.publiee is None:
        return
    valeurs = modele.publiee.valeurs() | {
        "titre": "Le premier mois d’un blessé suivi par la CABAT",
        "resume": "Ce que le référent fait, semaine après semaine, et à qui il passe la main.",
        "corps": "## Première semaine\n\nPrendre contact avec la famille, puis avec l’hôpital.\n",
        "organismes": [par.organisme.code],
        "voir": ["suivre-un-blesse"],
    }
    actions.creer(par, valeurs)
