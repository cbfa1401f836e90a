"""Which aids a regard reads, of whom, and which of them it may write; the second lock says the same in SQL."""

from django.db.models import Q, QuerySet

from dossiers.justificatifs.models import Justificatif
from dossiers.justificatifs.policies import lisible
from dossiers.partages.models import Dossier, Nature, Partage
from dossiers.partages.natures import Donnee
from dossiers.partages.profils import Droit, Regard
from dossierunique.journal.refus import AccesRefuse
from opex.contributions.models import ContributionOpex, EtatContributionOpex
from opex.suivi.ayants_cause import AyantCause
from opex.suivi.ayants_cause_lisibles import ayants_cause_lisibles
from partners.models import Organisme


def beneficiaires_nommes(dossier: Dossier, regard: Regard) -> dict[int, AyantCause]:
    """Those whose name this regard may read, by key: the others are told as « un ayant cause »."""
    return {ayant_cause.pk: ayant_cause for ayant_cause in ayants_cause_lisibles(regard, dossier)}


def aides_lues(dossier: Dossier, regard: Regard) -> QuerySet[ContributionOpex]:
    """The aids of a dossier that this regard reads: without those given to somebody who did not accord to it."""
    if not regard.peut(Droit.VOIR_AIDES):
        return ContributionOpex.objects.none()
    aides = ContributionOpex.objects.filter(dossier=dossier)
    if not regard.lit(Donnee.AYANT_CAUSE):
        return aides.filter(beneficiaire__isnull=True)
    if regard.est_cnmss:
        return aides
    return aides.filter(
        Q(beneficiaire__isnull=True)
        | Q(organisme=regard.habilitation.organisme_id)
        | Q(beneficiaire__in=ayants_cause_lisibles(regard, dossier).values("pk"))
    )


def aide_lue(dossier: Dossier, regard: Regard, pk: int) -> ContributionOpex:
    """One of them with its kind and its organisme, or AccesRefuse."""
    lignes = aides_lues(dossier, regard).select_related("genre", "organisme")
    aide = lignes.filter(pk=pk).first()
    if aide is None:
        raise AccesRefuse(dossier.numero, "aide inconnue ou non lisible")
    return aide


def contributeurs(dossier: Dossier) -> QuerySet[Organisme]:
    """The recipients that the person lets read this dossier today: they alone give something there."""
    accords = Partage.objects.actifs().filter(dossier=dossier, nature=Nature.CONSENTEMENT)
    return Organisme.objects.filter(pk__in=accords.values("organisme"))


def peut_ecrire(regard: Regard, aide: ContributionOpex) -> bool:
    """Whether the pages offer to correct this aid: its own organisme, or the CNMSS on its behalf."""
    if aide.etat == EtatContributionOpex.ANNULEE:
        return False
    la_sienne = aide.organisme_id == regard.habilitation.organisme_id
    return (la_sienne and regard.peut(Droit.CONTRIBUER)) or regard.peut(Droit.CONTRIBUER_POUR)


def pieces_ouvertes(dossier: Dossier, regard: Regard) -> list[Justificatif]:
    """The papers of the dossier that this regard may open, so that it may join them to an aid."""
    pieces = (
        Justificatif.objects.gardes()
        .filter(dossier=dossier)
        .select_related("type", "demande", "depose_par")
        .order_by("-depose_le", "-pk")
    )
    return [piece for piece in pieces[:200] if lisible(regard, piece)]
