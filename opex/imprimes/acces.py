"""Who fills forms before a departure, and what of theirs may be reached."""

from django.db.models import QuerySet

from dossiers.partages.models import Dossier
from dossiers.partages.policies import exiger, exiger_sur
from dossiers.partages.profils import Droit, Regard
from dossierunique.journal.refus import AccesRefuse
from opex.commun import dossier_opex
from opex.imprimes.models import Imprime, LotImport
from partners.models import Habilitation
from partners.organismes.models import Programme


def prepare_des_departs(habilitation: Habilitation) -> bool:
    """Whether this habilitation fills the forms of the OPEX programme."""
    return Programme.OPEX in habilitation.programmes and Regard(habilitation).peut(Droit.SAISIR_IMPRIME)


def exiger_depart(habilitation: Habilitation) -> Regard:
    """The regard of who may prepare a departure. Raises AccesRefuse."""
    if Programme.OPEX not in habilitation.programmes:
        raise AccesRefuse(motif="programme OPEX absent")
    return exiger(habilitation, Droit.SAISIR_IMPRIME)


def dossier_a_remplir(habilitation: Habilitation, numero: str) -> Dossier:
    """The OPEX dossier whose form this habilitation may fill, print or sign. Raises AccesRefuse."""
    dossier = dossier_opex(habilitation, numero)
    exiger_sur(habilitation, Droit.SAISIR_IMPRIME, dossier)
    return dossier


def imprime_de(dossier: Dossier, rang: int) -> Imprime:
    """One version of the form of a dossier. Raises AccesRefuse."""
    imprime = (
        dossier.imprimes.filter(rang=rang)
        .select_related("unite", "operation", "saisi_par__utilisateur", "saisi_par__organisme", "scan")
        .prefetch_related("a_prevenir", "proches", "contrats__organisme")
        .first()
    )
    if imprime is None:
        raise AccesRefuse(dossier.numero, "version inconnue")
    return imprime


def lots_visibles(habilitation: Habilitation) -> QuerySet[LotImport]:
    """The lists of the units of a correspondant; all of them for the CNMSS's gestionnaires."""
    if not habilitation.en_vigueur() or not prepare_des_departs(habilitation):
        return LotImport.objects.none()
    if Regard(habilitation).est_correspondant:
        return LotImport.objects.filter(unite__in=sorted(habilitation.unites_ids))
    return LotImport.objects.all()


def lot_visible(habilitation: Habilitation, reference: object) -> LotImport:
    """The list of this reference, or AccesRefuse."""
    exiger_depart(habilitation)
    lot = (
        lots_visibles(habilitation)
        .filter(reference=reference)
        .select_related("unite", "operation", "depose_par__utilisateur", "depose_par__organisme")
        .first()
    )
    if lot is None:
        raise AccesRefuse(str(reference), "liste inconnue ou d’une autre unité")
    return lot
