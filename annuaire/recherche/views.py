"""The search of the directory, as one types and without scripts; and « Qui s’occupe de… ? »."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from annuaire import policies
from annuaire.fiches.competences import en_mots
from annuaire.recherche.chercher import chercher
from annuaire.recherche.criteres import Criteres, FormRecherche
from annuaire.recherche.qui_s_occupe import FormQui, Question, repondre
from annuaire.recherche.surlignage import surligner, surligner_numero
from dossierunique.ui.formats import pluriel
from partners.aides import aides
from partners.habilitations.acces import habilitation_requise


@require_GET
@habilitation_requise()
def accueil(request: HttpRequest) -> HttpResponse:
    """The search box, its filters and what they find; only what they find when htmx asks."""
    form = FormRecherche(request.GET)
    criteres = form.criteres()
    resultats = chercher(criteres)
    marquer = partial(_marquer, criteres, resultats.approchant)
    contexte = {
        "form": form,
        "criteres": criteres,
        "resultats": resultats,
        "organismes": [(o, marquer(o.sigle, o.nom, o.telephone)) for o in resultats.organismes.lignes],
        "services": [(s, marquer(s.nom, s.missions, s.telephone)) for s in resultats.services.lignes],
        "personnes": [(p, marquer(str(p), p.fonction, p.telephone)) for p in resultats.personnes.lignes],
        "compte": _compte(criteres, resultats),
        "tient": policies.tient_l_annuaire(request.habilitation),
    }
    if request.htmx and not request.htmx.boosted:
        return render(request, "annuaire/recherche/_resultats.html", contexte | {"fragment": True})
    return render(request, "annuaire/recherche/accueil.html", contexte)


def _marquer(criteres: Criteres, approchant: bool, *textes: str) -> list[Any]:
    """Its texts with what was looked for marked; the last one is a telephone number."""
    *mots, telephone = textes
    marques = [surligner(texte, criteres.mots, approchant) for texte in mots]
    return [*marques, surligner_numero(telephone, criteres.numero)]


def _compte(criteres: Criteres, resultats: Any) -> str:
    """What a screen reader says when the results change."""
    if criteres.vide:
        return ""
    if not resultats.nombre:
        return "Aucun résultat."
    parts = [
        f"{'plus de ' if groupe.encore else ''}{pluriel(groupe.lignes, mots)}"
        for groupe, mots in (
            (resultats.organismes, "organisme,organismes"),
            (resultats.services, "service,services"),
            (resultats.personnes, "personne,personnes"),
        )
        if groupe.lignes
    ]
    return f"{', '.join(parts)}."


@require_GET
@habilitation_requise()
def qui_s_occupe(request: HttpRequest) -> HttpResponse:
    """The services that look after what is asked."""
    form = FormQui(request.GET)
    form.is_valid()
    question = Question(**{nom: form.cleaned_data.get(nom) or vide for nom, vide in _VIDES.items()})
    services, encore = ([], False) if question.vide else repondre(question)
    connues = aides() if services else {}
    contexte = {
        "form": form,
        "question": question,
        "services": [(service, en_mots(service.competences.all(), connues)) for service in services],
        "encore": encore,
    }
    return render(request, "annuaire/recherche/qui_s_occupe.html", contexte)


_VIDES: dict[str, Any] = {"departement": "", "unite": None, "aide": "", "programme": ""}
