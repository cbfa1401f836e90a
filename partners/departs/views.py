"""Leaving, changing unit, and what was handed over."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.ecriture import Personne
from dossierunique.journal.refus import AccesRefuse
from dossierunique.ui.formulaires import ajouter_refus, relever_version
from partners.comptes.renfort import renfort_requis
from partners.departs import actions
from partners.departs.models import Depart
from partners.habilitations import policies
from partners.habilitations.acces import habilitation_requise
from partners.habilitations.forms import FormulaireDepart, FormulaireMutation
from partners.habilitations.models import EtatHabilitation, Habilitation, Profil


def _acteur(request: HttpRequest, cible: Habilitation) -> actions.Acteur:
    """Oneself, or who looks after the habilitation; nobody else finds it."""
    if cible.utilisateur_id == request.user.pk:
        return Personne(request.user)
    if policies.gere(request.habilitation, cible):
        return request.habilitation
    raise AccesRefuse(motif="habilitation d’un autre")


def _vivante(pk: int) -> Habilitation:
    vivantes = Habilitation.objects.filter(etat__in=[EtatHabilitation.ACTIVE, EtatHabilitation.SUSPENDUE])
    return get_object_or_404(vivantes.select_related("utilisateur", "organisme"), pk=pk)


@login_required
def depart(request: HttpRequest, pk: int) -> HttpResponse:
    """Announce a departure: the access ends with this page."""
    cible = _vivante(pk)
    acteur = _acteur(request, cible)
    if cible.utilisateur_id != request.user.pk:
        return _depart_d_un_autre(request, cible, acteur)
    return _depart(request, cible, acteur)


@renfort_requis
def _depart_d_un_autre(request: HttpRequest, cible: Habilitation, acteur: actions.Acteur) -> HttpResponse:
    return _depart(request, cible, acteur)


def _depart(request: HttpRequest, cible: Habilitation, acteur: actions.Acteur) -> HttpResponse:
    initial = {"version": cible.version}
    form = FormulaireDepart(request.POST or None, initial=initial, successeurs=actions.successeurs(cible))

    def geste() -> Depart:
        return actions.partir(acteur, cible, **form.cleaned_data)

    return _quitter(request, cible, form, geste, "partners/departs/depart.html")


@habilitation_requise(Profil.ADMINISTRATEUR, Profil.RESPONSABLE)
@renfort_requis
def mutation(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a change of unit."""
    cible = _vivante(pk)
    if not policies.gere(request.habilitation, cible) or cible.profil != Profil.CORRESPONDANT:
        raise AccesRefuse(motif="mutation impossible")
    form = FormulaireMutation(
        request.POST or None, initial={"version": cible.version}, organisme=cible.organisme,
        successeurs=actions.successeurs(cible),
    )  # fmt: skip

    def geste() -> Depart:
        return actions.muter(request.habilitation, cible, **form.cleaned_data)

    return _quitter(request, cible, form, geste, "partners/departs/mutation.html")


def _quitter(
    request: HttpRequest,
    cible: Habilitation,
    form: FormulaireDepart,
    geste: Callable[[], Depart],
    gabarit: str,
) -> HttpResponse:
    conflit = False
    if form.is_valid():
        try:
            geste()
        except ActionRefusee as refus:
            ajouter_refus(form, refus)
        except ModifieDepuis as depuis:
            conflit = True
            relever_version(form, depuis.objet.version)
        else:
            messages.success(request, "L’accès est fermé dès maintenant.")
            return redirect("habilitations:bilan", cible.pk)
    contexte = {
        "cible": cible,
        "form": form,
        "conflit": conflit,
        "soi_meme": cible.utilisateur_id == request.user.pk,
    }
    return render(request, gabarit, contexte, status=409 if conflit else 200)


@login_required
def bilan(request: HttpRequest, pk: int) -> HttpResponse:
    """What was handed over, and to whom."""
    trouve = get_object_or_404(
        Depart.objects.select_related(
            "habilitation__utilisateur", "habilitation__organisme", "suite", "par", "successeur__utilisateur"
        ),
        habilitation=pk,
    )
    _acteur(request, trouve.habilitation)
    contexte = {
        "depart": trouve,
        "cible": trouve.habilitation,
        "soi_meme": trouve.habilitation.utilisateur_id == request.user.pk,
    }
    return render(request, "partners/departs/bilan.html", contexte)
