"""What follows a wound: its evolutions, and the DAPIAS with their renewals."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dossiers.echanges.actions import raconter
from dossiers.echanges.models import Genre
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.verrou import verrouiller
from opex.suivi.dates import pas_apres, pas_avant, pas_futur, plus_mois
from opex.suivi.echeances import oublier_renouvellement, prevoir_renouvellement
from opex.suivi.models import TRANSITIONS_DAPIAS, Blessure, Dapias, EtatDapias, Evolution, Suivi
from opex.suivi.parcours import retenir
from partners.models import Habilitation


@transaction.atomic
def ajouter_evolution(
    habilitation: Habilitation,
    blessure: Blessure,
    *,
    genre: str,
    depuis: date,
    jusque: date | None = None,
    lieu: str = "",
    precision: str = "",
) -> Evolution:
    """Tell what became of a wound. Raises ActionRefusee on impossible dates, or when it is told already."""
    exiger(habilitation, Droit.SUIVRE, blessure.dossier)
    suivi = retenir(blessure.dossier)
    pas_futur(depuis, "depuis", "Le début")
    pas_avant(depuis, blessure.survenue_le, "depuis", "Le début")
    pas_apres(depuis, suivi.decede_le, "depuis", "Le début")
    pas_avant(jusque, depuis, "jusque", "La fin")
    faits = {"genre": genre, "depuis": depuis, "jusque": jusque, "lieu": lieu, "precision": precision}
    if Evolution.objects.filter(blessure=blessure, rayee_le__isnull=True, **faits).exists():
        raise ActionRefusee("Cette évolution est déjà enregistrée.")
    evolution = Evolution.objects.create(
        dossier=blessure.dossier, blessure=blessure, par=habilitation, **faits
    )
    raconter(
        blessure.dossier, Genre.EVOLUTION, habilitation, jour=depuis, blessure=blessure.pk,
        evolution=evolution.pk,
    )  # fmt: skip
    _journaliser(habilitation, Acte.CREER, blessure, "évolution", evolution.pk)
    return evolution


@transaction.atomic
def rayer_evolution(habilitation: Habilitation, evolution: Evolution, motif: str) -> Evolution:
    """Strike out what was told by mistake; it stays, with the reason. Raises ActionRefusee when it is done already."""
    exiger(habilitation, Droit.SUIVRE, evolution.dossier)
    tenue = verrouiller(Evolution, evolution.pk)
    if tenue.rayee_le:
        raise ActionRefusee("Cette évolution est déjà rayée.")
    if not motif.strip():
        raise ActionRefusee("Dites pourquoi cette ligne est rayée.", "motif")
    tenue.rayee_le, tenue.rayee_motif = timezone.now(), motif.strip()
    tenue.save()
    _journaliser(habilitation, Acte.MODIFIER, evolution, "évolution rayée", tenue.pk)
    return tenue


@transaction.atomic
def ouvrir_dapias(habilitation: Habilitation, blessure: Blessure, *, reference: str, depuis: date) -> Dapias:
    """Record a DAPIAS for its legal length; the step that recalls its end is made with it.

    Raises ActionRefusee on impossible dates, or while another one runs for the same wound.
    """
    exiger(habilitation, Droit.SUIVRE, blessure.dossier)
    retenir(blessure.dossier)
    pas_futur(depuis, "depuis", "Le début")
    pas_avant(depuis, blessure.survenue_le, "depuis", "Le début")
    if Dapias.objects.filter(blessure=blessure, etat=EtatDapias.EN_COURS).exists():
        raise ActionRefusee("Une DAPIAS est en cours pour cette blessure : renouvelez-la.", "reference")
    dapias = _inscrire(habilitation, blessure, reference, depuis)
    _journaliser(habilitation, Acte.CREER, blessure, "DAPIAS", dapias.pk)
    return dapias


@transaction.atomic
def renouveler_dapias(
    habilitation: Habilitation, dapias: Dapias, *, reference: str, depuis: date, version: int
) -> Dapias:
    """Let another DAPIAS follow one that runs. Raises ModifieDepuis, ActionRefusee when it runs no more."""
    tenue = _en_cours(habilitation, dapias, EtatDapias.RENOUVELEE, version)
    if depuis <= tenue.depuis:
        raise ActionRefusee("Le renouvellement suit le début de la déclaration.", "depuis")
    # It may be told a little before the former one ends.
    pas_apres(depuis, max(tenue.jusque, timezone.localdate()), "depuis", "Le renouvellement")
    _ecrire(tenue, etat=EtatDapias.RENOUVELEE)
    suivante = _inscrire(habilitation, tenue.blessure, reference, depuis, precedente=tenue)
    _journaliser(habilitation, Acte.CREER, dapias, "DAPIAS renouvelée", suivante.pk)
    return suivante


@transaction.atomic
def clore_dapias(habilitation: Habilitation, dapias: Dapias, *, motif: str, version: int) -> Dapias:
    """End a DAPIAS with a reason. Raises ModifieDepuis, ActionRefusee when it runs no more."""
    tenue = _en_cours(habilitation, dapias, EtatDapias.CLOSE, version)
    if not motif.strip():
        raise ActionRefusee("Dites pourquoi la DAPIAS est close.", "motif")
    _ecrire(tenue, etat=EtatDapias.CLOSE, motif_fin=motif.strip())
    oublier_renouvellement(tenue)
    raconter(
        tenue.dossier,
        Genre.DAPIAS,
        habilitation,
        dapias=tenue.pk,
        blessure=tenue.blessure_id,
        etat=tenue.etat,
    )
    _journaliser(habilitation, Acte.MODIFIER, dapias, "DAPIAS close", tenue.pk)
    return tenue


def _en_cours(habilitation: Habilitation, dapias: Dapias, vers: str, version: int) -> Dapias:
    exiger(habilitation, Droit.SUIVRE, dapias.dossier)
    retenir(dapias.dossier)
    tenue = verrouiller(Dapias, dapias.pk, version)
    if vers not in TRANSITIONS_DAPIAS[tenue.etat]:
        raise ActionRefusee(f"Cette DAPIAS est déjà « {tenue.get_etat_display()} ».")
    return tenue


def _inscrire(
    habilitation: Habilitation,
    blessure: Blessure,
    reference: str,
    depuis: date,
    precedente: Dapias | None = None,
) -> Dapias:
    decede_le = Suivi.objects.get(dossier=blessure.dossier_id).decede_le
    pas_apres(depuis, decede_le, "depuis", "Le début")
    dapias = Dapias.objects.create(
        dossier=blessure.dossier, blessure=blessure, reference=reference.strip(), depuis=depuis,
        jusque=plus_mois(depuis, settings.DAPIAS_MOIS), precedente=precedente, par=habilitation,
    )  # fmt: skip
    prevoir_renouvellement(dapias, habilitation)
    raconter(
        blessure.dossier, Genre.DAPIAS, habilitation, jour=min(depuis, timezone.localdate()), dapias=dapias.pk,
        blessure=blessure.pk, etat=dapias.etat,
    )  # fmt: skip
    return dapias


def _ecrire(dapias: Dapias, **champs: Any) -> None:
    for nom, valeur in champs.items():
        setattr(dapias, nom, valeur)
    dapias.version += 1
    dapias.save()


def _journaliser(
    habilitation: Habilitation, acte: Acte, objet: Blessure | Evolution | Dapias, geste: str, pk: int
) -> None:
    journaliser(habilitation, acte, objet.dossier.numero, details={"geste": geste, "id": pk})
