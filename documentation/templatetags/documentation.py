"""What the other spaces show of this one: the news, the texts that wait for a review, and a link to the right help.

{% load documentation %} {% premiere_visite %} {% actualites %} {% a_relire %} {% fiches "fiche" %}
{% aide "ouvrir-un-dossier" "Comment ouvrir un dossier" %}
{{ contenu|public_vise }}
"""

from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from documentation.articles import lecteurs
from documentation.articles.contenu import Contenu
from documentation.policies import articles_a_relire, portee_de, versions_lisibles
from documentation.visite.parcours import etapes_de
from documentation.visite.seance import a_proposer
from dossierunique.ui.adresses import adresse
from dossierunique.ui.templatetags.du import icone
from partners.habilitations.models import Profil
from partners.organismes.models import Organisme, Programme

register = template.Library()
NOUVELLES = 3
FICHES = 20
RELECTURES = 3


@register.inclusion_tag("documentation/_actualites.html", takes_context=True)
def actualites(context: template.Context) -> dict[str, Any]:
    """The latest news for the person in front of the page, in a card."""
    nouvelles = lecteurs.actualites(context.get("habilitation"), context["user"], NOUVELLES)
    return {"actualites": nouvelles.defer("corps", "texte", "recherche")}


@register.simple_tag(takes_context=True)
def premiere_visite(context: template.Context) -> str:
    """The offer of the guided visit, until it is answered; no query: the session knows."""
    request = context["request"]
    if not a_proposer(request):
        return ""
    contexte = {"nombre": len(etapes_de(request.habilitation)), "csrf_token": context["csrf_token"]}
    return get_template("documentation/visite/_offre.html").render(contexte)


@register.inclusion_tag("documentation/_a_relire.html", takes_context=True)
def a_relire(context: template.Context) -> dict[str, Any]:
    """The texts that wait for the review of the person in front of the page; no query for who reviews none."""
    habilitation = context.get("habilitation")
    if portee_de(habilitation) is None:
        return {}
    attendent = list(articles_a_relire(habilitation).order_by("modifie_le", "pk")[: RELECTURES + 1])
    return {"attendent": attendent[:RELECTURES], "encore": len(attendent) > RELECTURES}


@register.inclusion_tag("documentation/_fiches.html", takes_context=True)
def fiches(context: template.Context, genre: str) -> dict[str, Any]:
    """The articles of one genre that the person in front of the page reads, with their paper."""
    lues = versions_lisibles(context.get("habilitation")).filter(genre=genre)
    lues = lues.order_by("rubrique__ordre", "ordre", "titre", "pk").defer("corps", "texte", "recherche")
    return {"fiches": lues[:FICHES]}


@register.simple_tag
def aide(slug: str, mots: str) -> SafeString:
    """A discreet link to the article that explains what is being done; no query: the address finds out."""
    return format_html(
        '<a class="aide-page" href="{}">{}{}</a>', adresse("documentation:aide", slug), icone("aide"), mots
    )


@register.filter
def public_vise(contenu: Contenu) -> str:
    """The audience in words."""
    parts = [", ".join(Profil(profil).label for profil in contenu.profils)]
    if contenu.programmes:
        parts.append("programme " + " ou ".join(Programme(code).label for code in contenu.programmes))
    if contenu.organismes:
        sigles = Organisme.objects.filter(code__in=contenu.organismes).order_by("sigle")
        parts.append(", ".join(organisme.sigle for organisme in sigles))
    return " · ".join(filter(None, parts)) or "toutes les personnes habilitées"
