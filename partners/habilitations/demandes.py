"""One's own habilitations: asking, accepting the charter, giving up, asking back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.ecriture import Personne
from dossierunique.journal.refus import AccesRefuse
from dossierunique.ui.formulaires import ajouter_refus
from partners.comptes.models import Utilisateur
from partners.comptes.renfort import renfort_requis
from partners.habilitations import parcours, policies
from partners.habilitations.forms import FormulaireDemande, FormulaireOrganisme
from partners.habilitations.models import EtatHabilitation, Habilitation, Profil
from partners.organismes.models import Organisme


@login_required
def miennes(request: HttpRequest) -> HttpResponse:
    """What I hold, what I asked for and where it stands, what has ended."""
    toutes = (
        Habilitation.objects.filter(utilisateur=request.user.pk)
        .select_related("organisme", "demandee_par", "validee_par", "charte")
        .prefetch_related("unites")
        .order_by("-pk")
    )
    lignes = list(toutes[:50])
    vivantes = [h for h in lignes if h.etat != EtatHabilitation.CLOSE]
    charte = parcours.charte_en_vigueur()
    a_accepter = {h.pk for h in vivantes if charte and parcours.reste_a_accepter(h, charte)}
    en_pause = [h for h in vivantes if h.etat == EtatHabilitation.SUSPENDUE and not h.reprise_demandee_le]
    contexte = {
        "vivantes": vivantes,
        "closes": [h for h in lignes if h.etat == EtatHabilitation.CLOSE][:10],
        "charte": charte,
        "a_accepter": a_accepter,
        # One filled button a screen: what waits for her comes before a new request.
        "attendue": bool(a_accepter or en_pause),
    }
    return render(request, "partners/habilitations/miennes.html", contexte)


@login_required
def demander(request: HttpRequest) -> HttpResponse:
    """First the organisme, then what depends on it; a responsable asks for one of his people."""
    cible = _cible(request)
    if cible.pk != request.user.pk:
        return _demander_pour_un_autre(request, cible)
    choix = FormulaireOrganisme(request.GET if "organisme" in request.GET else None)
    if not choix.is_valid():
        return render(request, "partners/habilitations/demander_organisme.html", {"choix": choix})
    return _demander(request, cible, Personne(request.user), choix.cleaned_data["organisme"], choix)


@renfort_requis
def _demander_pour_un_autre(request: HttpRequest, cible: Utilisateur) -> HttpResponse:
    # It is validated by that: as sensitive as a validation.
    return _demander(request, cible, request.habilitation, request.habilitation.organisme)


def _demander(
    request: HttpRequest,
    cible: Utilisateur,
    par: parcours.Demandeur,
    organisme: Organisme,
    choix: FormulaireOrganisme | None = None,
) -> HttpResponse:
    form = FormulaireDemande(request.POST or None, organisme=organisme)
    if form.is_valid():
        try:
            demande = parcours.demander(par, cible, organisme, **form.cleaned_data)
        except ActionRefusee as refus:
            ajouter_refus(form, refus)
        else:
            return _apres(request, demande)
    contexte = {"form": form, "organisme": organisme, "cible": cible, "choix": choix}
    return render(request, "partners/habilitations/demander.html", contexte)


def _cible(request: HttpRequest) -> Utilisateur:
    """Oneself, or one of the people of the organisme that one is responsable of."""
    saisie = request.GET.get("personne", "")
    if not saisie:
        return request.user  # type: ignore[return-value]
    par = request.habilitation
    if not saisie.isdecimal() or par is None or not policies.est_responsable(par, par.organisme_id):
        raise AccesRefuse(motif="habilitation demandée pour un autre")
    siens = Habilitation.objects.filter(organisme=par.organisme_id).values("utilisateur")
    return get_object_or_404(Utilisateur, pk__in=siens, pk=int(saisie))


def _apres(request: HttpRequest, demande: Habilitation) -> HttpResponse:
    if demande.utilisateur_id != request.user.pk:
        messages.success(request, "Demande envoyée à la CNMSS : votre validation est acquise.")
        return redirect("habilitations:equipe")
    messages.success(request, "Demande envoyée : vous serez prévenu à chaque étape.")
    if demande.profil == Profil.CORRESPONDANT:
        return redirect("habilitations:charte", demande.pk)
    return redirect("habilitations:miennes")


def _mienne(request: HttpRequest, pk: int) -> Habilitation:
    return get_object_or_404(
        Habilitation.objects.select_related("organisme", "charte"), pk=pk, utilisateur=request.user.pk
    )


@login_required
def charte(request: HttpRequest, pk: int) -> HttpResponse:
    """The charter, to read and accept."""
    habilitation = _mienne(request, pk)
    texte = parcours.charte_en_vigueur()
    if habilitation.profil != Profil.CORRESPONDANT or texte is None:
        raise AccesRefuse(motif="charte sans objet")
    if request.method == "POST":
        try:
            parcours.accepter_charte(request.user, habilitation, texte)  # type: ignore[arg-type]
        except ActionRefusee as refus:
            messages.error(request, refus.message)
        else:
            messages.success(request, "Charte acceptée : la date et la version sont gardées.")
        return redirect("habilitations:miennes")
    contexte = {
        "cible": habilitation,
        "charte": texte,
        "acceptee": not parcours.reste_a_accepter(habilitation, texte),
    }
    return render(request, "partners/habilitations/charte.html", contexte)


@require_POST
@login_required
def annuler(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up my request."""
    try:
        parcours.annuler(request.user, _mienne(request, pk))  # type: ignore[arg-type]
        messages.success(request, "Demande retirée.")
    except ActionRefusee as refus:
        messages.error(request, refus.message)
    return redirect("habilitations:miennes")


@require_POST
@login_required
def demander_reprise(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask back my suspended habilitation."""
    try:
        parcours.demander_reprise(request.user, _mienne(request, pk))  # type: ignore[arg-type]
        messages.success(request, "Reprise demandée : ceux qui décident sont prévenus.")
    except ActionRefusee as refus:
        messages.error(request, refus.message)
    return redirect("habilitations:miennes")
