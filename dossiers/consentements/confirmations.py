"""The proof of a consent: confirmed or rejected by a gestionnaire who did not record it; without that, suspended."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements.actes import un_acte_a_la_fois
from dossiers.consentements.models import (
    AvisPreuve,
    ConfirmationConsentement,
    Consentement,
    PreuveAConfirmer,
)
from dossiers.consentements.soutiens import ajuster_ceux_de
from dossiers.contributions.actions import solliciter_partout
from dossiers.echanges.actions import raconter
from dossiers.echanges.models import Genre
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.notifications.centre import notifier
from dossierunique.securite.identite import systeme
from partners.models import Habilitation

NON_CONFIRME = "consentement non confirmé"
REJETEE = "preuve du consentement rejetée"


def delai() -> timedelta:
    """How long shares may rest on a proof that nobody has confirmed."""
    return timedelta(days=settings.CONSENTEMENT_CONFIRMATION_JOURS)


def limite(attente: PreuveAConfirmer) -> date:
    """The last day before the shares that rest on it are suspended."""
    return timezone.localdate(attente.depuis + delai())


def peut_juger(habilitation: Habilitation, consentement: Consentement) -> bool:
    """Somebody else than who recorded it, whatever the habilitations that the same person holds."""
    return consentement.enregistre_par.utilisateur_id != habilitation.utilisateur_id


@transaction.atomic
def confirmer_preuve(habilitation: Habilitation, consentement: Consentement) -> ConfirmationConsentement:
    """The signed paper says what was recorded: shares suspended meanwhile open again.

    Raises ActionRefusee without a readable scan, to who recorded it, or when it has already been judged.
    """
    preuve = consentement.preuve
    if preuve is None or not preuve.disponible:
        raise ActionRefusee(
            "Sans formulaire signé lisible, il n’y a rien à confirmer : attendez son analyse, ou rejetez la preuve."
        )
    return _juger(habilitation, consentement, AvisPreuve.CONFIRME, "")


@transaction.atomic
def rejeter_preuve(
    habilitation: Habilitation, consentement: Consentement, motif: str
) -> ConfirmationConsentement:
    """The paper does not prove what was recorded: the shares close at once, and who recorded it is asked to redo it."""
    if not motif.strip():
        raise ActionRefusee("Dites ce qui ne va pas : le motif est lu par qui a enregistré l’acte.", "motif")
    avis = _juger(habilitation, consentement, AvisPreuve.REJETE, motif.strip())
    numero = consentement.dossier.numero
    notifier(
        [consentement.enregistre_par.utilisateur],
        genre=Genre.PREUVE_REJETEE,
        texte=f"La preuve d’un consentement est rejetée sur {numero} : lisez pourquoi, et recueillez-la de nouveau.",
        url=reverse("consentements:detail", args=[numero]),
        cle=f"preuve-rejetee-{consentement.pk}",
    )
    return avis


def _juger(
    habilitation: Habilitation, consentement: Consentement, decision: str, motif: str
) -> ConfirmationConsentement:
    dossier = consentement.dossier
    exiger(habilitation, Droit.CONFIRMER_CONSENTEMENT, dossier)
    if not peut_juger(habilitation, consentement):
        raise ActionRefusee("Vous avez enregistré cet acte : un autre gestionnaire en vérifie la preuve.")
    un_acte_a_la_fois(dossier)
    with systeme("preuve"):
        attente = PreuveAConfirmer.objects.filter(consentement=consentement).first()
        if attente is None:
            raise ActionRefusee("Cette preuve a déjà été vérifiée : rechargez la page.")
        avis = ConfirmationConsentement.objects.create(
            consentement=consentement, dossier=dossier, decision=decision, motif=motif, par=habilitation
        )
        attente.delete()
        ouverts, _ = ajuster_ceux_de(Consentement.objects.get(pk=consentement.pk), REJETEE)
        if ouverts:
            solliciter_partout(dossier)
        genre = Genre.PREUVE_CONFIRMEE if decision == AvisPreuve.CONFIRME else Genre.PREUVE_REJETEE
        raconter(dossier, genre, habilitation, consentement=consentement.pk)
    journaliser(
        habilitation, Acte.MODIFIER, dossier.numero,
        details={"geste": "preuve", "id": consentement.pk, "decision": decision},
    )  # fmt: skip
    return avis


@transaction.atomic
def suspendre(attente: PreuveAConfirmer) -> bool:
    """Suspend the shares that rest on a proof too long unconfirmed; False when it was judged meanwhile.

    Must run as the system.
    """
    un_acte_a_la_fois(attente.dossier)
    encore = PreuveAConfirmer.objects.filter(pk=attente.pk, suspendu_le__isnull=True)
    if not encore.update(suspendu_le=timezone.now()):
        return False
    consentement = Consentement.objects.select_related("dossier").get(pk=attente.pk)
    _, fermes = ajuster_ceux_de(consentement, NON_CONFIRME)
    if fermes:
        raconter(consentement.dossier, Genre.PARTAGE_SUSPENDU, None, consentement=consentement.pk)
        journaliser(
            None, Acte.MODIFIER, consentement.dossier.numero,
            details={"geste": "suspension", "id": consentement.pk},
        )  # fmt: skip
    return True
