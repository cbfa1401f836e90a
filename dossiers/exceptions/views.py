"""Entrusting a dossier: the page of its loans, extending one, ending one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dossiers.exceptions import actions
from dossiers.exceptions.forms import FormPret, FormProlongation
from dossiers.exceptions.listes import PERSONNES_MAX, personnes, prets_de
from dossiers.exceptions.models import Pret
from dossiers.partages.models import Dossier
from dossiers.partages.policies import dossier_visible, exiger_sur
from dossiers.partages.profils import Droit
from dossiers.vues import contexte_dossier, executer, tenter
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.securite.identite import systeme
from dossierunique.securite.nir import saisie_suspecte
from dossierunique.ui.formats import jour
from dossierunique.ui.pagination import page_par_cle
from partners.habilitations.acces import habilitation_requise
from partners.models import Habilitation

lire_ou_enregistrer = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@lire_ou_enregistrer
@habilitation_requise()
def confier(request: HttpRequest, numero: str) -> HttpResponse:
    """The loans of a dossier, and a new one: look for a person, choose her, say until when and why."""
    dossier = dossier_visible(request.habilitation, numero)
    exiger_sur(request.habilitation, Droit.CONFIER, dossier)
    mots = request.GET.get("q", "")
    mots = "" if saisie_suspecte(mots) else mots
    trouvees = personnes(dossier, mots, request.habilitation)
    if request.htmx and request.method == "GET":  # the names found, nothing of the dossier
        return render(request, "dossiers/exceptions/_personnes.html", _personnes(mots, trouvees))
    form = FormPret(request.POST if request.method == "POST" else None)
    if form.is_valid() and (pret := _preter(request, dossier, form)):
        messages.success(
            request, f"Le dossier est confié à {pret.habilitation.utilisateur} jusqu’au {jour(pret.jusque)}."
        )
        return redirect("prets:confier", numero)
    journaliser(request.habilitation, Acte.CONSULTER, numero, details={"page": "confier"})
    choisie = form.cleaned_data.get("beneficiaire") if form.is_bound else None
    contexte = contexte_dossier(request.habilitation, dossier, "") | {
        "form": form,
        "choisie": choisie,
        "page": page_par_cle(prets_de(dossier), request, cles=("-depuis", "-pk")),
        **_personnes(mots, [choisie] if choisie else trouvees),
    }
    return render(request, "dossiers/exceptions/confier.html", contexte, status=422 if form.errors else 200)


def _personnes(mots: str, trouvees: list[Habilitation]) -> dict[str, object]:
    return {"mots": mots, "personnes": trouvees[:PERSONNES_MAX], "encore": len(trouvees) > PERSONNES_MAX}


def _preter(request: HttpRequest, dossier: Dossier, form: FormPret) -> Pret | None:
    propres = form.cleaned_data
    return tenter(
        form,
        lambda: actions.preter(
            request.habilitation,
            dossier,
            propres["beneficiaire"],
            jusque=propres["jusque"],
            motif=propres["motif"],
        ),
    )


def _pret(habilitation: Habilitation, reference: UUID) -> Pret:
    """A loan of a dossier that one reads, or one's own even when it is over; else AccesRefuse."""
    with systeme("pret"):
        pret = (
            Pret.objects.select_related("dossier__assure", "dossier__unite", "habilitation__utilisateur")
            .filter(reference=reference)
            .first()
        )
    if pret is None:
        raise AccesRefuse(str(reference), "prêt inconnu")
    siens = pret.habilitation_id == habilitation.pk
    if not siens and not Dossier.objects.filter(pk=pret.dossier_id).visibles_par(habilitation).exists():
        raise AccesRefuse(str(reference), "prêt d’un dossier non partagé")
    return pret


@never_cache
@lire_ou_enregistrer
@habilitation_requise()
def prolonger(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Give a later end to a loan."""
    pret = _pret(request.habilitation, reference)
    dossier = dossier_visible(request.habilitation, pret.dossier.numero)
    exiger_sur(request.habilitation, Droit.CONFIER, dossier)
    form = FormProlongation(request.POST if request.method == "POST" else None)
    if form.is_valid():
        suite = tenter(form, lambda: actions.prolonger(request.habilitation, pret, **form.cleaned_data))
        if suite:
            messages.success(request, f"Le prêt est prolongé jusqu’au {jour(suite.jusque)}.")
            return redirect("prets:confier", dossier.numero)
    journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "prolonger"})
    contexte = contexte_dossier(request.habilitation, dossier, "") | {"form": form, "pret": pret}
    return render(request, "dossiers/exceptions/prolonger.html", contexte, status=422 if form.errors else 200)


@require_POST
@habilitation_requise()
def terminer(request: HttpRequest, reference: UUID) -> HttpResponse:
    """End a loan: by who may lend, or by the borrower."""
    pret = _pret(request.habilitation, reference)
    rend = pret.habilitation_id == request.habilitation.pk
    return executer(
        request,
        lambda: actions.terminer_pret(request.habilitation, pret),
        "Le dossier est rendu." if rend else "Le prêt a pris fin.",
        *(("dossiers:liste",) if rend else ("prets:confier", pret.dossier.numero)),
    )
