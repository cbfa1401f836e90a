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
from dossierunique.journal.refus import AccesRefuse
from dossierunique.preparees import Preparee
from dossierunique.securite.identite import systeme
from partners.models import Habilitation
from partners.organismes.models import Programme

PAR_HEURE = 30
FAITES = Preparee(
    f"""
    SELECT count(*) FROM (
      SELECT 1 FROM journal_ligne
       WHERE utilisateur_id = %(qui)s AND quand >= %(depuis)s AND action = '{Acte.RECHERCHER}'
         AND details -> 'par' = '"nir"'
       LIMIT %(limite)s) faites
    """,  # noqa: S608
    {"qui": "bigint", "depuis": "timestamptz", "limite": "int"},
)


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
    if FAITES.lignes(qui=habilitation.utilisateur_id, depuis=depuis, limite=limite())[0][0] >= limite():
        raise ActionRefusee(
            f"Vous avez fait {limite()} recherches par NIR en une heure, c’est le maximum. "
            "Reprenez dans une heure, ou adressez-vous à la CNMSS si votre travail en demande davantage."
        )


@transaction.atomic
def chercher_personne(
    habilitation: Habilitation, nir: Nir, naissance: date, programme: str = Programme.DU
) -> Resultat:
    """Look for a person before opening her dossier of a programme. Raises ActionRefusee beyond the hourly limit.

    EN_COURS says that she is known and that this habilitation may open that dossier, whether she has another or not.
    """
    exiger(habilitation, Droit.OUVRIR_DOSSIER)
    verifier_limite(habilitation)
    with systeme("recherche-nir"):
        # Known or not is asked of everybody's files; what may be said of it follows.
        assure = Assure.objects.par_nir(nir).first()
        dossier = dossier_de(assure, programme) if assure else None
    resultat = constater(habilitation, assure, dossier, naissance)
    objet = dossier.numero if dossier else str(assure.reference) if assure else ""
    journaliser(
        habilitation, Acte.RECHERCHER, objet,
        details={"par": "nir", "geste": "ouverture", "constat": resultat.constat.value},
    )  # fmt: skip
    return resultat


def dossier_de(assure: Assure, programme: str = Programme.DU) -> Dossier | None:
    """The dossier of a person, if it is open."""
    return assure.dossiers.filter(programme=programme).first()


def constater(
    habilitation: Habilitation, assure: Assure | None, dossier: Dossier | None, naissance: date
) -> Resultat:
    """What may be said of a person, and of her dossier, to this habilitation."""
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


def deja_saisie(habilitation: Habilitation, nir: Nir) -> Assure | None:
    """The person, when this very habilitation has just entered her (a form sent twice)."""
    assure = Assure.objects.par_nir(nir).filter(cree_par=habilitation).first()
    return assure if assure and peut_ouvrir_pour(habilitation, assure) else None


def personne_a_ouvrir(
    habilitation: Habilitation, reference: UUID, programme: str = Programme.DU
) -> tuple[Assure, Dossier | None]:
    """The person of an opening in progress, and her dossier once it is open. Raises AccesRefuse."""
    assure = Assure.objects.filter(reference=reference).select_related("unite", "mutuelle").first()
    if assure is None:
        raise AccesRefuse(str(reference), "ouverture inconnue")
    dossier = dossier_de(assure, programme)
    if dossier:
        exiger(habilitation, Droit.OUVRIR_DOSSIER, dossier)
    elif not peut_ouvrir_pour(habilitation, assure):
        raise AccesRefuse(str(reference), "ouverture d’une autre unité")
    return assure, dossier
