"""The pages of the wordings: every version with what changed, and adding one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from dossiers.consentements.formulaire import corps_html
from dossiers.consentements.models import TexteConsentement
from dossiers.consentements.textes import ajouter_texte, differences, lisible
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossiers.vues import tenter
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.ui.formulaires import ChampDate
from partners.habilitations.acces import habilitation_requise
from partners.organismes.models import Programme


class SaisieTexte(forms.Form):
    """A new version, written from the last one."""

    suit = forms.IntegerField(widget=forms.HiddenInput)
    titre = forms.CharField(label="Titre", max_length=200)
    corps = forms.CharField(
        label="Texte",
        max_length=20_000,
        widget=forms.Textarea({"rows": 16}),
        help_text="Une ligne vide sépare deux paragraphes, un tiret ouvre un point, **deux étoiles** mettent en gras.",
    )
    en_vigueur_depuis = ChampDate(
        label="En vigueur à partir du",
        help_text="Les formulaires imprimés dès ce jour portent ce texte. Ceux déjà imprimés gardent le leur.",
    )


def _programme(request: HttpRequest) -> str:
    demande = request.GET.get("programme", "")
    return demande if demande in Programme.values else Programme.DU.value


@require_GET
@habilitation_requise()
def liste(request: HttpRequest) -> HttpResponse:
    """Every version of one programme, newest first, each with what it changed."""
    regard = exiger(request.habilitation, Droit.VOIR_CONSENTEMENTS)
    programme = _programme(request)
    textes = list(TexteConsentement.objects.filter(programme=programme).order_by("-version"))
    courant = next((t for t in textes if t.en_vigueur_depuis <= timezone.localdate()), None)
    lignes = [
        {"texte": texte, "courant": texte == courant, **_contenu(texte, avant)}
        for texte, avant in zip(textes, [*textes[1:], None], strict=True)
    ]
    journaliser(request.habilitation, Acte.LISTER, details={"liste": "textes de consentement"})
    contexte = {
        "lignes": lignes,
        "programme": programme,
        "programmes": Programme.choices,
        "droits": regard.droits,
        "aujourdhui": timezone.localdate(),
    }
    return render(request, "dossiers/consentements/textes.html", contexte)


def _contenu(texte: TexteConsentement, avant: TexteConsentement | None) -> dict[str, Any]:
    ancien, nouveau = lisible(avant.corps) if avant else "", lisible(texte.corps)
    return {
        "html": corps_html(texte.corps),
        "avant": avant,
        "differences": differences(ancien, nouveau) if avant and ancien != nouveau else "",
    }


@require_http_methods(["GET", "POST"])
@habilitation_requise()
def nouveau(request: HttpRequest) -> HttpResponse:
    """Add a version of the wording."""
    exiger(request.habilitation, Droit.GERER_TEXTES)
    programme = _programme(request)
    derniere = TexteConsentement.objects.filter(programme=programme).order_by("-version")[0]
    depart = {"suit": derniere.version, "titre": derniere.titre, "corps": derniere.corps}
    form = SaisieTexte(request.POST if request.method == "POST" else None, initial=depart)
    if form.is_valid() and tenter(
        form, lambda: ajouter_texte(request.habilitation, programme, **form.cleaned_data)
    ):
        messages.success(request, "La nouvelle version est enregistrée. Elle ne changera plus.")
        return redirect(f"{request.path.removesuffix('nouveau/')}?programme={programme}")
    contexte = {"form": form, "programme": Programme(programme).label, "derniere": derniere}
    return render(
        request, "dossiers/consentements/texte_nouveau.html", contexte, status=422 if form.errors else 200
    )
