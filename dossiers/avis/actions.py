"""The médecin-conseil's avis: asked for by who instructs, given once, with notes that only médecins read."""

import re

from django.db import transaction
from django.utils import timezone

from dossiers.avis.models import AvisMedical, EtatAvis, NoteMedicale, Sens
from dossiers.demandes.actions import passer
from dossiers.demandes.etats import EtatDemande
from dossiers.demandes.models import Demande
from dossiers.echanges.actions import raconter
from dossiers.echanges.models import Genre
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.verrou import verrouiller
from partners.models import Habilitation

# As many words in a row of the note in the motif are a copy, not a chance.
MOTS_DE_SUITE, MOTS_AU_MOINS = 6, 3


def _journal(habilitation: Habilitation, demande: Demande, geste: str) -> None:
    details = {"geste": geste, "demande": demande.numero}
    journaliser(habilitation, Acte.MODIFIER, demande.dossier.numero, details=details)


@transaction.atomic
def demander_avis(
    habilitation: Habilitation, demande: Demande, question: str, version: int | None = None
) -> AvisMedical:
    """Ask for the avis of the médecin-conseil. Raises ActionRefusee when the demande is not being instructed."""
    exiger(habilitation, Droit.INSTRUIRE, demande.dossier)
    demande = verrouiller(Demande, demande.pk, version)
    passer(demande, EtatDemande.AVIS_DEMANDE)
    demande.save()
    avis = AvisMedical.objects.create(demande=demande, question=question.strip(), demande_par=habilitation)
    raconter(demande.dossier, Genre.AVIS_DEMANDE, habilitation, demande=demande)
    _journal(habilitation, demande, "demander_avis")
    return avis


@transaction.atomic
def retirer_demande_d_avis(
    habilitation: Habilitation, demande: Demande, version: int | None = None
) -> Demande:
    """Give up waiting for the avis: the demande goes on being instructed."""
    exiger(habilitation, Droit.INSTRUIRE, demande.dossier)
    demande = verrouiller(Demande, demande.pk, version)
    passer(demande, EtatDemande.EN_INSTRUCTION)
    demande.save()
    demande.avis.filter(etat=EtatAvis.DEMANDE).update(etat=EtatAvis.RETIRE)
    _journal(habilitation, demande, "retirer_demande_d_avis")
    return demande


@transaction.atomic
def rendre_avis(
    habilitation: Habilitation, demande: Demande, *, sens: str, motif: str, note: str, version: int
) -> AvisMedical:
    """Give the avis: its sense and a reason without anything medical, and a note kept to médecins.

    Raises ModifieDepuis, or ActionRefusee without a reason, or when the reason repeats the note.
    """
    exiger(habilitation, Droit.RENDRE_AVIS, demande.dossier)
    demande = verrouiller(Demande, demande.pk, version)
    motif, note = motif.strip(), note.strip()
    _verifier(sens, motif, note)
    avis = demande.avis.select_for_update().filter(etat=EtatAvis.DEMANDE).first()
    if avis is None:
        raise ActionRefusee("Aucun avis n’est plus attendu sur cette demande.")
    passer(demande, EtatDemande.AVIS_RENDU)
    demande.save()
    avis.etat, avis.sens, avis.motif = EtatAvis.RENDU, sens, motif
    avis.rendu_par, avis.rendu_le = habilitation, timezone.now()
    avis.save()
    if note:
        NoteMedicale.objects.create(demande=demande, avis=avis, texte=note, auteur=habilitation)
    raconter(demande.dossier, Genre.AVIS_RENDU, habilitation, demande=demande)
    _journal(habilitation, demande, "rendre_avis")
    return avis


def _verifier(sens: str, motif: str, note: str) -> None:
    if sens not in Sens.values:
        raise ActionRefusee("Choisissez le sens de l’avis.", "sens")
    if not motif:
        raise ActionRefusee("L’avis doit être motivé, sans élément médical.", "motif")
    if recopie(motif, note):
        raise ActionRefusee(
            "Le motif reprend mot pour mot la note médicale : dites-le sans élément médical.", "motif"
        )


def recopie(motif: str, note: str) -> bool:
    """Whether the motif holds the whole note, or several words in a row of it."""
    dits, ecrits = (re.findall(r"\w+", texte.lower()) for texte in (motif, note))
    longueur = min(MOTS_DE_SUITE, len(ecrits))
    if longueur < MOTS_AU_MOINS:
        return False
    suites = {tuple(dits[i : i + longueur]) for i in range(len(dits) - longueur + 1)}
    return any(tuple(ecrits[i : i + longueur]) in suites for i in range(len(ecrits) - longueur + 1))


@transaction.atomic
def ajouter_note(habilitation: Habilitation, demande: Demande, texte: str) -> NoteMedicale:
    """Add a note to the last avis of a demande; those before stay as they were written."""
    exiger(habilitation, Droit.RENDRE_AVIS, demande.dossier)
    if not texte.strip():
        raise ActionRefusee("Écrivez la note avant de l’enregistrer.", "note_medicale")
    avis = demande.avis.exclude(etat=EtatAvis.RETIRE).first()
    if avis is None:
        raise ActionRefusee("Aucun avis n’a été demandé sur cette demande.")
    note = NoteMedicale.objects.create(demande=demande, avis=avis, texte=texte.strip(), auteur=habilitation)
    _journal(habilitation, demande, "ajouter_note")
    return note
