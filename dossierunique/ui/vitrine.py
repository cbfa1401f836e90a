"""The page `/ui/` of the demo: every component of the screens, live, with its words. Closed outside the demo."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dossierunique.ui.formulaires import ChampDate
from dossierunique.ui.pagination import Page

ICONES = (
    "cloche", "loupe", "chevron", "alerte", "coche", "croix", "plus", "piece", "dossier", "personne", "organisme",
    "cadenas", "telecharger", "imprimer", "calendrier", "oeil", "crayon", "enveloppe", "fleche", "boite",
)  # fmt: skip
ETATS = (
    ("accordée", "accord"), ("incomplète", "attente"), ("refusée", "refus"), ("en instruction", "info"),
    ("brouillon", "calme"),
)  # fmt: skip
SAISIE_FAUSSE = {"nom": "", "jour": "", "montant": "beaucoup"}


class FormVitrine(forms.Form):
    """One field of each kind, with its help."""

    nom = forms.CharField(label="Nom de naissance", help_text="Tel qu’il est écrit sur la pièce d’identité.")
    jour = ChampDate(label="Date de naissance")
    montant = forms.DecimalField(label="Montant", widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    aide = forms.ChoiceField(
        label="Aide demandée", choices=[("", "Choisir…"), ("a", "Aide ménagère"), ("b", "Aide familiale")],
        required=False,
    )  # fmt: skip
    reponse = forms.ChoiceField(
        label="Réponse",
        choices=[("oui", "accordé"), ("non", "refusé")],
        widget=forms.RadioSelect,
        required=False,
    )
    lu = forms.BooleanField(label="J’ai lu ce qui précède", required=False)
    besoin = forms.CharField(label="Besoin", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    piece = forms.FileField(label="Pièce", required=False, help_text="PDF, JPEG, PNG ou TIFF, 20 Mo au plus.")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every component, in the order of a page."""
    if not settings.MODE_DEMO:
        raise Http404
    faux = FormVitrine(SAISIE_FAUSSE, auto_id="faux_%s")
    contexte = {
        "icones": ICONES,
        "etats": ETATS,
        "form": FormVitrine(),
        "faux": faux,
        "etapes": _etapes(),
        "evenements": _evenements(),
        "plan": _plan(),
        "liste": Page([], curseur_suivant="suite", curseur_precedent="avant"),
        "quand": timezone.now(),
        "conflit": [("Téléphone", "01 99 00 00 01", "01 99 00 00 02")],
    }
    return render(request, "ui/vitrine.html", contexte)


def _etapes() -> list[dict[str, str]]:
    return [
        {"libelle": "Besoin", "detail": "", "statut": "fait"},
        {"libelle": "Ressources", "detail": "2 lignes", "statut": "ici"},
        {"libelle": "Pièces", "detail": "", "statut": ""},
    ]


def _evenements() -> list[dict[str, Any]]:
    maintenant = timezone.now()
    return [
        {"quand": maintenant, "auteur": "Une gestionnaire fictive", "texte": "a validé une pièce.", "neuf": True},
        {"quand": maintenant - timedelta(days=3), "auteur": "", "texte": "La demande est déposée.",
         "detail": "Deux pièces manquent."},
    ]  # fmt: skip


def _plan() -> dict[str, Any]:
    lignes = [
        {"libelle": "CNMSS", "etat": "accordé", "montant": Decimal(600), "largeur": 60, "ton": 1},
        {"libelle": "ASD", "etat": "demandé", "montant": Decimal(250), "largeur": 25, "ton": 2},
    ]
    return {"lignes": lignes, "cout": Decimal(1000), "reste": Decimal(150)}
