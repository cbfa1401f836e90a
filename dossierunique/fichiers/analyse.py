"""The outbox handler that has a file scanned. It raises when clamd is down: the outbox tries again."""

import logging

from dossierunique.fichiers import antivirus, lecture
from dossierunique.fichiers.models import Analyse, EtatFichier, Fichier
from dossierunique.fichiers.signaux import analyse_terminee
from dossierunique.notifications.sortie import traitement

journal = logging.getLogger(__name__)


@traitement("fichier.analyser")
def analyser_fichier(donnees: dict) -> None:
    """Scan one file and open it, or put it in quarantine."""
    fichier = Fichier.objects.select_for_update().filter(pk=donnees["fichier"]).first()
    if fichier is None or fichier.etat != EtatFichier.EN_ANALYSE:
        return
    signature = antivirus.analyser(lecture.flux(fichier))
    if signature:
        journal.warning("fichier %s mis en quarantaine : %s", fichier.reference, signature)
        fichier.etat, fichier.analyse = EtatFichier.QUARANTAINE, Analyse.INFECTE
    else:
        fichier.etat, fichier.analyse = EtatFichier.DISPONIBLE, Analyse.SAIN
    fichier.save(update_fields=["etat", "analyse"])
    analyse_terminee.send(sender=Fichier, fichier=fichier)
