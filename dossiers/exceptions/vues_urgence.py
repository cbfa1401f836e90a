"""Bris de glace: asking for it, giving it back, and the DPO's review."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dossiers.exceptions import urgence
from dossiers.exceptions.forms import FormExamen, FormUrgence
from dossiers.exceptions.listes import actes_pendant, bris_visibles
from dossiers.exceptions.models import BrisDeGlace, EtatExamen
from dossiers.exceptions.urgence import Constat
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossiers.vues import ONGLETS, executer, tenter
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.securite.identite import systeme
from dossierunique.ui.formats import ABSENT, heure
from dossierunique.ui.pagination import compte_borne, page_par_cle
from partners.comptes.renfort import renfort_requis
from partners.habilitations.acces import habilitation_requise
from partners.models import Habilitation

LES_MIENS = 10
BORNE = 99
INTROUVABLE = (
    "Aucun dossier ne correspond à ce que vous avez saisi. Relisez le numéro, ou le NIR et la date de naissance ; la "
    "personne n’a peut-être pas de dossier. Cet essai est inscrit au journal."
)
FILTRES = {
    "a-examiner": ("À examiner", EtatExamen.A_EXAMINER),
    "justifies": ("Justifiés", EtatExamen.JUSTIFIE),
    "injustifies": ("Injustifiés", EtatExamen.INJUSTIFIE),
    "tous": ("Tous", ""),
}


@never_cache
@sensitive_post_parameters("nir", "naissance")
@require_http_methods(["GET", "HEAD", "POST"])
@habilitation_requise()
@renfort_requis
def demander(request: HttpRequest) -> HttpResponse:
    """Open a dossier in an emergency. What is typed is compared with nothing before the whole form is confirmed."""
    exiger(request.habilitation, Droit.BRISER_LA_GLACE)
    form = FormUrgence(request.POST if request.method == "POST" else None)
    if form.is_valid() and (suite := _ouvrir(request, form)):
        return suite
    les_miens = _les_miens(request.habilitation)
    if request.method != "POST":
        journaliser(request.habilitation, Acte.LISTER, objets=[b.dossier.numero for b in les_miens])
    contexte = {"form": form, "les_miens": les_miens, "minutes": settings.BRIS_DE_GLACE_MINUTES}
    return render(request, "dossiers/exceptions/urgence.html", contexte, status=422 if form.errors else 200)


def _ouvrir(request: HttpRequest, form: FormUrgence) -> HttpResponse | None:
    propres = form.cleaned_data
    resultat = tenter(
        form,
        lambda: urgence.briser_la_glace(
            request.habilitation, form.cible(), genre=propres["genre"], motif=propres["motif"]
        ),
    )
    if resultat is None:
        return None
    if resultat.constat is Constat.INTROUVABLE:
        form.add_error(None, INTROUVABLE)
        return None
    if resultat.constat is Constat.DEJA_LU:
        messages.info(request, "Vous lisez déjà ce dossier : aucun accès d’urgence n’a été ouvert.")
    return redirect("dossiers:apercu", resultat.numero)


def _les_miens(habilitation: Habilitation) -> list[BrisDeGlace]:
    # Once over, they name dossiers that their author does not read any more.
    with systeme("mes-bris-de-glace"):
        lignes = BrisDeGlace.objects.filter(habilitation=habilitation.pk).select_related("dossier")
        return list(lignes[:LES_MIENS])


@require_POST
@habilitation_requise()
def terminer(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Give back at once what was opened."""
    bris = next((b for b in _les_miens(request.habilitation) if b.reference == reference), None)
    if bris is None:
        raise AccesRefuse(str(reference), "bris de glace inconnu")
    return executer(
        request,
        lambda: urgence.terminer_urgence(request.habilitation, bris),
        f"L’accès d’urgence au dossier {bris.dossier.numero} a pris fin.",
        "urgence:demander",
    )


@require_GET
@habilitation_requise()
def examens(request: HttpRequest) -> HttpResponse:
    """The bris de glace, those that wait for the DPO first."""
    exiger(request.habilitation, Droit.EXAMINER_BRIS)
    code = request.GET.get("voir", "")
    code = code if code in FILTRES else "a-examiner"
    lignes = _filtrer(bris_visibles(request.habilitation), code)
    # The oldest first while they wait.
    cles = ("depuis", "pk") if code == "a-examiner" else ("-depuis", "-pk")
    page = page_par_cle(lignes, request, cles=cles)
    journaliser(
        request.habilitation, Acte.LISTER, objets=list(dict.fromkeys(b.dossier.numero for b in page)),
        details={"liste": "bris de glace", "filtre": code},
    )  # fmt: skip
    nombre, au_dela = compte_borne(_filtrer(bris_visibles(request.habilitation), "a-examiner"), BORNE)
    choix = [{"code": c, "libelle": libelle, "courant": c == code} for c, (libelle, _) in FILTRES.items()]
    contexte = {"page": page, "choix": choix, "code": code, "nombre": nombre, "au_dela": au_dela}
    contexte["delai"] = settings.BRIS_DE_GLACE_EXAMEN_JOURS
    return render(request, "dossiers/exceptions/examens.html", contexte)


def _filtrer(lignes: QuerySet[BrisDeGlace], code: str) -> QuerySet[BrisDeGlace]:
    etat = FILTRES[code][1]
    return lignes.filter(etat=etat) if etat else lignes


@require_http_methods(["GET", "HEAD", "POST"])
@habilitation_requise()
def examen(request: HttpRequest, reference: UUID) -> HttpResponse:
    """One bris de glace: why, what was read, and the DPO's word."""
    exiger(request.habilitation, Droit.EXAMINER_BRIS)
    bris = bris_visibles(request.habilitation).filter(reference=reference).first()
    if bris is None:
        raise AccesRefuse(str(reference), "bris de glace inconnu")
    form = FormExamen(request.POST if request.method == "POST" else None)
    if form.is_valid():
        examine = tenter(form, lambda: urgence.examiner(request.habilitation, bris, **form.cleaned_data))
        if examine:
            messages.success(
                request, f"L’accès du {heure(bris.depuis)} est jugé {examine.get_etat_display()}."
            )
            return redirect("urgence:examens")
    journaliser(
        request.habilitation,
        Acte.CONSULTER,
        bris.dossier.numero,
        details={"page": "examen d’un bris de glace"},
    )
    contexte = {"bris": bris, "form": form, "actes": _preciser(actes_pendant(bris))}
    contexte["a_soi"] = bris.habilitation.utilisateur_id == request.habilitation.utilisateur_id
    return render(request, "dossiers/exceptions/examen.html", contexte, status=422 if form.errors else 200)


def _preciser(lignes: list[LigneJournal]) -> list[LigneJournal]:
    """Say in words what each row of the journal touched."""
    onglets = {code: libelle for code, libelle, _, _ in ONGLETS}
    for ligne in lignes:
        page = ligne.details.get("page", "")
        precision = onglets.get(page) or page.replace("_", " ") or ligne.details.get("geste") or ligne.motif
        if "piece" in ligne.details:
            precision = "une pièce"
        ligne.precision = precision or ABSENT  # type: ignore[attr-defined]
    return lignes
