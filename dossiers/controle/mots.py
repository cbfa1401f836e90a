"""Rows of the journal in words that the person concerned would understand."""

from typing import Any

from dossierunique.journal.actes import Acte
from dossierunique.journal.models import LigneJournal

PAGES = {
    "apercu": "la vue d’ensemble", "demandes": "les demandes", "pieces": "les pièces", "courriers": "les courriers",
    "contributions": "les contributions", "histoire": "l’histoire du dossier", "acces": "la liste des accès",
    "consentement": "le consentement", "nouveau consentement": "le recueil du consentement", "ouverture": "l’ouverture",
    "retrait": "le retrait d’un accès", "decision": "la décision", "contribution": "la contribution",
    "deposer": "le dépôt de pièces", "ayant_droit": "un ayant droit", "dossier ouvert": "le dossier ouvert",
}  # fmt: skip
OBJETS = {
    "courrier": "un courrier",
    "preuve": "la preuve du consentement",
    "piece": "une pièce",
    "releve": "le relevé",
}
GESTES = {
    "consentement": "le consentement", "retrait": "le consentement", "ouverture": "le dossier", "piece": "une pièce",
    "contribution": "une contribution", "decider": "la décision", "ayant_droit": "un ayant droit",
    "formulaire": "le formulaire de consentement",
}  # fmt: skip
RECHERCHES = {"nir": "par son NIR"}
# What these acts say by themselves.
COMPLETS = frozenset({Acte.REVELER_NIR, Acte.REFUS, Acte.LISTER, Acte.CONNEXION, Acte.DECONNEXION})
NOMS = {
    Acte.CONSULTER: ("consultation", "consultations"),
    Acte.CREER: ("ajout", "ajouts"),
    Acte.MODIFIER: ("modification", "modifications"),
    Acte.TELECHARGER: ("téléchargement", "téléchargements"),
    Acte.IMPRIMER: ("impression", "impressions"),
    Acte.EXPORTER: ("export", "exports"),
    Acte.RECHERCHER: ("recherche", "recherches"),
    Acte.REVELER_NIR: ("affichage du numéro de sécurité sociale", "affichages du numéro de sécurité sociale"),
    Acte.REFUS: ("accès refusé", "accès refusés"),
}


def complement(details: dict[str, Any]) -> str:
    """What the act was about: « les pièces, demande DM-2026-… »."""
    quoi = PAGES.get(str(details.get("page", ""))) or GESTES.get(str(details.get("geste", "")))
    quoi = quoi or next((texte for cle, texte in OBJETS.items() if details.get(cle)), "")
    demande = f"la demande {details['demande']}" if details.get("demande") else ""
    return ", ".join(filter(None, (quoi, demande))) or "le dossier"


def phrase(ligne: LigneJournal) -> str:
    """The act in a few words: « a consulté les pièces »."""
    acte = ligne.get_action_display()
    if ligne.action == Acte.RECHERCHER and not ligne.objet:
        return (
            f"{acte} une personne, {RECHERCHES.get(str(ligne.details.get('par', '')), 'par nom ou numéro')}"
        )
    return acte if ligne.action in COMPLETS else f"{acte} {complement(ligne.details)}"
