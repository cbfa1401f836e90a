"""Opening a dossier for somebody wounded before the portal knew her: who is it, then the wound, then her consent."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from dossiers.assures.models import Assure
from dossiers.assures.nir import Nir
from dossiers.assures.recherche import Constat, Resultat, dossier_de, peut_ouvrir_pour, verifier_limite
from dossiers.partages.models import Dossier
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.securite.identite import systeme
from opex.suivi import blessures
from opex.suivi.models import Origine
from opex.suivi.ouverture import ouvrir_dossier_opex
from partners.models import Habilitation
from partners.organismes.models import Programme


@transaction.atomic
def chercher(habilitation: Habilitation, nir: Nir, naissance: date) -> Resultat:
    """Look for a person and her OPEX dossier by NIR and birth date. Raises ActionRefusee beyond the hourly limit."""
    exiger(habilitation, Droit.SAISIR_IMPRIME)
    verifier_limite(habilitation)
    with systeme("recherche-nir"):
        # Known or not is asked of everybody's files; what may be said of it follows.
        assure = Assure.objects.par_nir(nir).first()
        dossier = dossier_de(assure, Programme.OPEX) if assure else None
    resultat = _constater(habilitation, assure, dossier, naissance)
    objet = dossier.numero if dossier else str(assure.reference) if assure else ""
    journaliser(
        habilitation, Acte.RECHERCHER, objet,
        details={"par": "nir", "geste": "a posteriori", "constat": resultat.constat.value},
    )  # fmt: skip
    return resultat


def _constater(
    habilitation: Habilitation, assure: Assure | None, dossier: Dossier | None, naissance: date
) -> Resultat:
    if assure is None:
        return Resultat(Constat.NOUVELLE)
    if assure.date_naissance != naissance:
        return Resultat(Constat.DISCORDANTE)
    if dossier is None and peut_ouvrir_pour(habilitation, assure):
        return Resultat(Constat.EN_COURS, assure)
    if dossier and Dossier.objects.filter(pk=dossier.pk).visibles_par(habilitation).exists():
        return Resultat(Constat.VISIBLE, assure, dossier)
    return Resultat(Constat.RESERVEE)


def personne_a_ouvrir(habilitation: Habilitation, reference: UUID) -> tuple[Assure, Dossier | None]:
    """The person of an opening in progress, and her OPEX dossier once it is open. Raises AccesRefuse."""
    exiger(habilitation, Droit.SAISIR_IMPRIME)
    with systeme("ouverture"):
        assure = Assure.objects.filter(reference=reference).select_related("unite").first()
        dossier = dossier_de(assure, Programme.OPEX) if assure else None
    if assure is None:
        raise AccesRefuse(str(reference), "ouverture inconnue")
    if dossier:
        exiger(habilitation, Droit.SAISIR_IMPRIME, dossier)
    elif not peut_ouvrir_pour(habilitation, assure):
        raise AccesRefuse(str(reference), "ouverture d’une autre unité")
    return assure, dossier


@transaction.atomic
def ouvrir(habilitation: Habilitation, assure: Assure, champs: dict[str, Any]) -> Dossier:
    """Open the dossier with the wound that it is opened for: awake at once, its origin marked.

    Arguments: champs, the fields of the wound (blessures.signaler_blessure).
    Raises AccesRefuse outside the perimeter, ActionRefusee when the dossier exists or a date is impossible.
    """
    dossier = ouvrir_dossier_opex(habilitation, assure, Origine.A_POSTERIORI)
    blessures.inscrire(habilitation, dossier, champs, a_posteriori=True)
    return dossier
