"""Where an OPEX dossier stands: its states, what moves it from one to the next, leaving without a wound, the death."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from dossiers.echanges.actions import raconter
from dossiers.echanges.models import Genre
from dossiers.partages.models import Dossier
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossierunique.erreurs import ActionRefusee
from dossierunique.etats import TransitionInterdite, verifier
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.verrou import verrouiller
from opex.suivi.dates import pas_avant, pas_futur
from opex.suivi.etats import TRANSITIONS, EtatSuivi
from opex.suivi.models import Blessure, Suivi
from partners.models import Habilitation

SANS_BLESSURE = "Aucune blessure n’est enregistrée dans ce dossier : signalez-la d’abord."


def retenir(dossier: Dossier, version: int | None = None) -> Suivi:
    """Lock a dossier, then where it stands: every path of this room takes its locks in this order."""
    verrouiller(Dossier, dossier.pk)
    return verrouiller(Suivi, dossier.pk, version)


def enregistrer(suivi: Suivi, **champs: Any) -> None:
    """Write a locked row with these values, as a new version."""
    for nom, valeur in champs.items():
        setattr(suivi, nom, valeur)
    suivi.maj_le, suivi.version = timezone.now(), suivi.version + 1
    suivi.save()


def passer(suivi: Suivi, vers: str, **champs: Any) -> None:
    """Move a locked dossier to a state, with what goes with it. Raises ActionRefusee when no arrow leads there."""
    try:
        if vers != suivi.etat:
            verifier(TRANSITIONS, suivi.etat, vers)
    except TransitionInterdite:
        raise ActionRefusee(
            f"Le dossier est « {suivi.get_etat_display()} » : il ne peut pas passer à "
            f"« {EtatSuivi(vers).label} »."
        ) from None
    enregistrer(suivi, etat=vers, **champs)


@transaction.atomic
def changer_etape(habilitation: Habilitation, dossier: Dossier, vers: str, version: int) -> Suivi:
    """Follow a wounded person, or let the dossier rest: it is never closed by time, and comes back the same way."""
    exiger(habilitation, Droit.SUIVRE, dossier)
    if vers not in (EtatSuivi.EN_SUIVI, EtatSuivi.EN_VEILLE):
        raise ActionRefusee("Choisissez « en suivi » ou « en veille ».")
    suivi = retenir(dossier, version)
    if suivi.etat == vers:
        raise ActionRefusee(f"Le dossier est déjà « {suivi.get_etat_display()} ».")
    passer(suivi, vers)
    _raconter(dossier, habilitation, suivi)
    return suivi


@transaction.atomic
def radier(habilitation: Habilitation, dossier: Dossier, *, le: date, version: int) -> Suivi:
    """The person left the service without a wound. Raises ActionRefusee after one: a handover is what is needed."""
    exiger(habilitation, Droit.SAISIR_IMPRIME, dossier)
    pas_futur(le, "le", "La date de départ")
    suivi = retenir(dossier, version)
    if suivi.etat == EtatSuivi.RADIE:
        raise ActionRefusee("Le départ de la personne est déjà enregistré.")
    passer(suivi, EtatSuivi.RADIE, radie_le=le)
    _raconter(dossier, habilitation, suivi, jour=le)
    return suivi


def expirer(dossier: Dossier) -> bool:
    """Let a dossier expire that no wound has woken; False when it is not asleep any more.

    Must run as a job of the system.
    """
    suivi = retenir(dossier)
    if suivi.etat != EtatSuivi.IDENTIFIE:
        return False
    passer(suivi, EtatSuivi.EXPIRE)
    raconter(dossier, Genre.SUIVI, None, etat=suivi.etat)
    return True


@transaction.atomic
def declarer_deces(
    habilitation: Habilitation, dossier: Dossier, *, le: date, confirmation: str, version: int
) -> Suivi:
    """The person died: nothing is undone, and the family part opens. `confirmation` says how it is known."""
    exiger(habilitation, Droit.SIGNALER_BLESSURE, dossier)
    pas_futur(le, "le", "La date du décès")
    suivi = retenir(dossier, version)
    if suivi.etat == EtatSuivi.DECEDE:
        raise ActionRefusee("Le décès est déjà enregistré.")
    derniere = Blessure.objects.filter(dossier=dossier).order_by("-survenue_le").first()
    if derniere is None:
        raise ActionRefusee(SANS_BLESSURE)
    pas_avant(le, derniere.survenue_le, "le", "La date du décès")
    passer(suivi, EtatSuivi.DECEDE, decede_le=le)
    raconter(dossier, Genre.DECES, habilitation, jour=le)
    journaliser(
        habilitation, Acte.MODIFIER, dossier.numero, motif=confirmation.strip(), details={"geste": "décès"}
    )
    return suivi


def _raconter(dossier: Dossier, habilitation: Habilitation, suivi: Suivi, jour: date | None = None) -> None:
    raconter(dossier, Genre.SUIVI, habilitation, jour=jour, etat=suivi.etat)
    journaliser(
        habilitation, Acte.MODIFIER, dossier.numero, details={"geste": "étape du suivi", "etat": suivi.etat}
    )
