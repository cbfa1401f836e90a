"""What an aid must say to hold together; the database mirrors what does not depend on the day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dossiers.partages.models import Dossier
from dossierunique.erreurs import ActionRefusee
from opex.contributions.models import EtatContributionOpex, Forme, PeriodiciteOpex

if TYPE_CHECKING:
    from opex.contributions.actions import Saisie

E = EtatContributionOpex


def verifier_saisie(saisie: Saisie, dossier: Dossier, aujourd_hui: date) -> None:
    """Raise ActionRefusee, beside its field, for the first thing that does not hold together."""
    _montant(saisie)
    _rythme(saisie)
    _taux(saisie)
    _dates(saisie, dossier)
    _versement(saisie, aujourd_hui)


def _montant(saisie: Saisie) -> None:
    if saisie.montant < 0:
        raise ActionRefusee("Le montant ne peut pas être négatif.", "montant")
    if saisie.montant == 0 and saisie.genre.forme != Forme.NATURE:
        raise ActionRefusee("Indiquez un montant supérieur à zéro.", "montant")


def _rythme(saisie: Saisie) -> None:
    unique = saisie.periodicite == PeriodiciteOpex.UNIQUE
    if unique and saisie.genre.forme == Forme.RENTE:
        raise ActionRefusee("Une pension ou une rente est périodique : choisissez son rythme.", "periodicite")
    if unique and saisie.etat == E.EN_VERSEMENT:
        raise ActionRefusee(
            "Une aide versée une seule fois est accordée, puis versée : elle n’est pas « en cours ».", "etat"
        )
    if unique and saisie.fin:
        raise ActionRefusee("Une aide versée une seule fois n’a pas de dernier versement.", "fin")


def _taux(saisie: Saisie) -> None:
    if saisie.taux is None:
        return
    if not saisie.genre.avec_taux:
        raise ActionRefusee("Ce genre d’aide ne porte pas de taux : laissez cette case vide.", "taux")
    if not 0 < saisie.taux <= 100:
        raise ActionRefusee("Un taux est compris entre 0 et 100 %.", "taux")


def _dates(saisie: Saisie, dossier: Dossier) -> None:
    if saisie.fin and saisie.fin < saisie.debut:
        raise ActionRefusee("Le dernier versement ne peut pas précéder le premier.", "fin")
    if saisie.debut < dossier.assure.date_naissance:
        raise ActionRefusee("Cette date précède la naissance de la personne.", "debut")
    if saisie.blessure and saisie.debut < saisie.blessure.survenue_le:
        raise ActionRefusee("Cette date précède la blessure : une aide la suit.", "debut")


def _versement(saisie: Saisie, aujourd_hui: date) -> None:
    """What is being paid has begun, what is paid has ended: neither is in the future."""
    if saisie.etat not in (E.EN_VERSEMENT, E.VERSEE):
        return
    if saisie.debut > aujourd_hui:
        raise ActionRefusee(
            "Cette date est dans le futur : l’aide est promise ou accordée, pas encore versée.", "debut"
        )
    if saisie.etat == E.EN_VERSEMENT or saisie.periodicite == PeriodiciteOpex.UNIQUE:
        return
    if saisie.fin is None:
        raise ActionRefusee("Indiquez le dernier versement de cette aide périodique.", "fin")
    if saisie.fin > aujourd_hui:
        raise ActionRefusee("Tant que le dernier versement est à venir, l’aide est « en cours ».", "fin")
