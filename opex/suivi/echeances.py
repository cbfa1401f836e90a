"""Next steps with their dates: those that the rules give, and those that the referent writes."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dossiers.partages.models import Dossier
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.verrou import verrouiller
from opex.suivi.models import (
    TRANSITIONS_ECHEANCE,
    Blessure,
    Dapias,
    Echeance,
    EtatEcheance,
    GenreEcheance,
)
from partners.models import Habilitation


def limite_epfp(survenue_le: date) -> date:
    """The last day to ask the EPFP: 31 December of the n-th year after that of the wound."""
    return date(survenue_le.year + settings.EPFP_ANNEES, 12, 31)


def prevoir_epfp(blessure: Blessure, par: Habilitation) -> None:
    """Write the step of a wound, or move it with the date of the wound. Nothing once its day is past."""
    le = limite_epfp(blessure.survenue_le)
    prevue = Echeance.objects.filter(blessure=blessure, genre=GenreEcheance.EPFP).first()
    if prevue is None and le >= timezone.localdate():
        Echeance.objects.create(
            dossier=blessure.dossier, genre=GenreEcheance.EPFP, libelle="Demande à l’EPFP", le=le,
            blessure=blessure, par=par,
        )  # fmt: skip
    elif prevue and prevue.etat == EtatEcheance.A_FAIRE and prevue.le != le:
        _deplacer(prevue, le)


def prevoir_renouvellement(dapias: Dapias, par: Habilitation) -> None:
    """Write the step that recalls the end of a DAPIAS; the one of the DAPIAS that it renews moves to it."""
    a_faire = Echeance.objects.filter(etat=EtatEcheance.A_FAIRE)
    prevue = a_faire.filter(dapias=dapias.precedente).first() if dapias.precedente else None
    if prevue:
        prevue.dapias = dapias
        _deplacer(prevue, dapias.jusque)
        return
    Echeance.objects.create(
        dossier=dapias.dossier, genre=GenreEcheance.DAPIAS, libelle="Renouveler la DAPIAS", le=dapias.jusque,
        blessure=dapias.blessure, dapias=dapias, par=par,
    )  # fmt: skip


def oublier_renouvellement(dapias: Dapias) -> None:
    """A DAPIAS that is closed asks for nothing any more."""
    for prevue in Echeance.objects.filter(dapias=dapias, etat=EtatEcheance.A_FAIRE):
        prevue.etat, prevue.version = EtatEcheance.SANS_OBJET, prevue.version + 1
        prevue.save()


def _deplacer(echeance: Echeance, le: date) -> None:
    # Another day is another reminder.
    echeance.le, echeance.prevenue_le, echeance.version = le, None, echeance.version + 1
    echeance.save()


@transaction.atomic
def ajouter_echeance(habilitation: Habilitation, dossier: Dossier, *, libelle: str, le: date) -> Echeance:
    """Write a next step of one's own. Raises ActionRefusee on a day that is past, or the same step twice."""
    exiger(habilitation, Droit.SUIVRE, dossier)
    if le < timezone.localdate():
        raise ActionRefusee("Choisissez un jour à venir.", "le")
    verrouiller(Dossier, dossier.pk)
    memes = Echeance.objects.filter(dossier=dossier, le=le, etat=EtatEcheance.A_FAIRE)
    if memes.filter(libelle__iexact=libelle.strip()).exists():
        raise ActionRefusee("Cette étape est déjà inscrite à cette date.", "libelle")
    echeance = Echeance.objects.create(dossier=dossier, libelle=libelle.strip(), le=le, par=habilitation)
    journaliser(habilitation, Acte.CREER, dossier.numero, details={"geste": "échéance", "id": echeance.pk})
    return echeance


@transaction.atomic
def changer_echeance(habilitation: Habilitation, echeance: Echeance, vers: str, version: int) -> Echeance:
    """Say that a step is done, has no object, or is to be done after all.

    Raises ModifieDepuis, ActionRefusee when the arrow does not exist; that of a DAPIAS follows the DAPIAS.
    """
    exiger(habilitation, Droit.SUIVRE, echeance.dossier)
    tenue = verrouiller(Echeance, echeance.pk, version)
    if tenue.genre == GenreEcheance.DAPIAS:
        raise ActionRefusee("Cette étape suit la DAPIAS : renouvelez-la ou closez-la.")
    if vers not in TRANSITIONS_ECHEANCE[tenue.etat]:
        raise ActionRefusee(f"Cette étape est déjà « {tenue.get_etat_display()} ».")
    tenue.etat, tenue.version = vers, tenue.version + 1
    tenue.save()
    journaliser(
        habilitation, Acte.MODIFIER, echeance.dossier.numero,
        details={"geste": "échéance", "id": tenue.pk, "etat": vers},
    )  # fmt: skip
    return tenue
