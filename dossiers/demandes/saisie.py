"""Writing a demande: a draft saved at each step, read again as a whole, then filed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dossiers.demandes import actions
from dossiers.demandes.beneficiaires import nouvel_ayant_droit
from dossiers.demandes.etats import EtatDemande
from dossiers.demandes.forms import FormBesoin, FormCout, FormVersion, budgets
from dossiers.demandes.models import Demande
from dossiers.demandes.relecture import totaux, tout
from dossiers.demandes.retour import retenir, version_lue
from dossiers.justificatifs.depots import contexte_depot
from dossiers.partages.models import Dossier
from dossiers.partages.policies import dossier_visible, exiger_sur
from dossiers.partages.profils import Droit
from dossiers.vues import demande_visible, tenter
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.ui.formulaires import differences
from partners.habilitations.acces import habilitation_requise

ETAPES = (
    ("besoin", "Besoin"),
    ("ressources", "Ressources"),
    ("cout", "Coût"),
    ("pieces", "Pièces"),
    ("recapitulatif", "Relecture"),
)
lire_ou_enregistrer = require_http_methods(["GET", "HEAD", "POST"])


def etape(vue: Callable[[HttpRequest, Demande], HttpResponse]) -> Callable[..., HttpResponse]:
    """The draft of this number, for who may write it; a demande already filed sends to its own pages."""

    @lire_ou_enregistrer
    @habilitation_requise()
    @wraps(vue)
    def garde(request: HttpRequest, numero: str) -> HttpResponse:
        demande = demande_visible(request.habilitation, numero)
        exiger_sur(request.habilitation, Droit.DEPOSER_DEMANDE, demande.dossier)
        if demande.etat != EtatDemande.BROUILLON:
            return _plus_un_brouillon(request, demande)
        return vue(request, demande)

    return garde


def _plus_un_brouillon(request: HttpRequest, demande: Demande) -> HttpResponse:
    if demande.soumise_le is None:
        messages.info(request, f"La demande {demande.numero} a été abandonnée.")
        return redirect("dossiers:apercu", demande.dossier.numero)
    if request.method == "POST" and "deposer" in request.POST:
        return redirect("demandes:depose", demande.numero)
    messages.info(request, "La demande est déposée : elle ne se modifie plus.")
    return redirect("demandes:detail", demande.numero)


def _etapes(demande: Demande | None, courante: str) -> list[dict[str, Any]]:
    """The steps with what is already filled; each one can be reached once the draft exists."""
    faites = _faites(demande) if demande else frozenset()
    return [
        {
            "libelle": libelle,
            "statut": "ici" if code == courante else "fait" if code in faites else "",
            "url": reverse(f"demandes:{code}", args=[demande.numero]) if demande else "",
        }
        for code, libelle in ETAPES
    ]


def _faites(demande: Demande) -> frozenset[str]:
    remplies = {
        "besoin": bool(demande.besoin.strip()),
        "ressources": demande.budget.exists(),
        "cout": demande.cout is not None,
        "pieces": demande.justificatifs.exclude(etat="remplace").exists(),
    }
    return frozenset(code for code, remplie in remplies.items() if remplie)


def _page(request: HttpRequest, demande: Demande, courante: str, **contexte: Any) -> HttpResponse:
    journaliser(request.habilitation, Acte.CONSULTER, demande.dossier.numero, details={"page": courante})
    rang = [code for code, _ in ETAPES].index(courante)
    formulaire = contexte.get("form")
    refuse = request.method == "POST"
    contexte |= {
        "demande": demande,
        "dossier": demande.dossier,
        "etapes": _etapes(demande, courante),
        "precedente": reverse(f"demandes:{ETAPES[rang - 1][0]}", args=[demande.numero]) if rang else "",
        "conflit": _conflit(formulaire),
    }
    return render(request, f"dossiers/demandes/{courante}.html", contexte, status=422 if refuse else 200)


def _conflit(formulaire: forms.BaseForm | None) -> list[tuple[str, Any, Any]] | None:
    objet = getattr(formulaire, "conflit", None)
    return differences(formulaire, objet) if formulaire is not None and objet is not None else None


def _suite(request: HttpRequest, demande: Demande, courante: str) -> HttpResponse:
    """Where to go once a step is saved: the next one, the dossier, or the same page."""
    geste = request.POST.get("suite")
    if geste == "quitter":
        messages.success(request, f"Le brouillon {demande.numero} est enregistré dans ce dossier.")
        return redirect("dossiers:apercu", demande.dossier.numero)
    if geste == "rester":
        return redirect(f"demandes:{courante}", demande.numero)
    if geste == "ayant_droit":
        adresse = reverse("demandes:ayant_droit", args=[demande.dossier.numero])
        return redirect(f"{adresse}?demande={demande.numero}")
    codes = [code for code, _ in ETAPES]
    return redirect(f"demandes:{codes[codes.index(courante) + 1]}", demande.numero)


def _exigeant(request: HttpRequest) -> bool:
    """Whether a step must be whole: not when one saves it half-way to leave, or to add someone."""
    return request.POST.get("suite", "continuer") == "continuer"


def _fragment(request: HttpRequest, nom: str) -> bool:
    """Whether htmx asks for what follows from the figures being typed: nothing saved is read."""
    return request.method == "POST" and bool(request.htmx) and nom in request.GET


@lire_ou_enregistrer
@habilitation_requise()
def creer(request: HttpRequest, numero: str) -> HttpResponse:
    """First step of a new demande; the draft exists from here on."""
    dossier = dossier_visible(request.habilitation, numero)
    exiger_sur(request.habilitation, Droit.DEPOSER_DEMANDE, dossier)
    initial = nouvel_ayant_droit(request, dossier)
    form = FormBesoin(request.POST or None, dossier=dossier, exigeant=_exigeant(request), initial=initial)
    if form.is_valid():
        demande = tenter(form, lambda: actions.creer_demande(request.habilitation, dossier, form.champs()))
        if demande:
            return _suite(request, demande, "besoin")
    journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "creer"})
    contexte = {
        "dossier": dossier,
        "form": form,
        "etapes": _etapes(None, "besoin"),
        "brouillons": _brouillons(request, dossier),
    }
    return render(request, "dossiers/demandes/besoin.html", contexte, status=422 if form.is_bound else 200)


def _brouillons(request: HttpRequest, dossier: Dossier) -> list[Demande]:
    if request.method == "POST":
        return []
    return list(
        Demande.objects.filter(dossier=dossier, etat=EtatDemande.BROUILLON)
        .visibles_par(request.habilitation)
        .select_related("type_aide")[:5]
    )


@etape
def besoin(request: HttpRequest, demande: Demande) -> HttpResponse:
    """The first step of an existing draft."""
    initial = {nom: getattr(demande, nom) for nom in ("type_aide", "ayant_droit", "besoin", "version")}
    form = FormBesoin(
        request.POST or None, dossier=demande.dossier, exigeant=_exigeant(request),
        initial=initial | nouvel_ayant_droit(request, demande.dossier),
    )  # fmt: skip
    form.fields["version"].required = True
    if form.is_valid() and _enregistrer(request, demande, form, form.champs()):
        return _suite(request, demande, "besoin")
    return _page(request, demande, "besoin", form=form)


def _enregistrer(
    request: HttpRequest, demande: Demande, form: forms.Form, champs: dict[str, Any]
) -> Demande | None:
    return _ecrire(
        request,
        demande,
        form,
        lambda version: actions.enregistrer_etape(request.habilitation, demande, champs, version),
    )


def _ecrire(
    request: HttpRequest, demande: Demande, form: forms.Form, geste: Callable[[int], Demande]
) -> Demande | None:
    """Save over the version that the form was made from, or over one's own later ones."""
    version = version_lue(request, demande, form.cleaned_data["version"])
    ecrite = tenter(form, lambda: geste(version))
    if ecrite is not None:
        retenir(request, ecrite.numero, version, ecrite.version)
    return ecrite


@etape
def ressources(request: HttpRequest, demande: Demande) -> HttpResponse:
    """The household's monthly resources and charges."""
    recu = request.POST if request.method == "POST" else None
    form = FormVersion(recu, initial={"version": demande.version})
    ensembles = budgets(demande, recu)
    verdicts = [ensemble.is_valid() for ensemble in ensembles.values()]  # all of them: each shows its errors
    contexte = {"ensembles": ensembles, "totaux": totaux(ensembles)}
    if _fragment(request, "totaux"):
        return render(request, "dossiers/demandes/_totaux.html", contexte)
    if form.is_valid() and all(verdicts):
        lignes = [(nature, *ligne) for nature, lot in ensembles.items() for ligne in lot.lignes()]
        if _ecrire(
            request,
            demande,
            form,
            lambda version: actions.enregistrer_budget(request.habilitation, demande, lignes, version),
        ):
            return _suite(request, demande, "ressources")
    return _page(request, demande, "ressources", form=form, **contexte)


@etape
def cout(request: HttpRequest, demande: Demande) -> HttpResponse:
    """What the aid costs, what is covered, what is asked."""
    initial = {nom: getattr(demande, nom) for nom in FormCout.base_fields}
    form = FormCout(request.POST or None, initial=initial, exigeant=_exigeant(request))
    valide = form.is_valid()
    if _fragment(request, "reste"):
        return render(request, "dossiers/demandes/_a_financer.html", {"a_financer": form.a_financer()})
    if valide and _enregistrer(request, demande, form, form.champs()):
        return _suite(request, demande, "cout")
    a_financer = form.a_financer() if form.is_bound else demande.cout and demande.cout - demande.deja_couvert
    return _page(request, demande, "cout", form=form, a_financer=a_financer)


@etape
def pieces(request: HttpRequest, demande: Demande) -> HttpResponse:
    """The papers; each one is sent by its own form to `pieces:deposer`."""
    if request.method == "POST":
        return _suite(request, demande, "pieces")
    return _page(request, demande, "pieces", **contexte_depot(request.habilitation, demande))


@etape
def recapitulatif(request: HttpRequest, demande: Demande) -> HttpResponse:
    """Everything on one page before filing."""
    form = FormVersion(request.POST or None, initial={"version": demande.version})
    if form.is_valid() and "deposer" in request.POST:
        version = form.cleaned_data["version"]
        if tenter(form, lambda: actions.soumettre(request.habilitation, demande, version)):
            return redirect("demandes:depose", demande.numero)
        demande = demande_visible(request.habilitation, demande.numero)
        if demande.etat != EtatDemande.BROUILLON:
            return _plus_un_brouillon(request, demande)
    return _page(request, demande, "recapitulatif", form=form, **tout(request.habilitation, demande))
