"""Wounds: the first one wakes the dossier up, each is told once, completed, and may be recognised as of war."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from dossiers.consentements.soutiens import reveiller
from dossiers.contributions.actions import solliciter_partout
from dossiers.echanges.actions import raconter
from dossiers.echanges.models import Genre
from dossiers.partages.models import Dossier
from dossiers.partages.natures import Donnee
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.securite.identite import systeme
from dossierunique.verrou import verrouiller
from opex.suivi.dates import pas_apres, pas_avant, pas_futur
from opex.suivi.echeances import prevoir_epfp
from opex.suivi.etats import TRANSITIONS_RECONNAISSANCE, EtatSuivi
from opex.suivi.models import Blessure, Evacuation, Reconnaissance, Suivi
from opex.suivi.parcours import passer, retenir
from partners.models import Habilitation

UN_INSTANT = timedelta(minutes=1)
DEJA = "Cette blessure est déjà enregistrée : elle vient d’être signalée à l’instant."
DECIDEES = frozenset({Reconnaissance.RECONNUE, Reconnaissance.REFUSEE})


@transaction.atomic
def signaler_blessure(habilitation: Habilitation, dossier: Dossier, champs: dict[str, Any]) -> Blessure:
    """Record a wound; the first one wakes the dossier up, and every recipient accorded is told at once.

    Arguments: champs, the fields of Blessure that the message gives (survenue_le, theatre, circonstances, gravite…).
    Raises ActionRefusee on impossible dates, or when the same wound has just been recorded.
    """
    exiger(habilitation, Droit.SIGNALER_BLESSURE, dossier)
    return inscrire(habilitation, dossier, champs)


def inscrire(
    habilitation: Habilitation, dossier: Dossier, champs: dict[str, Any], *, a_posteriori: bool = False
) -> Blessure:
    """The wound itself, in the transaction of an act that has checked the right."""
    suivi = retenir(dossier)
    _verifier(dossier, suivi, champs)
    _une_seule_fois(habilitation, dossier, champs)
    dernier = Blessure.objects.filter(dossier=dossier).aggregate(rang=Max("rang"))["rang"] or 0
    blessure = Blessure.objects.create(
        dossier=dossier, rang=dernier + 1, signalee_par=habilitation, a_posteriori=a_posteriori, **champs
    )
    _activer(dossier, suivi)
    prevoir_epfp(blessure, habilitation)
    raconter(dossier, Genre.BLESSURE, habilitation, jour=blessure.survenue_le, blessure=blessure.pk)
    journaliser(habilitation, Acte.CREER, dossier.numero, details={"geste": "blessure", "id": blessure.pk})
    return blessure


def _verifier(dossier: Dossier, suivi: Suivi, champs: dict[str, Any]) -> None:
    survenue, evacuee = champs["survenue_le"], champs.get("evacuee_le")
    pas_futur(survenue, "survenue_le", "La date de la blessure")
    pas_avant(survenue, dossier.assure.date_naissance, "survenue_le", "La blessure")
    pas_apres(survenue, suivi.decede_le, "survenue_le", "La blessure")
    if operation := champs.get("operation"):
        pas_avant(survenue, operation.debut, "operation", f"Une blessure de l’opération {operation.nom}")
        pas_apres(survenue, operation.fin, "operation", f"Une blessure de l’opération {operation.nom}")
    if evacuee and champs.get("evacuation", Evacuation.AUCUNE) == Evacuation.AUCUNE:
        raise ActionRefusee("Indiquez vers où la personne est évacuée, ou retirez la date.", "evacuation")
    pas_futur(evacuee, "evacuee_le", "La date d’évacuation")
    pas_avant(evacuee, survenue, "evacuee_le", "L’évacuation")


def _une_seule_fois(habilitation: Habilitation, dossier: Dossier, champs: dict[str, Any]) -> None:
    """A form sent twice makes one wound; the dossier is locked."""
    memes = {nom: champs[nom] for nom in ("survenue_le", "theatre", "circonstances")}
    recentes = Blessure.objects.filter(
        signalee_par=habilitation, signalee_le__gte=timezone.now() - UN_INSTANT
    )
    if recentes.filter(dossier=dossier, **memes).exists():
        raise ActionRefusee(DEJA)


def _activer(dossier: Dossier, suivi: Suivi) -> None:
    # A wound found out after a death belongs to the story: it brings nobody back to be followed.
    if suivi.etat != EtatSuivi.DECEDE:
        passer(suivi, EtatSuivi.ACTIVE, active_le=suivi.active_le or timezone.now())
    with systeme("activation"):
        tenu = verrouiller(Dossier, dossier.pk)
        if tenu.endormi and reveiller(tenu):
            solliciter_partout(tenu)
    dossier.endormi = False


def _avant_ses_suites(blessure: Blessure, survenue: date) -> None:
    """What followed a wound was checked against its day: the day does not move beyond it. The dossier is locked."""
    if survenue <= blessure.survenue_le:
        return
    with systeme("blessure"):
        # Some of it may be of others to read: the day of the wound still holds for them.
        premieres = [
            blessure.evolutions.filter(rayee_le__isnull=True).aggregate(jour=Min("depuis"))["jour"],
            blessure.dapias.aggregate(jour=Min("depuis"))["jour"],
            blessure.contributions.exclude(etat="annulee").aggregate(jour=Min("debut"))["jour"],
            blessure.reconnue_le,
        ]
    suite = min((jour for jour in premieres if jour), default=None)
    pas_apres(survenue, suite, "survenue_le", "La blessure a des suites : sa date")


@transaction.atomic
def completer_blessure(
    habilitation: Habilitation, blessure: Blessure, champs: dict[str, Any], version: int
) -> Blessure:
    """Complete or correct what was told of a wound. Only who reads it whole may: she sees what she changes.

    Raises AccesRefuse, ModifieDepuis, ActionRefusee on impossible dates.
    """
    regard = exiger(habilitation, Droit.SIGNALER_BLESSURE, blessure.dossier)
    if not regard.lit(Donnee.BLESSURE):
        raise AccesRefuse(blessure.dossier.numero, "blessure lue en partie")
    suivi = retenir(blessure.dossier)
    tenue = verrouiller(Blessure, blessure.pk, version)
    _verifier(blessure.dossier, suivi, champs)
    _avant_ses_suites(tenue, champs["survenue_le"])
    changes = sorted(nom for nom, valeur in champs.items() if getattr(tenue, nom) != valeur)
    if not changes:
        raise ActionRefusee("Rien n’a changé : il n’y a rien à enregistrer.")
    _ecrire(tenue, **champs)
    prevoir_epfp(tenue, habilitation)
    raconter(tenue.dossier, Genre.BLESSURE_COMPLETEE, habilitation, blessure=tenue.pk)
    journaliser(
        habilitation, Acte.MODIFIER, blessure.dossier.numero,
        details={"geste": "blessure", "id": tenue.pk, "champs": changes},
    )  # fmt: skip
    return tenue


@transaction.atomic
def changer_reconnaissance(
    habilitation: Habilitation, blessure: Blessure, vers: str, *, le: date, version: int
) -> Blessure:
    """Ask for the recognition as a wound of war, or record what was decided and when.

    Raises ModifieDepuis, ActionRefusee when the arrow does not exist or the day is impossible.
    """
    exiger(habilitation, Droit.SUIVRE, blessure.dossier)
    retenir(blessure.dossier)
    tenue = verrouiller(Blessure, blessure.pk, version)
    if vers not in TRANSITIONS_RECONNAISSANCE[tenue.reconnaissance]:
        raise ActionRefusee(
            f"La reconnaissance est « {tenue.get_reconnaissance_display()} » : ce n’est pas une suite possible.",
            "vers",
        )
    pas_futur(le, "le", "La date")
    pas_avant(le, tenue.survenue_le, "le", "La date")
    _ecrire(tenue, reconnaissance=vers, reconnue_le=le if vers in DECIDEES else None)
    raconter(
        tenue.dossier, Genre.RECONNAISSANCE, habilitation, jour=le, blessure=tenue.pk, reconnaissance=vers
    )
    journaliser(
        habilitation, Acte.MODIFIER, blessure.dossier.numero,
        details={"geste": "reconnaissance", "id": tenue.pk, "etat": vers},
    )  # fmt: skip
    return tenue


def _ecrire(blessure: Blessure, **champs: Any) -> None:
    for nom, valeur in champs.items():
        setattr(blessure, nom, valeur)
    blessure.version += 1
    blessure.save()
