"""Verifying regularly: keeping what was found, and giving the head of the chain to the outside."""

import hmac
import json
import logging
from dataclasses import asdict
from datetime import datetime

from django.dispatch import Signal
from django.utils import timezone

from dossierunique.journal.empreintes import CLES, cachet, microsecondes, sceller_octets
from dossierunique.journal.models import VerificationJournal
from dossierunique.journal.sceaux import sceller
from dossierunique.journal.verification import Rapport, verifier
from dossierunique.securite.identite import systeme
from dossierunique.securite.trousseau import trousseau

journal = logging.getLogger(__name__)

# Sent with `verification` once it is kept: the rooms above tell whom it concerns.
journal_verifie = Signal()
EXEMPLES = 100
MEMOIRE = 60


def verifier_et_noter(depuis: datetime | None = None) -> VerificationJournal:
    """Seal what waits, verify against what was noted before, keep the result and have it told."""
    with systeme("sceller-journal"):
        sceller()
    rapport = verifier(depuis, ancres_notees())
    with systeme("verifier-journal"):
        for numero in fausses():
            rapport.noter("verification", f"Vérification {numero} : son enregistrement a été modifié.")
        verification = _noter(rapport)
        journal_verifie.send(VerificationJournal, verification=verification)
    # The line that goes to the operator's log, out of reach of who administers the database.
    journal.info(
        "journal des accès : %s anomalies, sceau %s, cachet %s", rapport.nombre, rapport.tete, rapport.cachet
    )
    return verification


def cachet_de(verification: VerificationJournal) -> str:
    """The head of the chain that a verification saw, in letters."""
    return cachet(bytes(verification.tete_signature)) if verification.tete else ""


def ancres_notees() -> list[tuple[int, str]]:
    """The heads that former verifications saw and signed: those seals must still be there."""
    return [
        (v.tete, cachet_de(v)) for v in VerificationJournal.objects.all()[:MEMOIRE] if v.tete and _juste(v)
    ]


def fausses() -> list[int]:
    """Kept verifications whose signature is not that of what they say."""
    return [v.pk for v in VerificationJournal.objects.all()[:MEMOIRE] if not _juste(v)]


def _noter(rapport: Rapport) -> VerificationJournal:
    verification = VerificationJournal(
        debut=rapport.debut,
        fin=timezone.now(),
        sceaux=rapport.sceaux,
        lignes=rapport.lignes,
        anomalies=rapport.nombre,
        exemples=[asdict(anomalie) for anomalie in rapport.anomalies[:EXEMPLES]],
        tete=rapport.tete,
        tete_signature=rapport.tete_signature,
        cle=trousseau(CLES).courante,
    )
    verification.signature = _signer(verification)
    verification.save(force_insert=True)
    return verification


def _signer(v: VerificationJournal) -> bytes:
    dit = [microsecondes(v.debut), microsecondes(v.fin), v.sceaux, v.lignes, v.anomalies, v.tete, v.exemples]
    texte = json.dumps(dit, sort_keys=True).encode()
    return sceller_octets(v.cle, b"verification", texte, bytes(v.tete_signature))


def _juste(v: VerificationJournal) -> bool:
    return v.cle in trousseau(CLES) and hmac.compare_digest(_signer(v), bytes(v.signature))


def etat() -> str:
    """In a word, for whoever watches the service: nothing of what was found."""
    derniere = VerificationJournal.objects.only("fin", "anomalies").first()
    if derniere is None:
        return "jamais vérifié"
    if not derniere.saine:
        return "anomalie"
    retard = (timezone.now() - derniere.fin).total_seconds() > 26 * 3600
    return "vérification ancienne" if retard else "vérifié"
