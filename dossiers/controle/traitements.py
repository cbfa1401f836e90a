"""Outbox and signals: the verification asked for, and the telling of what every verification found."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from dossiers.controle.surveillance import delegues
from dossierunique.journal import tasks
from dossierunique.journal.models import VerificationJournal
from dossierunique.journal.veille import cachet_de, journal_verifie
from dossierunique.notifications import genres
from dossierunique.notifications.centre import notifier
from dossierunique.notifications.sortie import traitement
from dossierunique.ui.formats import pluriel

GENRE = "journal_verifie"
genres.declarer(GENRE, "Le journal des accès a été vérifié")


@traitement("journal.verifier")
def verifier(donnees: dict[str, Any]) -> None:
    """Hand the verification to a worker: it may last longer than a job of the outbox should."""
    tasks.verifier.apply_async(retry=False)


@receiver(journal_verifie, dispatch_uid="controle.journal_verifie")
def prevenir(sender: Any, verification: VerificationJournal, **_: Any) -> None:
    """Tell the data protection officers, with the head of the chain: their mailbox keeps it out of the database."""
    trouve = (
        pluriel(verification.anomalies, "anomalie,anomalies") if verification.anomalies else "aucune anomalie"
    )
    texte = f"Journal des accès vérifié : {trouve}."
    if verification.tete:
        texte += f" Sceau {verification.tete}, cachet {cachet_de(verification)}."
    url = reverse("controle:verification")
    notifier(delegues(), genre=GENRE, texte=texte, url=url, cle=f"verification-{verification.pk}")
