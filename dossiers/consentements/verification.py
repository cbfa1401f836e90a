"""The gestionnaire's basket of proofs to confirm, and the paper beside what was recorded of it."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from dossiers.consentements.confirmations import (
    confirmer_preuve,
    limite,
    peut_juger,
    rejeter_preuve,
)
from dossiers.consentements.forms import RejetPreuve
from dossiers.consentements.models import Consentement, PreuveAConfirmer
from dossiers.partages.models import Partage
from dossiers.partages.policies import dossier_visible, exiger
from dossiers.partages.profils import Droit
from dossiers.vues import contexte_dossier, tenter
from dossierunique.erreurs import ActionRefusee
from dossierunique.fichiers import lecture
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.ui.pagination import compte_borne, page_par_cle
from partners.habilitations.acces import habilitation_requise
from partners.models import Habilitation

BORNE = 200
LECTURE = timedelta(minutes=15)
AUTEUR = ("enregistre_par__utilisateur", "enregistre_par__organisme")


def _a_verifier(habilitation: Habilitation) -> QuerySet[PreuveAConfirmer]:
    """The proofs that wait in the dossiers that this habilitation reads."""
    lus = Partage.objects.visibles_par(habilitation).filter(dossier=OuterRef("dossier"))
    return PreuveAConfirmer.objects.filter(Exists(lus))


def _des_autres(habilitation: Habilitation) -> QuerySet[PreuveAConfirmer]:
    return _a_verifier(habilitation).exclude(
        consentement__enregistre_par__utilisateur=habilitation.utilisateur_id
    )


@require_GET
@habilitation_requise()
def corbeille(request: HttpRequest) -> HttpResponse:
    """Proofs to confirm, oldest first; one's own recordings apart, for somebody else."""
    exiger(request.habilitation, Droit.CONFIRMER_CONSENTEMENT)
    siennes = request.GET.get("voir") == "les-miennes"
    tous = _a_verifier(request.habilitation)
    autres = _des_autres(request.habilitation)
    miennes = tous.filter(consentement__enregistre_par__utilisateur=request.habilitation.utilisateur_id)
    lignes = (miennes if siennes else autres).select_related(
        "dossier__assure", "dossier__unite", *(f"consentement__{champ}" for champ in AUTEUR)
    )
    page = page_par_cle(lignes, request, cles=("depuis", "consentement_id"))
    for attente in page:
        attente.limite = limite(attente)
    journaliser(
        request.habilitation, Acte.LISTER, objets=list(dict.fromkeys(a.dossier.numero for a in page)),
        details={"liste": "preuves"},
    )  # fmt: skip
    contexte = {
        "page": page,
        "siennes": siennes,
        "aujourdhui": timezone.localdate(),
        "comptes": {"autres": compte_borne(autres, BORNE), "miennes": compte_borne(miennes, BORNE)},
    }
    return render(request, "dossiers/consentements/a_confirmer.html", contexte)


def _acte(habilitation: Habilitation, numero: str, pk: int) -> Consentement:
    dossier = dossier_visible(habilitation, numero)
    exiger(habilitation, Droit.CONFIRMER_CONSENTEMENT)
    acte = (
        dossier.consentements.filter(pk=pk)
        .select_related(
            "texte", "formulaire", "representant", "preuve", "attente", *AUTEUR,
            "confirmation__par__utilisateur",
        )
        .prefetch_related("lignes__organisme")
        .first()
    )  # fmt: skip
    if acte is None or not (acte.attendue or acte.avis):
        raise AccesRefuse(numero, "acte inconnu ou sans preuve à vérifier")
    acte.dossier = dossier
    return acte


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def verifier(request: HttpRequest, numero: str, pk: int) -> HttpResponse:
    """The scan beside the recorded choices: confirmed, or rejected with a reason."""
    acte = _acte(request.habilitation, numero, pk)
    if request.method == "POST" and request.POST.get("geste") == "confirmer":
        return _confirmer(request, acte)
    form = RejetPreuve(request.POST if request.method == "POST" else None)
    if form.is_valid() and tenter(
        form, lambda: rejeter_preuve(request.habilitation, acte, form.cleaned_data["motif"])
    ):
        messages.success(request, "Preuve rejetée\u00a0: le partage est fermé, et son auteur est prévenu.")
        return _suivante(request.habilitation)
    contexte = contexte_dossier(request.habilitation, acte.dossier, "consentement")
    contexte |= {
        "acte": acte,
        "form": form,
        "pages": range(1, acte.preuve.pages + 1) if acte.preuve and acte.preuve.disponible else (),
        "peut_juger": acte.attendue is not None and peut_juger(request.habilitation, acte),
        "limite": limite(acte.attendue) if acte.attendue else None,
    }
    _consulter(request.habilitation, acte)
    return render(
        request, "dossiers/consentements/verifier.html", contexte, status=422 if form.errors else 200
    )


def _consulter(habilitation: Habilitation, acte: Consentement) -> None:
    journaliser(
        habilitation, Acte.CONSULTER, acte.dossier.numero, details={"page": "preuve", "preuve": acte.pk}
    )


def _vient_de_consulter(habilitation: Habilitation, acte: Consentement) -> bool:
    """Whether the journal already tells of this reading: the page that shows the images has been asked for."""
    return LigneJournal.objects.filter(
        utilisateur_id=habilitation.utilisateur_id, habilitation_id=habilitation.pk, action=Acte.CONSULTER,
        quand__gte=timezone.now() - LECTURE, objet=acte.dossier.numero, details__preuve=acte.pk,
    ).exists()  # fmt: skip


def _confirmer(request: HttpRequest, acte: Consentement) -> HttpResponse:
    try:
        confirmer_preuve(request.habilitation, acte)
    except ActionRefusee as refus:
        messages.error(request, refus.message)
        return redirect("consentements:verifier", acte.dossier.numero, acte.pk)
    messages.success(request, "Preuve confirmée.")
    return _suivante(request.habilitation)


def _suivante(habilitation: Habilitation) -> HttpResponse:
    """On to the next paper, or to the basket when it is empty."""
    suivante = (
        _des_autres(habilitation).select_related("dossier").order_by("depuis", "consentement_id").first()
    )
    if suivante is None:
        return redirect("preuves:corbeille")
    return redirect("consentements:verifier", suivante.dossier.numero, suivante.pk)


@require_GET
@habilitation_requise()
def page_de_preuve(request: HttpRequest, numero: str, pk: int, page: int) -> HttpResponse:
    """One page of the scan as an image: one reading is one row, whatever the number of pages."""
    acte = _acte(request.habilitation, numero, pk)
    if acte.preuve is None:
        raise AccesRefuse(numero, "acte sans preuve")
    try:
        png = lecture.apercu(acte.preuve, page)
    except (lecture.PageAbsente, lecture.FichierIndisponible):
        raise Http404 from None
    if not _vient_de_consulter(request.habilitation, acte):
        _consulter(request.habilitation, acte)
    return HttpResponse(png, content_type="image/png", headers={"Cache-Control": "private, no-store"})
