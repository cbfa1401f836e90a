"""What became of the consents of the demo: most proofs confirmed, some waiting, rejected, suspended; some withdrawn."""

from datetime import timedelta
from random import Random

from django.utils import timezone

from dossiers.consentements.actions import retirer_consentement
from dossiers.consentements.confirmations import rejeter_preuve, suspendre
from dossiers.consentements.models import AvisPreuve, ConfirmationConsentement, Consentement, PreuveAConfirmer
from dossiers.demonstration.acteurs import Acteurs
from dossiers.partages.models import Dossier, Partage
from dossierunique.fichiers.depot import enregistrer_pdf
from dossierunique.fichiers.exemples import pdf_exemple
from dossierunique.fichiers.models import Fichier
from partners.models import Habilitation

RECENTS = timedelta(days=29)
REJETES = (
    "La signature manque en bas de la deuxième page.",
    "Le scan est illisible\u00a0: numérisez de nouveau le papier.",
)
SUSPENDUS = 3
RETIRES = 4


def papier(dossier: Dossier, auteur: Habilitation) -> Fichier:
    """The signed form of a fictitious person, scanned."""
    lignes = [f"Dossier {dossier.numero}", str(dossier.assure), "Lu et approuvé, signé"]
    return enregistrer_pdf(
        pdf_exemple("Recueil du consentement", lignes), nom="acte-signe.pdf", cree_par=auteur
    )


def suivre(consentement: Consentement, acteurs: Acteurs, hasard: Random) -> None:
    """A proof confirmed within some days; most of the recent ones still wait."""
    quand = consentement.enregistre_le
    if timezone.now() - quand < RECENTS and hasard.random() < 0.85:
        PreuveAConfirmer.objects.create(consentement=consentement, dossier=consentement.dossier, depuis=quand)
        return
    ConfirmationConsentement.objects.create(
        consentement=consentement, dossier=consentement.dossier, decision=AvisPreuve.CONFIRME,
        par=hasard.choice(acteurs.gestionnaires),
        quand=min(quand + timedelta(days=hasard.randrange(1, 6)), timezone.now()),
    )  # fmt: skip


def faire_vivre(acteurs: Acteurs) -> None:
    """Some proofs rejected or left too long, some accords withdrawn, by the real actions."""
    attentes = list(
        PreuveAConfirmer.objects.select_related("dossier__assure", "consentement__enregistre_par__utilisateur")
        .order_by("depuis", "pk")
    )  # fmt: skip
    for attente, motif in zip(attentes, REJETES, strict=False):
        rejeter_preuve(acteurs.gestionnaires[-1], attente.consentement, motif)
    for attente in attentes[len(REJETES) : len(REJETES) + SUSPENDUS]:
        PreuveAConfirmer.objects.filter(pk=attente.pk).update(depuis=timezone.now() - timedelta(days=32))
        suspendre(attente)
    consentis = (
        Partage.objects.actifs().filter(nature="consentement").select_related("dossier__assure", "organisme")
    )
    for partage in consentis.order_by("-ouvert_le", "-pk")[40 : 40 + RETIRES]:
        retirer_consentement(
            partage.dossier.ouvert_par, partage.dossier, [partage.organisme], signe_le=timezone.localdate()
        )
