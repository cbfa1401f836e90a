"""Whose lists these are: the correspondants who read the dossier by their unit. Not by a loan, and nobody else.

The database holds the same (migration 0082).
"""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from dossiers.partages.models import Dossier, Partage
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossiers.situations.catalogue import SITUATIONS, Situation
from dossiers.situations.models import ListeSituation
from dossierunique.journal.refus import AccesRefuse
from partners.habilitations.models import PROFILS_D_UNITE, Habilitation


def tient_des_listes(habilitation: Habilitation, dossier: Dossier) -> bool:
    """Whether the pages of a dossier that she reads lead her to its lists; no query: the array names its readers."""
    d_unite = habilitation.profil in PROFILS_D_UNITE
    return d_unite and any(f"u{unite}" in dossier.lecteurs for unite in habilitation.unites_ids)


def listes_visibles(habilitation: Habilitation) -> QuerySet[ListeSituation]:
    """The lists of the dossiers of her units, with their person."""
    siens = Partage.objects.visibles_par(habilitation).filter(unite__isnull=False)
    return ListeSituation.objects.filter(
        situation__in=SITUATIONS, dossier__in=siens.values("dossier")
    ).select_related("dossier__assure", "dossier__unite")


def liste_visible(habilitation: Habilitation, reference: UUID) -> ListeSituation:
    """The list of this reference, or AccesRefuse."""
    liste = listes_visibles(habilitation).filter(reference=reference).first()
    if liste is None:
        raise AccesRefuse(motif="liste inconnue, ou d’un dossier d’une autre unité")
    return liste


def exiger_listes(habilitation: Habilitation, dossier: Dossier) -> None:
    """Raise AccesRefuse unless she keeps the lists of this dossier at this very moment."""
    exiger(habilitation, Droit.TENIR_LISTES, dossier)
    if not _de_son_unite(habilitation, pk=dossier.pk).exists():
        raise AccesRefuse(dossier.numero, "dossier d’une autre unité")


def dossier_de_l_unite(habilitation: Habilitation, numero: str) -> Dossier:
    """The dossier of this number, when she reads it by her unit; or AccesRefuse."""
    dossiers = _de_son_unite(habilitation, numero=numero)
    dossier = dossiers.select_related("assure", "unite").first()
    if dossier is None:
        raise AccesRefuse(numero, "dossier inconnu, ou d’une autre unité")
    return dossier


def situation_de(habilitation: Habilitation, code: str) -> Situation:
    """The situation of this code, when it is of one of her programmes; or AccesRefuse."""
    situation = SITUATIONS.get(code)
    if situation is None or situation.programme not in habilitation.programmes:
        raise AccesRefuse(motif="situation inconnue, ou d’un autre programme")
    return situation


def _de_son_unite(habilitation: Habilitation, **qui: Any) -> QuerySet[Dossier]:
    siens = Partage.objects.visibles_par(habilitation).filter(unite__isnull=False)
    return Dossier.objects.filter(**qui, pk__in=siens.values("dossier"))
