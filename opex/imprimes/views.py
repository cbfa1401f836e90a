"""The « Imprimé » tab of an OPEX dossier: versions, one of them, its papers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from dossiers.consentements.preuves import recevoir
from dossiers.partages.natures import Donnee, Niveau
from dossiers.partages.policies import refuser_les_copies, regard_sur
from dossiers.partages.profils import Regard
from dossiers.vues import tenter
from dossierunique.fichiers import lecture
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.ui.pagination import page_par_cle
from opex.commun import contexte_opex, dossier_opex
from opex.imprimes.acces import dossier_a_remplir, imprime_de
from opex.imprimes.actions import joindre_scan, noter_impression
from opex.imprimes.changements import champs_lus, changements, en_mots, libelle
from opex.imprimes.forms import FormSignature
from opex.imprimes.models import Imprime
from opex.imprimes.papier import rendre
from partners.habilitations.acces import habilitation_requise


def lit_le_scan(regard: Regard) -> bool:
    """The paper shows everything at once: only who reads the address and the family opens it."""
    return regard.lit(Donnee.PROCHES) and regard.lit(Donnee.COORDONNEES)


@require_GET
@habilitation_requise()
def liste(request: HttpRequest, numero: str) -> HttpResponse:
    """The versions, newest first."""
    dossier = dossier_opex(request.habilitation, numero)
    journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "imprime"})
    versions = dossier.imprimes.select_related("operation", "saisi_par__organisme")
    page = page_par_cle(versions, request, cles=("-rang",), taille=20)
    contexte = contexte_opex(request, dossier, "imprime") | {"page": page}
    return render(request, "opex/imprimes/liste.html", contexte)


@require_GET
@habilitation_requise()
def detail(request: HttpRequest, numero: str, rang: int) -> HttpResponse:
    """One version, and what changed since the one before."""
    dossier = dossier_opex(request.habilitation, numero)
    imprime = imprime_de(dossier, rang)
    journaliser(
        request.habilitation, Acte.CONSULTER, dossier.numero,
        details={"page": "imprime", "ref": imprime.reference, "version": rang},
    )  # fmt: skip
    contexte = contexte_opex(request, dossier, "imprime")
    precedent = imprime_de(dossier, rang - 1) if rang > 1 else None
    contexte |= _vue(imprime, contexte["regard"])
    contexte |= {
        "precedent": precedent,
        "changements": changements(precedent, imprime, contexte["regard"]),
        "derniere": not dossier.imprimes.filter(rang__gt=rang).exists(),
    }
    return render(request, "opex/imprimes/detail.html", contexte)


def _vue(imprime: Imprime, regard: Regard) -> dict[str, Any]:
    """What the page of a version shows to this regard."""
    niveau = regard.niveau(Donnee.PROCHES)
    return {
        "imprime": imprime,
        "champs": [(libelle(nom), en_mots(imprime, nom)) for nom in champs_lus(regard)],
        "lit_proches": niveau is Niveau.CONTENU,
        "comptes": _comptes(imprime) if niveau >= Niveau.ETAT else None,
        "lit_scan": lit_le_scan(regard) and not regard.lecture_seule,
    }


def _comptes(imprime: Imprime) -> dict[str, int]:
    return {lot: len(getattr(imprime, lot).all()) for lot in ("a_prevenir", "proches", "contrats")}


@never_cache
@require_GET
@habilitation_requise()
def papier(request: HttpRequest, numero: str, rang: int) -> HttpResponse:
    """A version as it is signed (PDF), with the code that brings its scan back."""
    dossier = dossier_a_remplir(request.habilitation, numero)
    imprime = imprime_de(dossier, rang)
    noter_impression(request.habilitation, imprime)
    reponse = HttpResponse(rendre(dossier, imprime), content_type="application/pdf")
    reponse["Content-Disposition"] = content_disposition_header(
        False, f"imprime-{imprime.reference}-v{rang}.pdf"
    )
    return reponse


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
def signer(request: HttpRequest, numero: str, rang: int) -> HttpResponse:
    """Attach the signed paper of a version."""
    dossier = dossier_a_remplir(request.habilitation, numero)
    imprime = imprime_de(dossier, rang)
    form = FormSignature(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and recevoir(form, request.habilitation) and tenter(
        form,
        lambda: joindre_scan(
            request.habilitation, imprime, fichier=form.fichier,
            signe_le=form.cleaned_data["signe_le"], signe_a=form.cleaned_data["signe_a"],
        ),
    ):  # fmt: skip
        messages.success(request, f"L’imprimé signé est joint à la version {rang}.")
        return redirect("imprimes:detail", numero, rang)
    journaliser(
        request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "signature de l’imprimé"}
    )
    contexte = contexte_opex(request, dossier, "imprime") | {"imprime": imprime, "form": form}
    return render(request, "opex/imprimes/signer.html", contexte, status=422 if form.errors else 200)


@require_GET
@habilitation_requise()
def scan(request: HttpRequest, numero: str, rang: int) -> HttpResponseBase:
    """The signed paper of a version."""
    dossier = dossier_opex(request.habilitation, numero)
    imprime = imprime_de(dossier, rang)
    if imprime.scan is None or not lit_le_scan(regard_sur(request.habilitation, dossier)):
        raise AccesRefuse(numero, "imprimé signé absent ou réservé")
    refuser_les_copies(request.habilitation, dossier)
    if not imprime.scan.disponible:
        etat = imprime.scan.get_etat_display()
        messages.info(request, f"L’imprimé signé ne peut pas être ouvert\u00a0: il est {etat}.")
        return redirect("imprimes:detail", numero, rang)
    journaliser(
        request.habilitation, Acte.TELECHARGER, numero,
        details={"imprime": imprime.reference, "version": rang},
    )  # fmt: skip
    return lecture.reponse(imprime.scan, telecharger="telecharger" in request.GET)
