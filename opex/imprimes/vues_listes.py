"""A list of people who leave: filed, joined, tried, taken over; and what became of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dossiers.consentements.actions import destinataires
from dossiers.partages.models import Dossier
from dossiers.vues import executer, tenter, version_lue
from dossierunique import tableurs
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.ui.pagination import Page, page_lue, page_par_cle
from opex.imprimes import listes as actions
from opex.imprimes.acces import exiger_depart, lot_visible, lots_visibles
from opex.imprimes.colonnes import deviner, libelles
from opex.imprimes.forms_listes import FormColonnes, FormListe
from opex.imprimes.models import EtatLot, LotImport
from opex.imprimes.verification import (
    AUTRE_UNITE,
    CONSTATS,
    NOUVELLE,
    OUVRIR,
    REFUSEE,
    VERSION,
    bonnes,
    contenu,
    refusees,
)
from partners.habilitations.acces import habilitation_requise
from partners.models import Habilitation
from partners.organismes.models import Programme

PAR_PAGE = 100
PERIMEE = "La liste a changé depuis l’affichage de la page\u00a0: relisez-la avant d’agir."
A_PREPARER = (EtatLot.A_ASSOCIER, EtatLot.VERIFIE)
FAITS = {
    NOUVELLE: "Personne enregistrée, dossier ouvert.",
    OUVRIR: "Dossier OPEX ouvert.",
    VERSION: "Nouvelle version ajoutée.",
    REFUSEE: "Non reprise.",
}


@require_GET
@habilitation_requise()
def listes(request: HttpRequest) -> HttpResponse:
    """Every list, newest first."""
    exiger_depart(request.habilitation)
    lots = lots_visibles(request.habilitation).select_related("unite", "operation")
    page = page_par_cle(lots, request, cles=("-depose_le", "-pk"))
    journaliser(
        request.habilitation, Acte.LISTER, objets=[str(lot.reference) for lot in page],
        details={"liste": "listes de départ"},
    )  # fmt: skip
    return render(request, "opex/imprimes/listes.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def importer(request: HttpRequest) -> HttpResponse:
    """File a list: it is read at once, and its file is not kept."""
    exiger_depart(request.habilitation)
    recu = request.method == "POST"
    form = FormListe(
        request.POST if recu else None, request.FILES if recu else None, habilitation=request.habilitation
    )
    if recu and form.is_valid():
        propres = form.cleaned_data
        lot = tenter(
            form,
            lambda: actions.deposer_liste(
                request.habilitation, form.tableau, nom=propres["fichier"].name or "liste", unite=propres["unite"],
                operation=propres["operation"], depart_le=propres["depart_le"],
            ),
        )  # fmt: skip
        if lot:
            return redirect("imprimes:colonnes", lot.reference)
    return render(request, "opex/imprimes/importer.html", {"form": form}, status=422 if form.errors else 200)


def _en_preparation(request: HttpRequest, reference: UUID) -> LotImport | None:
    """The list, while it may still be changed."""
    lot = lot_visible(request.habilitation, reference)
    if lot.etat in A_PREPARER:
        return lot
    messages.info(request, actions.DEJA_LANCEE)
    return None


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def colonnes(request: HttpRequest, reference: UUID) -> HttpResponse:
    """What each column is: guessed, then said; the list is tried with it."""
    lot = _en_preparation(request, reference)
    if lot is None:
        return redirect("imprimes:lot", reference)
    organismes, cellules = destinataires(Programme.OPEX), contenu(lot)
    form = FormColonnes(
        request.POST if request.method == "POST" else None, contenu=cellules, choix=libelles(organismes),
        associees=lot.colonnes or deviner(cellules["titres"], organismes), initial={"version": lot.version},
    )  # fmt: skip
    if form.is_bound and form.is_valid() and tenter(
        form,
        lambda: actions.associer_colonnes(
            request.habilitation, lot, form.association(), form.cleaned_data["version"]
        ),
    ):  # fmt: skip
        return redirect("imprimes:lot", reference)
    journaliser(request.habilitation, Acte.CONSULTER, str(reference), details={"page": "colonnes"})
    contexte = {"form": form, "lot": lot}
    return render(request, "opex/imprimes/colonnes.html", contexte, status=422 if form.errors else 200)


@never_cache
@require_GET
@habilitation_requise()
def lot(request: HttpRequest, reference: UUID) -> HttpResponse:
    """The report of a list: what each line would do, or did."""
    tenu = lot_visible(request.habilitation, reference)
    if tenu.etat == EtatLot.A_ASSOCIER:
        return redirect("imprimes:colonnes", reference)
    voir = request.GET.get("voir", "")
    page = _page(request, tenu, voir)
    numeros = _nommer(request.habilitation, page.lignes)
    journaliser(
        request.habilitation, Acte.CONSULTER, str(reference), objets=numeros,
        details={"page": "liste de départ", "etat": tenu.etat},
    )  # fmt: skip
    contexte = {"lot": tenu, "page": page, "voir": voir, **_comptes(tenu)}
    return render(request, "opex/imprimes/lot.html", contexte)


def _nommer(habilitation: Habilitation, lignes: list[dict[str, Any]]) -> list[str]:
    """Put beside each dossier the name of its person, for who reads it; the numbers shown."""
    numeros = [ligne["dossier"] for ligne in lignes if ligne.get("dossier")]
    lus = Dossier.objects.filter(numero__in=numeros).visibles_par(habilitation).select_related("assure")
    noms = {dossier.numero: str(dossier.assure) for dossier in lus}
    for ligne in lignes:
        if ligne.get("dossier"):
            # Lent, or moved to another unit since: the number is not shown either.
            ligne |= {"nom": noms.get(ligne["dossier"], ligne["nom"])}
            ligne["dossier"] = ligne["dossier"] if ligne["dossier"] in noms else ""
    return sorted(noms)


def _comptes(lot: LotImport) -> dict[str, Any]:
    faits = [entree.get("fait") for entree in lot.rapport]
    return {
        "bonnes": len(bonnes(lot.rapport)),
        "refusees": len(refusees(lot.rapport)),
        "faites": sum(fait is not None for fait in faits),
        "ouverts": sum(fait in (NOUVELLE, OUVRIR) for fait in faits),
        "versions": faits.count(VERSION),
    }


def _page(request: HttpRequest, lot: LotImport, voir: str) -> Page:
    """A slice of the report, in the order of the list."""
    voulues = refusees(lot.rapport) if voir == "erreurs" else lot.rapport

    def lire(repere: list[str] | None, a_rebours: bool, combien: int) -> list[dict[str, Any]]:
        rangees = voulues[::-1] if a_rebours else voulues
        if repere:
            limite = int(repere[0])
            rangees = [e for e in rangees if (e["ligne"] < limite if a_rebours else e["ligne"] > limite)]
        return rangees[:combien]

    page = page_lue(lire, request, cles=("ligne",), taille=PAR_PAGE)
    noms = _noms(lot)
    page.lignes = [entree | {"nom": noms.get(entree["ligne"], ""), **_mots(entree)} for entree in page]
    return page


def _mots(entree: dict[str, Any]) -> dict[str, str]:
    fait = entree.get("fait")
    texte = FAITS[fait] if fait else CONSTATS[entree["constat"]]
    if entree.get("autre_unite"):
        texte += f" {AUTRE_UNITE}"
    refusee = REFUSEE in (fait, entree["constat"])
    return {"texte": texte, "ton": "refus" if refusee else "accord" if fait else "info"}


def _noms(lot: LotImport) -> dict[int, str]:
    """Names as the list writes them, while it is kept."""
    a_lire = [int(colonne) for code in ("nom", "prenoms") for colonne, c in lot.colonnes.items() if c == code]
    return {
        numero: " ".join(cellules[colonne] for colonne in a_lire)
        for numero, cellules in contenu(lot)["lignes"]
    }


@require_POST
@habilitation_requise()
def reprendre(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Promise the job that takes the good lines over."""
    tenu = lot_visible(request.habilitation, reference)
    return executer(
        request, lambda: actions.lancer_reprise(request.habilitation, tenu, version_lue(request) or 0),
        "La reprise est lancée. Cette page en dit l’avancement\u00a0; vous pouvez la quitter.",
        "imprimes:lot", reference, perime=PERIMEE,
    )  # fmt: skip


@require_POST
@habilitation_requise()
def abandonner(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Give a list up."""
    tenu = lot_visible(request.habilitation, reference)
    return executer(
        request, lambda: actions.abandonner_liste(request.habilitation, tenu, version_lue(request) or 0),
        "La liste est abandonnée, et son contenu effacé.", "imprimes:lot", reference, perime=PERIMEE,
    )  # fmt: skip


@never_cache
@require_GET
@habilitation_requise()
def erreurs(request: HttpRequest, reference: UUID) -> HttpResponse:
    """The lines to correct (CSV): their number and what is wrong, nothing of the person."""
    tenu = lot_visible(request.habilitation, reference)
    if tenu.etat == EtatLot.ABANDONNE:
        raise AccesRefuse(str(reference), "liste abandonnée")
    lignes = [
        (str(entree["ligne"]), erreur["champ"], erreur["message"])
        for entree in refusees(tenu.rapport)
        for erreur in entree["erreurs"]
    ]
    journaliser(
        request.habilitation,
        Acte.EXPORTER,
        str(reference),
        details={"export": "erreurs", "lignes": len(lignes)},
    )
    octets = tableurs.en_csv([("Ligne", "Colonne", "À corriger"), *lignes])
    reponse = HttpResponse(octets, content_type="text/csv; charset=utf-8")
    reponse["Content-Disposition"] = 'attachment; filename="lignes-a-corriger.csv"'
    return reponse
