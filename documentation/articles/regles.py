"""What may be written and when: the rules that several actions share."""

from typing import Any

from django.utils import timezone

from documentation import policies
from documentation.articles.etats import TRANSITIONS, EtatArticle
from documentation.articles.models import Article, Redaction
from dossierunique import etats
from dossierunique.erreurs import ActionRefusee
from dossierunique.securite.nir import contient_un_nir
from partners.models import Habilitation

HORS_PORTEE = "Votre profil n’écrit pas dans cette rubrique, ou pas pour ce public."
SANS_NIR = ("titre", "resume", "mots", "corps", "reference")


def verifier(par: Habilitation, valeurs: dict[str, Any]) -> None:
    """Raise unless her profil writes this for these readers, and nothing in it reads like a NIR."""
    policies.exiger(policies.portee_de(par) is not None)
    if not policies.contenu_permis(par, Redaction(**valeurs)):
        raise ActionRefusee(HORS_PORTEE, "rubrique")
    for champ in SANS_NIR:
        if contient_un_nir(valeurs[champ]):
            raise ActionRefusee("Ce texte contient ce qui ressemble à un NIR : retirez-le.", champ)


def passer(article: Article, vers: EtatArticle) -> None:
    """Move a locked article along its table; raises ActionRefusee when there is no such arrow."""
    if article.etat == vers == EtatArticle.PUBLIE:
        return  # what the portal brings is replaced in place
    try:
        etats.verifier(TRANSITIONS, article.etat, vers)
    except etats.TransitionInterdite as interdite:
        raise ActionRefusee(
            f"Cet article est « {EtatArticle(interdite.de).label} » : relisez la page avant d’agir."
        ) from interdite
    article.etat = vers


def exiger_des_dates_tenables(article: Article) -> None:
    """A text that is over is not published; and what is read today does not vanish until a later version comes."""
    redaction, jour = Redaction.objects.get(article=article), timezone.localdate()
    if redaction.expire_le and redaction.expire_le < jour:
        raise ActionRefusee("Ce texte ne serait déjà plus lisible : changez sa date de fin.")
    if article.publiee_id and redaction.parait_le and redaction.parait_le > jour:
        raise ActionRefusee(
            "Cet article se lit déjà : sa nouvelle version ne peut pas paraître plus tard. Effacez la date de parution."
        )
