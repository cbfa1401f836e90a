"""The yearly review: the campaigns for the administrator, the lines to answer for those in charge."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.refus import AccesRefuse
from dossierunique.ui.formulaires import ChampDate, ajouter_refus
from dossierunique.ui.pagination import page_par_cle
from partners.comptes.renfort import renfort_requis
from partners.departs.actions import successeurs
from partners.habilitations import policies
from partners.habilitations.acces import habilitation_requise
from partners.habilitations.forms import FormulaireDepart
from partners.habilitations.models import Profil
from partners.revues import actions
from partners.revues.models import CampagneRevue, EtatCampagne, EtatLigne, LigneRevue

DUREE = timedelta(days=45)


class FormulaireCampagne(forms.Form):
    """A new campaign."""

    annee = forms.IntegerField(label="Année", min_value=2000, max_value=2999)
    echeance = ChampDate(
        label="Réponses attendues jusqu’au",
        help_text="Le lendemain, les habilitations sans réponse sont suspendues.",
    )


@habilitation_requise(Profil.ADMINISTRATEUR)
def campagnes(request: HttpRequest) -> HttpResponse:
    """The campaigns, and the opening of the next one."""
    aujourdhui = timezone.localdate()
    initial = {"annee": aujourdhui.year, "echeance": aujourdhui + DUREE}
    form = FormulaireCampagne(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            ouverte = actions.ouvrir(request.habilitation, **form.cleaned_data)
        except ActionRefusee as refus:
            ajouter_refus(form, refus)
        else:
            messages.success(request, "Campagne ouverte : les responsables sont prévenus.")
            return redirect("administration:revue", ouverte.annee)
    contexte = {
        "campagnes": _avec_comptes(CampagneRevue.objects.all())[:20],
        "form": form,
        "ouverte": actions.campagne_ouverte(),
    }
    return render(request, "partners/revues/campagnes.html", contexte)


def _avec_comptes(campagnes: Any) -> Any:
    return campagnes.annotate(
        total=Count("lignes"),
        reste=Count("lignes", filter=Q(lignes__etat=EtatLigne.A_CONFIRMER)),
        repondues=Count("lignes", filter=~Q(lignes__etat=EtatLigne.A_CONFIRMER) & Q(lignes__isnull=False)),
    ).order_by("-annee")


@habilitation_requise(Profil.ADMINISTRATEUR)
def campagne(request: HttpRequest, annee: int) -> HttpResponse:
    """How far each organisme has answered."""
    objet = get_object_or_404(_avec_comptes(CampagneRevue.objects.all()), annee=annee)
    contexte = {"campagne": objet, "organismes": _avancement(objet)}
    return render(request, "partners/revues/campagne.html", contexte)


def _avancement(campagne: CampagneRevue) -> list[dict[str, Any]]:
    comptes = {etat.value: Count("pk", filter=Q(etat=etat)) for etat in EtatLigne}
    lignes = campagne.lignes.values(
        "habilitation__organisme", "habilitation__organisme__code", "habilitation__organisme__sigle"
    )
    return [
        {
            "code": ligne["habilitation__organisme__code"],
            "sigle": ligne["habilitation__organisme__sigle"],
            **{nom: ligne[nom] for nom in comptes},
            "total": sum(ligne[nom] for nom in comptes),
        }
        for ligne in lignes.annotate(**comptes).order_by("habilitation__organisme__sigle")
    ]


@habilitation_requise(Profil.ADMINISTRATEUR, Profil.RESPONSABLE)
def revue(request: HttpRequest) -> HttpResponse:
    """The habilitations that I answer for, to confirm with ticks or to end one by one."""
    en_cours = actions.campagne_ouverte()
    if request.method == "POST" and en_cours is not None:
        return _confirmer(request, en_cours)
    contexte: dict[str, Any] = {"campagne": en_cours}
    if en_cours is not None:
        lignes = actions.lignes_de(request.habilitation, en_cours)
        a_confirmer = lignes.filter(etat=EtatLigne.A_CONFIRMER).select_related(
            "habilitation__utilisateur", "habilitation__organisme"
        )
        contexte |= {
            "page": page_par_cle(
                a_confirmer.prefetch_related("habilitation__unites"), request,
                cles=("habilitation__utilisateur__last_name", "pk"), taille=50,
            ),
            "repondues": lignes.exclude(etat=EtatLigne.A_CONFIRMER).count(),
            "reste": a_confirmer.count(),
        }  # fmt: skip
    return render(request, "partners/revues/revue.html", contexte)


def _confirmer(request: HttpRequest, en_cours: CampagneRevue) -> HttpResponse:
    choisies = [int(pk) for pk in request.POST.getlist("ligne") if pk.isdecimal() and len(pk) < 19]
    try:
        nombre = actions.confirmer(request.habilitation, en_cours, choisies)
    except ActionRefusee as refus:
        messages.error(request, refus.message)
    else:
        messages.success(
            request, "Habilitation confirmée." if nombre == 1 else f"{nombre} habilitations confirmées."
        )
    return redirect("habilitations:revue")


@habilitation_requise(Profil.ADMINISTRATEUR, Profil.RESPONSABLE)
@renfort_requis
def terminer(request: HttpRequest, pk: int) -> HttpResponse:
    """End one habilitation in the review, with the reason."""
    ligne = get_object_or_404(
        LigneRevue.objects.filter(
            etat=EtatLigne.A_CONFIRMER, campagne__etat=EtatCampagne.OUVERTE
        ).select_related("campagne", "habilitation__utilisateur", "habilitation__organisme"),
        pk=pk,
    )
    cible = ligne.habilitation
    if not policies.gere(request.habilitation, cible):
        raise AccesRefuse(motif="ligne de revue d’un autre organisme")
    initial = {"version": cible.version}
    form = FormulaireDepart(request.POST or None, initial=initial, successeurs=successeurs(cible))
    if form.is_valid():
        try:
            actions.terminer(
                request.habilitation, ligne, form.cleaned_data["motif"], form.cleaned_data["successeur"]
            )
        except ActionRefusee as refus:
            ajouter_refus(form, refus)
        else:
            messages.success(request, "Habilitation close.")
            return redirect("habilitations:bilan", cible.pk)
    contexte = {"cible": cible, "form": form, "ligne": ligne}
    return render(request, "partners/revues/terminer.html", contexte)
