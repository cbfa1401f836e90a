"""Those in charge: what waits for their decision, the people of an organisme, one habilitation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.refus import AccesRefuse
from dossierunique.ui.formulaires import ajouter_refus, relever_version
from dossierunique.ui.pagination import page_par_cle
from partners.comptes.renfort import renfort_requis
from partners.habilitations import actions, listes, parcours, policies
from partners.habilitations.acces import habilitation_requise
from partners.habilitations.forms import FormulaireMotif
from partners.habilitations.models import EN_ATTENTE, CauseSuspension, EtatHabilitation, Habilitation, Profil
from partners.revues.actions import campagne_ouverte

EN_CHARGE = (Profil.ADMINISTRATEUR, Profil.RESPONSABLE)


@habilitation_requise(*EN_CHARGE)
def a_decider(request: HttpRequest) -> HttpResponse:
    """The requests that wait for me, oldest first, and the habilitations asked back."""
    demandes = listes.a_decider(request.habilitation).prefetch_related("unites")
    contexte = {
        "page": page_par_cle(demandes, request, cles=("demandee_le", "pk")),
        "reprises": listes.reprises(request.habilitation).order_by("reprise_demandee_le", "pk")[:50],
    }
    return render(request, "partners/habilitations/a_decider.html", contexte)


@habilitation_requise(*EN_CHARGE)
def demande(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what is asked, and the decision."""
    cible = _geree(request, pk)
    if request.method == "POST" and request.POST.get("decision") in DECISIONS:
        return _decider(request, cible)
    form = FormulaireMotif(initial={"version": cible.version}, motif_requis=False)
    return _montrer(request, cible, form)


def _montrer(
    request: HttpRequest, cible: Habilitation, form: FormulaireMotif, conflit: bool = False
) -> HttpResponse:
    contexte = {
        "cible": cible,
        "form": form,
        "conflit": conflit,
        "peut_valider": policies.peut_valider(request.habilitation, cible),
        "peut_activer": policies.peut_activer(request.habilitation, cible),
        "charte_attendue": cible.profil == Profil.CORRESPONDANT and not cible.charte_signee_le,
        "autres": policies.profils_detenus(cible.utilisateur, sauf=cible.pk),
        "etapes": _etapes(cible),
    }
    statut = 409 if conflit else 200
    return render(request, "partners/habilitations/demande.html", contexte, status=statut)


def _etapes(cible: Habilitation) -> list[dict[str, str]]:
    """Where the request stands, for the stepper."""
    sans_valideur = cible.validee_par_id is None and not policies.valideurs(cible).exists()
    noms = ["Demandée", "Activée par la CNMSS"]
    if not sans_valideur:
        noms.insert(1, f"Validée par {cible.organisme}")
    rang = {"demandee": 1, "validee": 2}.get(cible.etat, len(noms))
    faites = min(rang, len(noms))
    return [
        {"libelle": nom, "statut": "fait" if i < faites else "ici" if i == faites else ""}
        for i, nom in enumerate(noms)
    ]


DECISIONS = {
    "valider": (parcours.valider, "Demande validée : la CNMSS décide ensuite."),
    "activer": (parcours.activer, "Habilitation active : la personne est prévenue."),
    "refuser": (None, "Demande refusée : la personne est prévenue, avec le motif."),
}


@renfort_requis
def _decider(request: HttpRequest, cible: Habilitation) -> HttpResponse:
    decision = request.POST["decision"]
    geste, fait = DECISIONS[decision]
    form = FormulaireMotif(request.POST, motif_requis=geste is None)
    if not form.is_valid():
        return _montrer(request, cible, form)
    try:
        if geste is None:
            parcours.refuser(
                request.habilitation, cible, form.cleaned_data["motif"], form.cleaned_data["version"]
            )
        else:
            geste(request.habilitation, cible, form.cleaned_data["version"])
    except ActionRefusee as refus:
        ajouter_refus(form, refus)
        return _montrer(request, cible, form)
    except ModifieDepuis as depuis:
        relever_version(form, depuis.objet.version)
        return _montrer(request, _geree(request, cible.pk), form, conflit=True)
    messages.success(request, fait)
    return redirect("habilitations:a_decider")


@habilitation_requise(Profil.RESPONSABLE)
def equipe(request: HttpRequest) -> HttpResponse:
    """The people of my organisme and what they hold."""
    lignes = listes.equipe(request.habilitation)
    recherche = request.GET.get("q", "").strip()[:100]
    for mot in recherche.split()[:5]:
        lignes = lignes.filter(utilisateur__last_name__unaccent__icontains=mot) | lignes.filter(
            utilisateur__first_name__unaccent__icontains=mot
        )
    contexte = {
        "page": page_par_cle(
            lignes, request, cles=("utilisateur__last_name", "utilisateur__first_name", "pk")
        ),
        "q": recherche,
        "a_decider": listes.a_decider(request.habilitation).count(),
        "campagne": campagne_ouverte(),
    }
    return render(request, "partners/habilitations/equipe.html", contexte)


@habilitation_requise(*EN_CHARGE)
def personne(request: HttpRequest, pk: int) -> HttpResponse:
    """One habilitation of one's people."""
    cible = _geree(request, pk)
    if cible.etat in EN_ATTENTE:
        return redirect("habilitations:demande", pk)
    contexte = {
        "cible": cible,
        "reprenable": cible.etat == EtatHabilitation.SUSPENDUE
        and (policies.peut_administrer(request.habilitation) or cible.cause != CauseSuspension.DECISION),
        "depart": getattr(cible, "depart", None),
    }
    return render(request, "partners/habilitations/personne.html", contexte)


@require_POST
@habilitation_requise(*EN_CHARGE)
@renfort_requis
def reprendre(request: HttpRequest, pk: int) -> HttpResponse:
    """Give back what the calendar suspended."""
    cible = _geree(request, pk)
    try:
        actions.reprendre(request.habilitation, cible, "reprise demandée", cible.version)
        messages.success(request, "Habilitation reprise : la personne retrouve son accès.")
    except ActionRefusee as refus:
        messages.error(request, refus.message)
    return redirect("habilitations:personne", pk)


def _geree(request: HttpRequest, pk: int) -> Habilitation:
    """An habilitation that I look after, or nothing at all."""
    cible = get_object_or_404(
        Habilitation.objects.select_related(
            *listes.NOMMEES, "charte", "accordee_par", "depart"
        ).prefetch_related("unites"),
        pk=pk,
    )
    if not policies.gere(request.habilitation, cible):
        raise AccesRefuse(motif="habilitation d’un autre organisme")
    return cible
