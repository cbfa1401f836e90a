"""Is this person known? The question that opens every dossier, asked by NIR and birth date, journalled and limited."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dossiers.assures.models import Assure
from dossiers.assures.nir import Nir
from dossiers.partages.models import Dossier
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit, Regard
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from dossierunique.securite.identite import systeme
from partners.models import Habilitation
from partners.organismes.models import Programme

PAR_HEURE = 30


class Constat(StrEnum):
    """What the search found, and how much of it may be said."""

    NOUVELLE = "nouvelle"
    DISCORDANTE = "discordante"
    VISIBLE = "visible"
    EN_COURS = "en_cours"
    RESERVEE = "reservee"


@dataclass(frozen=True)
class Resultat:
    """The person and dossier are there only when this habilitation may see them."""

    constat: Constat
    assure: Assure | None = None
    dossier: Dossier | None = None


def limite() -> int:
    """Searches by NIR that one user may make in an hour."""
    return getattr(settings, "RECHERCHES_NIR_PAR_HEURE", PAR_HEURE)


def verifier_limite(habilitation: Habilitation) -> None:
    """Raise ActionRefusee once a user has searched by NIR too often in the last hour: nobody may walk the numbers."""
    depuis = timezone.now() - timedelta(hours=1)
    faites = LigneJournal.objects.filter(
        utilisateur_id=habilitation.utilisateur_id,
        quand__gte=depuis,
        action=Acte.RECHERCHER,
        details__par="nir",
    )[: limite()]
    if len(faites.values_list("pk", flat=True)) >= limite():
        raise ActionRefusee(
            f"Vous avez fait {limite()} recherches par NIR en une heure, c’est le maximum. "
            "Reprenez dans une heure, ou adressez-vous à la CNMSS si votre travail en demande davantage."
        )


@transaction.atomic
def chercher_personne(habilitation: Habilitation, nir: Nir, naissance: date) -> Resultat:
    """Look for a person before opening her dossier. Raises ActionRefusee beyond the hourly limit."""
    exiger(habilitation, Droit.OUVRIR_DOSSIER)
    verifier_limite(habilitation)
    with systeme("recherche-nir"):
        # Known or not is asked of everybody's files; what may be said of it follows.
        assure = Assure.objects.par_nir(nir).first()
        dossier = dossier_de(assure) if assure else None
    resultat = _constater(habilitation, assure, dossier, naissance)
    objet = dossier.numero if dossier else str(assure.reference) if assure else ""
    journaliser(
        habilitation, Acte.RECHERCHER, objet,
        details={"par": "nir", "geste": "ouverture", "constat": resultat.constat.value},
    )  # fmt: skip
    return resultat


def dossier_de(assure: Assure, programme: str = Programme.DU) -> Dossier | None:
    """The dossier of a person, if it is open."""
    return assure.dossiers.filter(programme=programme).first()


def _constater(
    habilitation: Habilitation, assure: Assure | None, dossier: Dossier | None, naissance: date
) -> Resultat:
    if assure is None:
        return Resultat(Constat.NOUVELLE)
    if assure.date_naissance != naissance:
        return Resultat(Constat.DISCORDANTE)
    if dossier is None:
        reprend = peut_ouvrir_pour(habilitation, assure)
        return Resultat(Constat.EN_COURS, assure) if reprend else Resultat(Constat.RESERVEE)
    if Dossier.objects.filter(pk=dossier.pk).visibles_par(habilitation).exists():
        return Resultat(Constat.VISIBLE, assure, dossier)
    return Resultat(Constat.RESERVEE)


def peut_ouvrir_pour(habilitation: Habilitation, assure: Assure) -> bool:
    """Whether this habilitation may go on with the opening of this person: the CNMSS, or her unit's correspondants."""
    regard = Regard(habilitation)
    if not habilitation.en_vigueur() or not regard.peut(Droit.OUVRIR_DOSSIER):
        return False
    return not regard.est_correspondant or assure.unite_id in habilitation.unites_ids


def personne_a_ouvrir(habilitation: Habilitation, reference: UUID) -> tuple[Assure, Dossier | None]:
    """The person of an opening in progress, and her dossier once it is open. Raises AccesRefuse."""
    assure = Assure.objects.filter(reference=reference).select_related("unite", "mutuelle").first()
    if assure is None:
        raise AccesRefuse(str(reference), "ouverture inconnue")
    dossier = dossier_de(assure)
    if dossier:
        exiger(habilitation, Droit.OUVRIR_DOSSIER, dossier)
    elif not peut_ouvrir_pour(habilitation, assure):
        raise AccesRefuse(str(reference), "ouverture d’une autre unité")
    return assure, dossier
