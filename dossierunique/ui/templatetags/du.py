"""Filters and tags of every template of the portal (built in: nothing to load).

{{ demande.cout|euros }}  {{ dossier.ouvert_le|jour }}  {{ evenement.quand|moment }}
    {{ pieces|pluriel:"pièce,pièces" }}
{% erreurs form %} {% champ form.nir %} {% champ form.montant classe="champ--court" %}
{% etat demande %} {% etat "déposée" "info" %} {% icone "cloche" %} {% suite page %}
{% filtres "situation" situations choisie %}
{% terme "partage" %} {% terme "bris de glace" "accès d’urgence" %}
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import forms, template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from dossierunique.ui import formats
from dossierunique.ui.adresses import adresse
from dossierunique.ui.bandes import dessiner as dessiner_les_bandes
from dossierunique.ui.fragments import fragment
from dossierunique.ui.pagination import REPERES, Page
from dossierunique.ui.plan import dessiner
from dossierunique.ui.remplir import suite as suite_de
from dossierunique.ui.termes import montrer
from dossierunique.ui.typographie import espacer

register = template.Library()

FILTRE = '<a class="filtre" href="?{}"{}>{}</a>'
COURANT = SafeString(' aria-current="true"')
APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
NUMERO = re.compile(r"\b[A-Z]{2}-\d{4}-\d+-[A-Z]\b")
TONS = frozenset({"accord", "attente", "refus", "info", "calme"})
GROUPES = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget, forms.SelectDateWidget)

for _nom in (
    "euros",
    "jour",
    "jour_court",
    "jour_proche",
    "heure",
    "moment",
    "instant",
    "nir_masque",
    "octets",
    "pluriel",
):
    register.filter(_nom, getattr(formats, _nom))

register.simple_tag(dessiner, name="plan")


@register.filter(is_safe=True)
def typo(texte: Any) -> str:
    """Words of Python, ours or a library's, with the spaces and the apostrophe of French."""
    return APOSTROPHE.sub("’", espacer(str(texte)))


@register.filter
def numeros(texte: Any) -> SafeString:
    """Words that name a public number, which no line cuts in two."""
    return mark_safe(NUMERO.sub(r'<span class="nobr">\g<0></span>', conditional_escape(texte)))  # noqa: S308


@register.simple_tag
def etat(objet: Any, ton: str = "") -> SafeString:
    """A state as a word in a shape: `{% etat objet %}` or `{% etat libelle ton %}`."""
    libelle = objet
    if not isinstance(objet, str) and hasattr(objet, "get_etat_display"):
        libelle, ton = objet.get_etat_display(), ton or getattr(objet, "etat_ton", "calme")
    return _etat(str(libelle), ton if ton in TONS else "calme")


@lru_cache(maxsize=256)
def _etat(libelle: str, ton: str) -> SafeString:
    return format_html('<span class="etat etat--{}">{}</span>', ton, libelle)


@register.simple_tag(name="adresse")
def adresse_de(vue: str, valeur: Any = None) -> str:
    """As `{% url %}`, ten times faster: a page without argument, or with a public number or a reference."""
    return adresse(vue, valeur)


@register.simple_tag(name="fragment")
def fragment_de(gabarit: str, **valeurs: Any) -> SafeString:
    """A part of the page drawn once in this process for each set of values; it sees nothing else."""
    return fragment(gabarit, **valeurs)


@register.simple_tag(takes_context=True)
def tete(context: template.Context) -> SafeString:
    """The opening of the body and the header, drawn once for all the pages that show the same one."""
    utilisateur = context.get("user")
    if utilisateur is None or not utilisateur.is_authenticated:
        return fragment("ui/tete.html", connecte=False)
    return fragment(
        "ui/tete.html",
        context.get("csrf_token", ""),
        connecte=True,
        nom=str(utilisateur),
        mandat=str(context["habilitation"] or ""),
        habilitations_nombre=context["habilitations_nombre"],
        non_lues=context["notifications_non_lues"](),
        navigation=context["navigation"](),
        recherche_ouverte=context["recherche_ouverte"],
        session_inactivite=context["session_inactivite"],
    )


@register.simple_tag(takes_context=True)
def bandes(context: template.Context) -> SafeString:
    """What the rooms show under the header of every page."""
    return dessiner_les_bandes(context.get("request"))


@register.simple_tag(takes_context=True)
def terme(context: template.Context, mot: str, affiche: str = "") -> str:
    """A word with its definition behind it, or the word as it is to be shown; no query."""
    return montrer(context.get("request"), mot, affiche or mot)


@register.simple_tag
def icone(nom: str, titre: str = "") -> SafeString:
    """An icon of our sprite; silent for screen readers unless it has a title."""
    return _icone(f"{static('img/icones.svg')}#{nom}", titre)


@lru_cache(maxsize=256)
def _icone(href: str, titre: str) -> SafeString:
    if titre:
        return format_html(
            '<svg class="icone" role="img" aria-label="{}"><use href="{}"/></svg>', titre, href
        )
    return format_html('<svg class="icone" aria-hidden="true"><use href="{}"/></svg>', href)


@register.simple_tag(takes_context=True)
def filtres(
    context: template.Context,
    nom: str,
    choix: Iterable[tuple[str, str]],
    choisi: str = "",
    tous: str = "Tous",
) -> SafeString:
    """Links that narrow a list by one criterion, then all: the others are kept, and the list starts again.

    Arguments: nom, the criterion in the address; choix, its codes and words; choisi, the code that holds.
    """
    parametres = context["request"].GET.lists()
    gardes = [
        (cle, valeur) for cle, valeurs in parametres if cle not in (nom, *REPERES) for valeur in valeurs
    ]
    return suite_de(
        FILTRE,
        (
            (
                urlencode([*gardes, (nom, code)] if code else gardes),
                COURANT if code == choisi else "",
                libelle,
            )
            for code, libelle in (("", tous), *choix)
        ),
    )


@register.inclusion_tag("ui/champ.html")
def champ(champ: BoundField, classe: str = "", aide: str = "", suffixe: str = "") -> dict[str, Any]:
    """A field with its label, help and error, linked together for screen readers."""
    widget = champ.field.widget
    identifiant = champ.auto_id or champ.html_name
    texte_aide = aide or champ.help_text
    decrit = [f"{identifiant}_aide"] if texte_aide else []
    decrit += [f"{identifiant}_erreur"] if champ.errors else []
    groupe, case = isinstance(widget, GROUPES), isinstance(widget, forms.CheckboxInput)
    return {
        "champ": champ,
        "saisie": champ.as_widget(attrs=_attributs(champ, decrit, groupe)),
        "id": identifiant,
        "aide": texte_aide,
        "decrit": " ".join(decrit),
        "classe": classe,
        "suffixe": suffixe,
        "groupe": groupe,
        "case": case,
        "fichier": isinstance(widget, forms.FileInput),
        "multiple": bool(widget.attrs.get("multiple")),
        # A box may always be left alone, and so may every criterion of a search.
        "requis": champ.field.required or case or getattr(champ.form, "que_des_criteres", False),
    }


def _attributs(champ: BoundField, decrit: list[str], groupe: bool) -> dict[str, Any]:
    attributs: dict[str, Any] = {}
    if champ.is_hidden:
        return attributs
    if decrit and not groupe:
        attributs["aria-describedby"] = " ".join(decrit)
    if champ.errors:
        attributs["aria-invalid"] = "true"
    return attributs


@register.inclusion_tag("ui/erreurs.html")
def erreurs(*formulaires: Any) -> dict[str, Any]:
    """Summary of the errors of one or several forms, with a link to each faulty field."""
    lignes: list[tuple[str, str]] = []
    for formulaire in formulaires:
        if formulaire is None or not getattr(formulaire, "is_bound", False):
            continue
        for sous in getattr(formulaire, "forms", [formulaire]):
            lignes += _lignes_erreur(sous)
        if hasattr(formulaire, "non_form_errors"):
            lignes += [("", e) for e in formulaire.non_form_errors()]
    return {"lignes": lignes}


def _lignes_erreur(formulaire: forms.BaseForm) -> list[tuple[str, str]]:
    lignes = [("", e) for e in formulaire.non_field_errors()]
    for lie in formulaire:
        lignes += [(_cible(lie), f"{lie.label} : {e}") for e in lie.errors]
    return lignes


def _cible(lie: BoundField) -> str:
    if lie.is_hidden:
        return ""
    # The first box of a group is what can take the focus.
    return f"{lie.auto_id}_0" if isinstance(lie.field.widget, GROUPES) else lie.auto_id


@register.inclusion_tag("ui/suite.html")
def suite(page: Page, texte: str = "") -> dict[str, Any]:
    """Links to the neighbours of a keyset page, keeping the filters of the list."""
    prefixe = f"?{page.parametres}&" if page.parametres else "?"
    return {"page": page, "texte": texte, "prefixe": prefixe}
