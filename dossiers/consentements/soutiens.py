"""From what the person said to who reads: the one place where the lines of the acts open and close shares.

A share rests on an accordée line, later than any refusal or withdrawal of that recipient, whose proof still holds.
While a dossier sleeps, what it accords waits: nobody but the CNMSS and the unit reads it.
"""

from itertools import takewhile

from django.db.models import Q

from dossiers.consentements.effets import couper
from dossiers.consentements.models import Consentement, DecisionConsentement, LigneConsentement
from dossiers.partages.actions import fermer_partage, ouvrir_partage
from dossiers.partages.models import Dossier, Nature
from partners.models import Organisme

AUTRE_ACCORD = "repose sur un autre accord"


def lignes_de(dossier: Dossier, organisme: Organisme) -> list[LigneConsentement]:
    """What the person said for one recipient, newest first."""
    lignes = LigneConsentement.objects.filter(dossier=dossier, organisme=organisme)
    return list(
        lignes.select_related(
            "consentement__confirmation",
            "consentement__attente",
            "consentement__origine__confirmation",
            "consentement__origine__attente",
        ).order_by("-effet_le", "-pk")
    )


def soutiens(dossier: Dossier, organisme: Organisme) -> list[LigneConsentement]:
    """The accordée lines that a share may rest on today, newest first; none while the dossier sleeps."""
    return [] if dossier.endormi else accords_tenus(dossier, organisme)


def accords_tenus(dossier: Dossier, organisme: Organisme) -> list[LigneConsentement]:
    """The accordée lines since the last refusal or withdrawal whose proof holds, newest first."""
    accordees = takewhile(
        lambda ligne: ligne.decision == DecisionConsentement.ACCORDE, lignes_de(dossier, organisme)
    )
    return [ligne for ligne in accordees if ligne.consentement.tient]


def ajuster(dossier: Dossier, organisme: Organisme, motif: str) -> bool | None:
    """Make the share of one recipient what its lines say: True when it opens, False when it closes.

    `motif` is what a closed share will say. Must run with the dossier locked, after the fact that changes its lines.
    """
    valables = soutiens(dossier, organisme)
    partage = dossier.partages.actifs().filter(organisme=organisme, nature=Nature.CONSENTEMENT).first()
    if partage and partage.consentement_ligne_id in {ligne.pk for ligne in valables}:
        return None
    if partage:
        fermer_partage(dossier, organisme, AUTRE_ACCORD if valables else motif)
    if valables and (partage or organisme.jusque is None):
        ouvrir_partage(dossier, organisme, valables[0].pk)
        return None if partage else True
    if partage:
        couper(dossier, organisme)
        return False
    return None


def accordes_par(dossier: Dossier) -> list[Organisme]:
    """The recipients whose last line is an accord, whether its proof holds or not."""
    dernieres = (
        LigneConsentement.objects.filter(dossier=dossier)
        .order_by("organisme_id", "-effet_le", "-pk")
        .distinct("organisme_id")
        .select_related("organisme")
    )
    accordes = (ligne.organisme for ligne in dernieres if ligne.decision == DecisionConsentement.ACCORDE)
    return sorted(accordes, key=lambda o: (o.sigle, o.pk))


def reveiller(dossier: Dossier) -> list[Organisme]:
    """Wake a dossier up: what the person accorded takes effect. Gives back those who read from now on.

    Must run with the dossier locked, under the system's identity.
    """
    Dossier.objects.filter(pk=dossier.pk).update(endormi=False)
    dossier.endormi = False
    return [organisme for organisme in accordes_par(dossier) if ajuster(dossier, organisme, "")]


def ajuster_ceux_de(consentement: Consentement, motif: str) -> tuple[list[Organisme], list[Organisme]]:
    """The same for every recipient that an act accords, or that a succession accords on its ground.

    Gives back those that read again, and those that read no more.
    """
    ouverts, fermes = [], []
    lignes = (
        LigneConsentement.objects.filter(
            Q(consentement=consentement) | Q(consentement__origine=consentement),
            decision=DecisionConsentement.ACCORDE,
        )
        .select_related("organisme")
        .order_by("pk")
    )
    for ligne in lignes:
        change = ajuster(consentement.dossier, ligne.organisme, motif)
        if change is not None:
            (ouverts if change else fermes).append(ligne.organisme)
    return ouverts, fermes
