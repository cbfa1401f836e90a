"""Opening and closing of shares. Called by the opening of a dossier and by the consent actions; the unit's, by the
handover of an OPEX dossier when the person leaves the service."""

from django.db import transaction
from django.utils import timezone

from dossiers.assures.models import Assure
from dossiers.demandes import etats
from dossiers.partages.models import Dossier, Nature, Partage, Situation
from dossierunique import numeros
from dossierunique.securite.identite import systeme
from partners.models import Habilitation, Organisme
from partners.organismes.models import Programme, TypeOrganisme

SEQUENCE = "dossiers_numero_dossier"


def creer_dossier(
    habilitation: Habilitation, assure: Assure, programme: str = Programme.DU, *, endormi: bool = False
) -> Dossier:
    """Give the person her dossier and its number for life, shared with the CNMSS and her unit only.

    An `endormi` one stays so, whatever the person accords, until `reveiller` (dossiers.consentements.soutiens).

    Must run inside the transaction of the act that opens it (a consent, or its absence).
    """
    annee = timezone.localdate().year
    # A new dossier has no reader yet: nobody but the system sees it before its first shares.
    with systeme("ouverture"):
        return _creer(habilitation, assure, programme, annee, endormi)


def _creer(habilitation: Habilitation, assure: Assure, programme: str, annee: int, endormi: bool) -> Dossier:
    dossier = Dossier.objects.create(
        numero=numeros.suivant("DU", annee, SEQUENCE),
        assure=assure,
        programme=programme,
        unite=assure.unite,
        ouvert_par=habilitation,
        endormi=endormi,
    )
    cnmss = Organisme.objects.get(type=TypeOrganisme.CNMSS, jusque__isnull=True)
    Partage.objects.create(dossier=dossier, organisme=cnmss, nature=Nature.MISSION)
    Partage.objects.create(dossier=dossier, unite=assure.unite, nature=Nature.UNITE)
    return dossier


def ouvrir_partage(dossier: Dossier, organisme: Organisme, ligne_id: int) -> bool:
    """Open the share that an accordée line asks for; False when it is already open."""
    _, ouvert = Partage.objects.get_or_create(
        dossier=dossier,
        organisme=organisme,
        retire_le=None,
        defaults={"nature": Nature.CONSENTEMENT, "consentement_ligne_id": ligne_id},
    )
    return ouvert


def fermer_partage(dossier: Dossier, organisme: Organisme, motif: str) -> bool:
    """Close the consented share of an organisme at once; False when there was none. The CNMSS's is its mission."""
    return bool(
        Partage.objects.actifs()
        .filter(dossier=dossier, organisme=organisme, nature=Nature.CONSENTEMENT)
        .update(retire_le=timezone.now(), motif=motif)
    )


def fermer_partage_unite(dossier: Dossier, motif: str) -> bool:
    """Close the share of the unit: the person has left it for good. False when there was none.

    Must run with the dossier locked, under the system's identity: whoever closes it may not read it.
    """
    return bool(
        Partage.objects.actifs()
        .filter(dossier=dossier, nature=Nature.UNITE)
        .update(retire_le=timezone.now(), motif=motif)
    )


@transaction.atomic
def recalculer_situation(dossier: Dossier) -> None:
    """Derive where the dossier stands from its requests; the trigger copies it to the shares."""
    presents = set(dossier.demandes.exclude(soumise_le=None).values_list("etat", flat=True))
    if etats.EtatDemande.INCOMPLETE in presents:
        situation = Situation.A_COMPLETER
    elif presents & (etats.EN_COMPLETUDE | etats.EN_INSTRUCTION):
        situation = Situation.EN_COURS
    elif presents:
        situation = Situation.DECIDE
    else:
        situation = Situation.SANS_DEMANDE
    Dossier.objects.filter(pk=dossier.pk).exclude(situation=situation).update(situation=situation)
