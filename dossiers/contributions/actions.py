"""What partners record on a demande. Only the author's organisme writes its contribution."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from dossiers.contributions.models import (
    ACCORDEES,
    SANS_REPONSE,
    TRANSITIONS,
    Contribution,
    EtatContribution,
    VersionContribution,
)
from dossiers.demandes import etats
from dossiers.demandes.models import Demande
from dossiers.echanges.actions import raconter
from dossiers.echanges.models import Genre
from dossiers.partages.models import Dossier, Nature
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossiers.textes import euros
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.refus import AccesRefuse
from dossierunique.verrou import verrouiller
from partners.models import Habilitation, Organisme


def solliciter(demande: Demande) -> None:
    """Put the demande in the basket of every partner that reads it today and does not have it yet."""
    partages = (
        demande.dossier.partages.actifs().filter(nature=Nature.CONSENTEMENT).select_related("organisme")
    )
    Contribution.objects.bulk_create(
        [
            Contribution(demande=demande, organisme=partage.organisme)
            for partage in partages
            if partage.organisme
        ],
        ignore_conflicts=True,
    )
    # Those that had stopped with the access are asked again with it.
    lisent = [partage.organisme_id for partage in partages]
    demande.contributions.filter(etat=EtatContribution.INTERROMPUE, organisme__in=lisent).update(
        etat=EtatContribution.SOLLICITEE, maj_le=timezone.now(), version=F("version") + 1
    )


def interrompre(dossier: Dossier, organisme: Organisme) -> int:
    """Ask nothing more of an organisme that reads no more; what it has decided stays. How many were waiting."""
    return Contribution.objects.filter(
        demande__dossier=dossier, organisme=organisme, etat__in=SANS_REPONSE
    ).update(etat=EtatContribution.INTERROMPUE, maj_le=timezone.now(), version=F("version") + 1)


def solliciter_partout(dossier: Dossier) -> None:
    """The same for each demande of a dossier that is still open."""
    for demande in dossier.demandes.filter(soumise_le__isnull=False).exclude(etat__in=etats.TERMINEES):
        solliciter(demande)


@transaction.atomic
def enregistrer_contribution(
    habilitation: Habilitation,
    contribution: Contribution,
    *,
    etat: str,
    montant: Decimal = Decimal(0),
    date_effet: date | None = None,
    commentaire: str = "",
    version: int,
) -> Contribution:
    """Record the partner's state, amount, date and shared comment as a new version.

    Raises AccesRefuse for another organisme's contribution, ModifieDepuis, ActionRefusee when the arrow does not
    exist, an agreement has no amount or no date, or the plan would exceed the cost (rule 3).
    """
    demande = contribution.demande
    exiger(habilitation, Droit.CONTRIBUER, demande.dossier)
    if contribution.organisme_id != habilitation.organisme_id or demande.soumise_le is None:
        raise AccesRefuse(demande.dossier.numero, "contribution d’un autre organisme")
    # The demande first: every path that touches the plan takes its locks in this order.
    demande = verrouiller(Demande, demande.pk)
    if demande.etat in etats.TERMINEES - {etats.EtatDemande.CLOSE}:
        raise ActionRefusee(
            f"La demande est « {demande.get_etat_display()} » : elle n’attend plus de réponse."
        )
    contribution = verrouiller(Contribution, contribution.pk, version)
    if etat == EtatContribution.CLOSE:
        # Closing says that nothing more will come: what was given stays as it was.
        montant, date_effet = contribution.montant, contribution.date_effet
    if etat == EtatContribution.INTERROMPUE:
        raise ActionRefusee("Cet état suit l’accès au dossier : il ne se choisit pas.", "etat")
    _verifier(contribution, etat, montant, date_effet, demande)
    contribution.etat, contribution.date_effet, contribution.commentaire = etat, date_effet, commentaire
    contribution.montant = montant if etat in ACCORDEES else Decimal(0)
    contribution.maj_le, contribution.version = timezone.now(), version + 1
    contribution.save()
    VersionContribution.objects.create(
        contribution=contribution, rang=contribution.version, etat=etat, montant=contribution.montant,
        date_effet=date_effet, commentaire=commentaire, auteur=habilitation,
    )  # fmt: skip
    raconter(
        demande.dossier, Genre.CONTRIBUTION, habilitation, demande=demande,
        etat=etat, montant=str(contribution.montant), contribution=contribution.pk,
    )  # fmt: skip
    journaliser(
        habilitation, Acte.MODIFIER, demande.dossier.numero,
        details={"geste": "contribution", "demande": demande.numero, "version": contribution.version},
    )  # fmt: skip
    return contribution


def _verifier(
    contribution: Contribution, etat: str, montant: Decimal, date_effet: date | None, demande: Demande
) -> None:
    # The same state again is a correction, except once it is closed.
    corrige = etat == contribution.etat != EtatContribution.CLOSE
    if not corrige and etat not in TRANSITIONS[contribution.etat]:
        raise ActionRefusee(
            f"De « {contribution.get_etat_display()} », on ne peut pas passer à cet état.", "etat"
        )
    if etat in ACCORDEES:
        _verifier_accord(contribution, montant, date_effet, demande)
    if date_effet and date_effet > timezone.localdate():
        raise ActionRefusee("La date de la décision est dans le futur.", "date_effet")


def _verifier_accord(
    contribution: Contribution, montant: Decimal, date_effet: date | None, demande: Demande
) -> None:
    if montant <= 0:
        raise ActionRefusee("Un accord porte un montant supérieur à zéro.", "montant")
    if date_effet is None:
        raise ActionRefusee("Indiquez la date de la décision.", "date_effet")
    if demande.etat == etats.EtatDemande.DECIDEE and montant > contribution.montant:
        # The amount of a decision is told when it is notified: neither an acceptance nor a refusal may tell it.
        raise ActionRefusee(
            "Le plan de financement est en train de changer : réessayez dans un instant.", "montant"
        )
    if montant <= disponible(contribution, demande):
        return
    reste = euros(disponible(contribution, demande))
    raise ActionRefusee(f"Le plan dépasserait le coût : il reste {reste} à financer.", "montant")


def disponible(contribution: Contribution, demande: Demande) -> Decimal:
    """What this partner may give at most: what is left to pay, without its own contribution."""
    return (demande.reste_a_charge or Decimal(0)) + contribution.montant
