"""Habilitations in the administration space: give, suspend, resume, end."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.ui.formulaires import ajouter_refus, relever_version
from partners.comptes.models import Utilisateur
from partners.comptes.renfort import renfort_requis
from partners.habilitations import actions
from partners.habilitations.acces import habilitation_requise
from partners.habilitations.forms import FormulaireHabilitation, FormulaireMotif, FormulaireOrganisme
from partners.habilitations.models import Habilitation, Profil


class Geste(NamedTuple):
    action: Any
    titre: str
    bouton: str
    fait: str
    consequences: tuple[str, ...]
    dangereux: bool = False
    motif_requis: bool = True


GESTES = {
    "suspendre": Geste(
        actions.suspendre,
        "Suspendre l’habilitation",
        "Suspendre",
        "Habilitation suspendue : la personne n’y a plus accès.",
        ("La personne perd l’accès à sa prochaine page.", "Vous pourrez la reprendre."),
        dangereux=True,
    ),
    "reprendre": Geste(
        actions.reprendre,
        "Reprendre l’habilitation",
        "Reprendre",
        "Habilitation reprise.",
        ("La personne retrouve l’accès aussitôt.",),
        motif_requis=False,
    ),
    "clore": Geste(
        actions.clore,
        "Clore l’habilitation",
        "Clore définitivement",
        "Habilitation close.",
        (
            "La personne perd l’accès à sa prochaine page.",
            "Une habilitation close ne se reprend pas : il en faudra une nouvelle.",
        ),
        dangereux=True,
    ),
}


@habilitation_requise(Profil.ADMINISTRATEUR)
@renfort_requis
def accorder(request: HttpRequest, pk: int) -> HttpResponse:
    """First the organisme, then what depends on it."""
    utilisateur = get_object_or_404(Utilisateur, pk=pk)
    choix = FormulaireOrganisme(request.GET if "organisme" in request.GET else None)
    if not choix.is_valid():
        contexte = {"utilisateur": utilisateur, "choix": choix}
        return render(request, "partners/administration/accorder_organisme.html", contexte)
    organisme = choix.cleaned_data["organisme"]
    form = FormulaireHabilitation(request.POST or None, organisme=organisme)
    if form.is_valid():
        try:
            actions.accorder(request.habilitation, utilisateur, organisme, **form.cleaned_data)
        except ActionRefusee as refus:
            ajouter_refus(form, refus)
        else:
            messages.success(request, f"Habilitation accordée à {utilisateur}.")
            return redirect("administration:utilisateur", utilisateur.pk)
    contexte = {"utilisateur": utilisateur, "organisme": organisme, "form": form}
    return render(request, "partners/administration/accorder.html", contexte)


@habilitation_requise(Profil.ADMINISTRATEUR)
@renfort_requis
def changer(request: HttpRequest, pk: int, geste: str) -> HttpResponse:
    """Confirmation, with the reason, of the three gestures on an habilitation."""
    if geste not in GESTES:
        raise Http404
    acte = GESTES[geste]
    habilitation = get_object_or_404(Habilitation.objects.select_related("utilisateur", "organisme"), pk=pk)
    initial = {"version": habilitation.version}
    form = FormulaireMotif(request.POST or None, initial=initial, motif_requis=acte.motif_requis)
    conflit = False
    if form.is_valid():
        try:
            acte.action(
                request.habilitation, habilitation, form.cleaned_data["motif"], form.cleaned_data["version"]
            )
        except ActionRefusee as refus:
            ajouter_refus(form, refus)
        except ModifieDepuis as depuis:
            conflit = True
            relever_version(form, depuis.objet.version)
        else:
            messages.success(request, acte.fait)
            return redirect("administration:utilisateur", habilitation.utilisateur_id)
    contexte = {"cible": habilitation, "acte": acte, "form": form, "conflit": conflit}
    return render(request, "partners/administration/changer.html", contexte, status=409 if conflit else 200)
