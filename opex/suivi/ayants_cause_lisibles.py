"""Who reads of whom in the family: the fund and the unit of all, a partner of those who let it (migration 0002)."""

from django.db.models import OuterRef, QuerySet, Subquery

from dossiers.consentements.models import DecisionConsentement
from dossiers.partages.models import Dossier
from dossiers.partages.natures import Donnee
from dossiers.partages.profils import Regard
from opex.suivi.ayants_cause import AccordAyantCause, AyantCause
from partners.models import Organisme


def ayants_cause_lisibles(regard: Regard, dossier: Dossier) -> QuerySet[AyantCause]:
    """The members of the family of whom this regard reads; nobody for who sees no more than that there are some."""
    famille = AyantCause.objects.filter(dossier=dossier)
    if not regard.lit(Donnee.AYANT_CAUSE):
        return famille.none()
    if regard.est_cnmss or regard.est_correspondant:
        return famille
    derniere = Subquery(derniers_accords(regard.habilitation.organisme).values("decision")[:1])
    return famille.alias(derniere=derniere).filter(derniere=DecisionConsentement.ACCORDE)


def derniers_accords(organisme: Organisme) -> QuerySet[AccordAyantCause]:
    """What the person of an outer query said for one recipient, the last word first."""
    lignes = AccordAyantCause.objects.filter(ayant_cause=OuterRef("pk"), organisme=organisme)
    return lignes.order_by("-effet_le", "-pk")


def accords_courants(regard: Regard, famille: list[AyantCause]) -> dict[int, list[AccordAyantCause]]:
    """ayant cause id → her last word for each recipient; a partner is given its own only (rule 8)."""
    lignes = AccordAyantCause.objects.filter(ayant_cause__in=[a.pk for a in famille])
    if not (regard.est_cnmss or regard.est_correspondant):
        lignes = lignes.filter(organisme=regard.habilitation.organisme)
    derniers = lignes.order_by("ayant_cause_id", "organisme_id", "-effet_le", "-pk").distinct(
        "ayant_cause_id", "organisme_id"
    )
    courants: dict[int, list[AccordAyantCause]] = {}
    for accord in derniers.select_related("organisme", "preuve"):
        courants.setdefault(accord.ayant_cause_id, []).append(accord)
    return courants
