"""Accounts in the administration space."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dossierunique.erreurs import ActionRefusee
from dossierunique.ui.formulaires import ajouter_refus
from dossierunique.ui.pagination import page_par_cle
from partners.comptes import actions
from partners.comptes.forms import FormulaireUtilisateur
from partners.comptes.models import Utilisateur
from partners.comptes.recherche import utilisateurs
from partners.habilitations.acces import habilitation_requise
from partners.habilitations.histoire import histoire
from partners.habilitations.models import EtatHabilitation, Habilitation, Profil

VIVANTES = (
    Habilitation.objects.exclude(etat=EtatHabilitation.CLOSE).select_related("organisme").order_by("pk")
)


@habilitation_requise(Profil.ADMINISTRATEUR)
def liste(request: HttpRequest) -> HttpResponse:
    recherche = request.GET.get("q", "").strip()[:100]
    lignes = utilisateurs(recherche).prefetch_related(Prefetch("habilitations", VIVANTES, to_attr="vivantes"))
    page = page_par_cle(lignes, request, cles=("cle_nom", "cle_prenom", "pk"))
    return render(request, "partners/administration/utilisateurs.html", {"page": page, "q": recherche})


@habilitation_requise(Profil.ADMINISTRATEUR)
def nouveau(request: HttpRequest) -> HttpResponse:
    form = FormulaireUtilisateur(request.POST or None)
    if form.is_valid():
        try:
            utilisateur = actions.creer_utilisateur(request.habilitation, **form.cleaned_data)
        except ActionRefusee as refus:
            ajouter_refus(form, refus)
        else:
            messages.success(
                request, f"Compte ouvert : un lien part à {utilisateur.email}. Accordez une habilitation."
            )
            return redirect("administration:accorder", utilisateur.pk)
    return render(request, "partners/administration/utilisateur_nouveau.html", {"form": form})


@habilitation_requise(Profil.ADMINISTRATEUR)
def fiche(request: HttpRequest, pk: int) -> HttpResponse:
    utilisateur = get_object_or_404(Utilisateur, pk=pk)
    habilitations = (
        utilisateur.habilitations.select_related("organisme", "accordee_par")
        .prefetch_related("unites")
        .order_by("-pk")
    )
    contexte = {
        "utilisateur": utilisateur,
        "habilitations": habilitations,
        "histoire": histoire(utilisateur),
        "soi_meme": utilisateur.pk == request.user.pk,
    }
    return render(request, "partners/administration/utilisateur.html", contexte)


@require_POST
@habilitation_requise(Profil.ADMINISTRATEUR)
def inviter(request: HttpRequest, pk: int) -> HttpResponse:
    utilisateur = get_object_or_404(Utilisateur, pk=pk)
    try:
        actions.renvoyer_invitation(request.habilitation, utilisateur)
        messages.success(request, f"Un nouveau lien part à {utilisateur.email}.")
    except ActionRefusee as refus:
        messages.error(request, refus.message)
    return redirect("administration:utilisateur", pk)
