"""A provisional NIR becomes the definitive one: same person, same dossiers, and the old number still leads to them."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dossiers.assures.champs import ChampNir
from dossiers.assures.models import AncienNir, Assure
from dossiers.assures.nir import Nir, incoherences
from dossiers.assures.recherche import verifier_limite
from dossiers.partages.models import Dossier
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossiers.vues import tenter
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.securite.identite import systeme
from dossierunique.verrou import verrouiller
from partners.comptes.renfort import renfort_requis
from partners.habilitations.acces import habilitation_requise
from partners.models import Habilitation


class SaisieNirDefinitif(forms.Form):
    """The number that the person has received."""

    nir = ChampNir()
    version = forms.IntegerField(widget=forms.HiddenInput)


def rendre_nir_definitif(habilitation: Habilitation, dossier: Dossier, nir: Nir, version: int) -> Assure:
    """Give the person of a dossier her definitive number.

    Raises AccesRefuse, ModifieDepuis, ActionRefusee when hers is definitive already, the new one is provisional too,
    contradicts her identity, or is another person's. Asking counts among the hourly searches by NIR.
    """
    exiger(habilitation, Droit.OUVRIR_DOSSIER, dossier)
    verifier_limite(habilitation)
    # Outside the act: a number tried leaves its row, whatever comes of it.
    journaliser(
        habilitation, Acte.RECHERCHER, dossier.numero, details={"par": "nir", "geste": "nir définitif"}
    )
    if nir.provisoire:
        raise ActionRefusee(
            "Ce numéro est encore provisoire : il commence par 1 ou 2 une fois définitif.", "nir"
        )
    try:
        with transaction.atomic():
            return _remplacer(habilitation, dossier, nir, version)
    except IntegrityError:
        raise ActionRefusee(
            "Ce numéro est déjà celui d’une autre personne enregistrée. Ne changez rien : signalez-le à la CNMSS, qui "
            "vérifiera s’il s’agit de la même.",
            "nir",
        ) from None


def _remplacer(habilitation: Habilitation, dossier: Dossier, nir: Nir, version: int) -> Assure:
    assure = verrouiller(Assure, dossier.assure_id, version)
    if not assure.nir_provisoire:
        raise ActionRefusee("Le numéro de cette personne est déjà définitif.", "nir")
    for message in incoherences(nir, sexe=assure.sexe, naissance=assure.date_naissance).values():
        raise ActionRefusee(message, "nir")
    with systeme("nir-definitif"):
        # Somebody may have borne it before: only the whole base knows.
        if Assure.objects.par_nir(nir).exists():
            raise IntegrityError
    AncienNir.objects.create(assure=assure, nir_empreinte=bytes(assure.nir_empreinte), par=habilitation)
    assure.definir_nir(nir)
    assure.version += 1
    assure.save()
    journaliser(habilitation, Acte.MODIFIER, dossier.numero, details={"geste": "nir définitif"})
    return assure


def _dossier(habilitation: Habilitation, reference: UUID) -> Dossier:
    visibles = Dossier.objects.visibles_par(habilitation).filter(assure__reference=reference)
    dossier = visibles.select_related("assure", "unite").order_by("programme").first()
    if dossier is None:
        raise AccesRefuse(str(reference), "personne inconnue ou non partagée")
    exiger(habilitation, Droit.OUVRIR_DOSSIER, dossier)
    return dossier


@never_cache
@require_http_methods(["GET", "POST"])
@habilitation_requise()
@renfort_requis
def nir_definitif(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Type the definitive number of somebody whose number is provisional."""
    dossier = _dossier(request.habilitation, reference)
    if not dossier.assure.nir_provisoire:
        raise AccesRefuse(dossier.numero, "NIR déjà définitif")
    form = SaisieNirDefinitif(
        request.POST if request.method == "POST" else None, initial={"version": dossier.assure.version}
    )
    if request.method == "POST" and form.is_valid():
        nir, version = form.cleaned_data["nir"], form.cleaned_data["version"]
        if tenter(form, lambda: rendre_nir_definitif(request.habilitation, dossier, nir, version)):
            messages.success(request, "Le numéro est définitif. L’ancien mène toujours à ce dossier.")
            return redirect("dossiers:apercu", dossier.numero)
    if request.method == "GET":
        journaliser(request.habilitation, Acte.CONSULTER, dossier.numero, details={"page": "nir définitif"})
    contexte = {"form": form, "dossier": dossier, "assure": dossier.assure}
    return render(
        request, "dossiers/assures/nir_definitif.html", contexte, status=422 if form.errors else 200
    )
