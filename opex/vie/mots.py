"""Pieces of sentences that the history, the page of the life and its paper share."""

from datetime import date

from dossiers.partages.natures import Donnee
from dossiers.partages.profils import Regard
from dossiers.textes import euros, jour
from opex.contributions.models import ContributionOpex, PeriodiciteOpex
from opex.suivi.models import Blessure, Evacuation


def periode(depuis: date | None, jusque: date | None) -> str:
    """« du 3 mars 2026 au 12 mars 2026 », « depuis le 3 mars 2026 »."""
    if depuis and jusque:
        return f"le {jour(depuis)}" if depuis == jusque else f"du {jour(depuis)} au {jour(jusque)}"
    return f"depuis le {jour(depuis)}" if depuis else ""


def reunir(*morceaux: str) -> str:
    """The pieces that say something, with commas, as a sentence."""
    dits = ", ".join(morceau for morceau in morceaux if morceau)
    return f"{dits[0].upper()}{dits[1:].rstrip('.')}." if dits else ""


def phrases(*dites: str) -> str:
    """Sentences one after the other, without the empty ones."""
    return " ".join(phrase for phrase in dites if phrase)


def blessure_en_bref(blessure: Blessure) -> str:
    """What may be known by who reads the state only: « blessure survenue le 12 mars 2026 (Sahel) »."""
    return f"blessure survenue le {jour(blessure.survenue_le)} ({blessure.theatre})"


def blessure_en_detail(blessure: Blessure, regard: Regard) -> str:
    """Circumstances, severity, evacuation; empty for a regard that does not read the wound whole."""
    if not regard.lit(Donnee.BLESSURE):
        return ""
    gravite = f"gravité {blessure.get_gravite_display()}"
    faits = reunir(blessure.get_circonstances_display(), gravite, blessure.lieu)
    return phrases(faits, reunir(blessure.recit), _evacuation(blessure))


def _evacuation(blessure: Blessure) -> str:
    if blessure.evacuation == Evacuation.AUCUNE:
        return reunir(f"hôpital : {blessure.hopital}") if blessure.hopital else ""
    quand = f"le {jour(blessure.evacuee_le)}" if blessure.evacuee_le else ""
    return reunir(f"évacuation {blessure.get_evacuation_display()} {quand}".strip(), blessure.hopital)


def rythme(aide: ContributionOpex) -> str:
    """« par mois depuis le 3 mars 2026 »; the day alone for what is given once."""
    if aide.periodicite == PeriodiciteOpex.UNIQUE:
        return f"le {jour(aide.debut)}"
    return f"{aide.get_periodicite_display()} {periode(aide.debut, aide.fin)}"


def aide_en_bref(aide: ContributionOpex) -> str:
    """« Unéo, capital : 12 000,00 € »; an aid in kind may have no amount."""
    somme = f" : {euros(aide.montant)}" if aide.montant else ""
    return f"{aide.organisme.sigle}, {aide.genre.nom}{somme}"
