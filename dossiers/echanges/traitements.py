"""The outbox handlers of the dossiers: announcing events, producing letters, following the antivirus."""

import re
from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from dossiers.commission.actions import notifier_decision
from dossiers.commission.models import Decision
from dossiers.demandes.models import Demande
from dossiers.echanges import lettres
from dossiers.echanges.destinataires import annonce_de, habilitations_a_prevenir
from dossiers.echanges.models import Courrier, Evenement, Genre, GenreCourrier
from dossiers.justificatifs.actions import suivre_analyse
from dossiers.partages.models import Dossier
from dossierunique.fichiers.depot import enregistrer_pdf
from dossierunique.fichiers.models import Fichier
from dossierunique.fichiers.signaux import analyse_terminee
from dossierunique.notifications import genres
from dossierunique.notifications.centre import notifier, verifier
from dossierunique.notifications.models import Notification
from dossierunique.notifications.sortie import traitement
from partners.habilitations.models import Habilitation

LIBELLES = {
    Genre.DEMANDE_SOUMISE: "Une demande est déposée",
    Genre.PIECE_DEPOSEE: "Une pièce est déposée",
    Genre.PIECE_REJETEE: "Une pièce est rejetée",
    Genre.PIECES_DEMANDEES: "Des pièces sont demandées",
    Genre.DEMANDE_COMPLETE: "Une demande est complète",
    Genre.DEMANDE_CLASSEE: "Une demande est classée",
    Genre.AVIS_DEMANDE: "Un avis médical est demandé",
    Genre.AVIS_RENDU: "Un avis médical est rendu",
    Genre.CONTRIBUTION: "Un partenaire répond",
    Genre.NOTIFICATION: "Une décision est notifiée",
    Genre.RETRAIT: "Un accès est retiré",
    Genre.PREUVE_REJETEE: "La preuve d’un consentement est rejetée",
    "consentement_a_confirmer": "Des consentements restent à confirmer",
}
for _code, _libelle in LIBELLES.items():
    genres.declarer(_code, _libelle)


@traitement("annonce")
def annoncer(donnees: dict[str, Any]) -> None:
    """Tell the entitled people of one event, once each."""
    evenement = Evenement.objects.select_related("dossier", "demande", "auteur").get(pk=donnees["evenement"])
    annonce = annonce_de(evenement)
    if annonce is None:
        return
    numero = evenement.demande.numero if evenement.demande else evenement.dossier.numero
    vue = "demandes:detail" if evenement.demande else "dossiers:apercu"
    notifier(
        [h.utilisateur for h in habilitations_a_prevenir(evenement, annonce)],
        genre=evenement.genre,
        texte=annonce.texte(numero),
        url=reverse(vue, args=[numero]),
        cle=f"evenement-{evenement.pk}",
    )


NUMERO = re.compile(r"\b[A-Z]{2}-\d{4}-\d{7}-[A-Z]\b")


@verifier
def encore_lisible(notification: Notification) -> bool:
    """Whether its reader still acts for somebody, and reads what it speaks of under one of those habilitations."""
    habilitations = list(Habilitation.objects.en_vigueur().filter(utilisateur=notification.destinataire_id))
    trouve = NUMERO.search(notification.url)
    if not trouve or not habilitations:
        return bool(habilitations)
    numero = trouve[0]
    modele = Demande if numero.startswith("DM-") else Dossier
    vus = modele.objects.filter(numero=numero)  # type: ignore[attr-defined]
    return any(vus.visibles_par(habilitation).exists() for habilitation in habilitations)


def imprimer(pk: int) -> Courrier:
    """The letter with its PDF, rendered once and kept as it was."""
    courrier = Courrier.objects.select_for_update(of=("self",)).select_related("dossier__assure").get(pk=pk)
    if courrier.fichier_id is None:
        octets = lettres.rediger(courrier)
        courrier.fichier = enregistrer_pdf(octets, nom=lettres.nom_de_fichier(courrier), cree_par=None)
        courrier.save(update_fields=["fichier"])
    return courrier


@traitement("courrier.produire")
def produire(donnees: dict[str, Any]) -> None:
    """Produce one letter and keep it; a notified decision then becomes known to everyone entitled."""
    courrier = imprimer(donnees["courrier"])
    if courrier.genre == GenreCourrier.NOTIFICATION:
        notifier_decision(Decision.objects.get(pk=courrier.cible))


@receiver(analyse_terminee)
def apres_analyse(sender: Any, fichier: Fichier, **kwargs: Any) -> None:
    """The antivirus has spoken on a file: its paper follows."""
    suivre_analyse(fichier)
