"""A list taken into the directory: filed, joined, tried, applied; and what became of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from annuaire import policies
from annuaire.echanges import actions
from annuaire.echanges.actions import depot_visible, depots_visibles
from annuaire.echanges.colonnes import champs, deviner
from annuaire.echanges.essai import CHANGE, CREE, INCHANGE, REFUSE, compter
from annuaire.echanges.forms import FormColonnes, FormDepot
from annuaire.echanges.models import A_PREPARER, Depot, EtatDepot, Nature
from dossierunique import tableurs
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.ui.formulaires import enregistrer
from dossierunique.ui.pagination import Page, page_lue, page_par_cle
from partners.habilitations.acces import habilitation_requise

PAR_PAGE = 100
PERIMEE = "La liste a changé depuis l’affichage de la page : relisez-la avant d’agir."
A_RELIRE = (
    "L’annuaire a changé depuis l’essai : rien n’est écrit, relisez le nouveau résultat avant d’appliquer."
)
MOTS = {
    CREE: ("sera créée", "créée", "accord"),
    CHANGE: ("sera changée", "changée", "info"),
    INCHANGE: ("inchangée", "inchangée", "calme"),
    REFUSE: ("à corriger", "non reprise", "refus"),
}
FILTRES = {"creees": CREE, "changees": CHANGE, "inchangees": INCHANGE, "erreurs": REFUSE}


@require_GET
@habilitation_requise()
def listes(request: HttpRequest) -> HttpResponse:
    """Every list of the organismes that one keeps, newest first."""
    policies.exiger_tenue(request.habilitation)
    depots = depots_visibles(request.habilitation).select_related("organisme", "depose_par__utilisateur")
    page = page_par_cle(depots.defer("contenu", "rapport"), request, cles=("-depose_le", "-pk"))
    return render(request, "annuaire/echanges/listes.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def deposer(request: HttpRequest) -> HttpResponse:
    """File a list: it is read at once, and its file is not kept."""
    policies.exiger_tenue(request.habilitation)
    recu = request.method == "POST"
    form = FormDepot(
        request.POST if recu else None, request.FILES if recu else None, habilitation=request.habilitation
    )
    if recu and form.is_valid():
        propres = form.cleaned_data
        depot, _ = enregistrer(
            form,
            lambda: actions.deposer(
                request.habilitation, form.tableau, nature=propres["nature"],
                nom=propres["fichier"].name or "liste", organisme=propres["organisme"],
            ),
        )  # fmt: skip
        if depot:
            return redirect("annuaire:colonnes", depot.reference)
    contexte = {"form": form, "champs": {nature.label: champs(nature) for nature in Nature}}
    return render(request, "annuaire/echanges/deposer.html", contexte, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def colonnes(request: HttpRequest, reference: UUID) -> HttpResponse:
    """What each column is: guessed, then said; the list is tried with it."""
    depot = depot_visible(request.habilitation, reference)
    if depot.etat not in A_PREPARER:
        messages.info(request, actions.DEJA_FINIE)
        return redirect("annuaire:liste", reference)
    form = FormColonnes(
        request.POST if request.method == "POST" else None, depot=depot, initial={"version": depot.version},
        associees=depot.colonnes or deviner(depot.contenu["titres"], depot.nature),
    )  # fmt: skip
    conflit = None
    if form.is_bound and form.is_valid():
        fait, conflit = enregistrer(
            form,
            lambda: actions.associer(
                request.habilitation, depot, form.association(), form.cleaned_data["version"]
            ),
        )
        if fait:
            return redirect("annuaire:liste", reference)
    statut = 409 if conflit else 422 if form.errors else 200
    contexte = {"form": form, "depot": depot, "conflit": conflit, "requis": _requis(depot.nature)}
    return render(request, "annuaire/echanges/colonnes.html", contexte, status=statut)


def _requis(nature: str) -> str:
    return " et ".join(f"« {champ.libelle} »" for champ in champs(nature) if champ.requis)


@never_cache
@require_GET
@habilitation_requise()
def liste(request: HttpRequest, reference: UUID) -> HttpResponse:
    """The report of a list: what each line would do, or did."""
    depot = depot_visible(request.habilitation, reference)
    if depot.etat == EtatDepot.A_ASSOCIER:
        return redirect("annuaire:colonnes", reference)
    voir = request.GET.get("voir", "")
    comptes = compter(depot.rapport)
    contexte = {
        "depot": depot,
        "page": _page(request, depot, voir),
        "comptes": comptes,
        "ecrites": comptes[CREE] + comptes[CHANGE],
        "filtres": [
            (code, f"{mot.replace('_', ' ')} {comptes[FILTRES[code]]}") for code, mot in _LIBELLES.items()
        ],
        "voir": voir if voir in FILTRES else "",
    }
    return render(request, "annuaire/echanges/liste.html", contexte)


_LIBELLES = {"creees": "Créées", "changees": "Changées", "inchangees": "Inchangées", "erreurs": "À corriger"}


def _page(request: HttpRequest, depot: Depot, voir: str) -> Page:
    """A slice of the report, in the order of the list."""
    voulues = [e for e in depot.rapport if voir not in FILTRES or e["constat"] == FILTRES[voir]]

    def lire(repere: list[str] | None, a_rebours: bool, combien: int) -> list[dict[str, Any]]:
        rangees = voulues[::-1] if a_rebours else voulues
        if repere:
            limite = int(repere[0])
            rangees = [e for e in rangees if (e["ligne"] < limite if a_rebours else e["ligne"] > limite)]
        return rangees[:combien]

    page = page_lue(lire, request, cles=("ligne",), taille=PAR_PAGE)
    faite = depot.etat == EtatDepot.APPLIQUE
    page.lignes = [e | {"texte": MOTS[e["constat"]][faite], "ton": MOTS[e["constat"]][2]} for e in page]
    return page


@require_POST
@habilitation_requise()
def appliquer(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Write what the good lines say."""
    depot = depot_visible(request.habilitation, reference)

    def geste() -> None:
        fait = actions.appliquer(request.habilitation, depot, _version(request))
        if fait.etat == EtatDepot.APPLIQUE:
            messages.success(request, "La liste est appliquée : l’annuaire est à jour.")
        else:
            messages.warning(request, A_RELIRE)

    return _executer(request, geste, reference)


@require_POST
@habilitation_requise()
def abandonner(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Give a list up."""
    depot = depot_visible(request.habilitation, reference)

    def geste() -> None:
        actions.abandonner(request.habilitation, depot, _version(request))
        messages.success(request, "La liste est abandonnée, et son contenu effacé.")

    return _executer(request, geste, reference)


def _executer(request: HttpRequest, geste: Any, reference: UUID) -> HttpResponseRedirect:
    try:
        geste()
    except ActionRefusee as refus:
        messages.error(request, refus.message)
    except ModifieDepuis:
        messages.error(request, PERIMEE)
    return redirect("annuaire:liste", reference)


def _version(request: HttpRequest) -> int:
    lue = request.POST.get("version", "")
    return int(lue) if lue.isdecimal() and len(lue) < 10 else 0


@never_cache
@require_GET
@habilitation_requise()
def erreurs(request: HttpRequest, reference: UUID) -> HttpResponse:
    """The lines to correct (CSV): their number and what is wrong."""
    depot = depot_visible(request.habilitation, reference)
    lignes = [
        (str(entree["ligne"]), entree["nom"], erreur["champ"], erreur["message"])
        for entree in depot.rapport
        for erreur in entree["erreurs"]
    ]
    details = {"export": "erreurs de l’annuaire", "lignes": len(lignes)}
    journaliser(request.habilitation, Acte.EXPORTER, str(reference), details=details)
    octets = tableurs.en_csv([("Ligne", "Nom", "Colonne", "À corriger"), *lignes])
    reponse = HttpResponse(octets, content_type="text/csv; charset=utf-8")
    reponse["Content-Disposition"] = 'attachment; filename="lignes-a-corriger.csv"'
    return reponse
