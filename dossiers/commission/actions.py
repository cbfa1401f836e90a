"""Recording a decision of the CNMSS and notifying it. The sittings of the commission come later."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from dossiers.commission.models import Decision, Issue
from dossiers.demandes.actions import passer
from dossiers.demandes.etats import EtatDemande
from dossiers.demandes.models import Demande
from dossiers.echanges.actions import produire_courrier, raconter
from dossiers.echanges.models import Genre, GenreCourrier
from dossiers.partages.actions import recalculer_situation
from dossiers.partages.policies import exiger
from dossiers.partages.profils import Droit
from dossiers.textes import euros
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.verrou import verrouiller
from partners.models import Habilitation

ACCORDS = frozenset({Issue.ACCORD, Issue.ACCORD_PARTIEL})


@transaction.atomic
def decider(
    habilitation: Habilitation,
    demande: Demande,
    *,
    issue: str,
    montant: Decimal,
    motif: str,
    prise_le: date,
    version: int,
) -> Decision:
    """Record the decision; the letter is produced by the worker, which then notifies it.

    Raises ModifieDepuis, or ActionRefusee on an amount that does not fit the issue or exceeds what is left
    to finance (rule 3), on a missing reason, on a date in the future.
    """
    exiger(habilitation, Droit.DECIDER, demande.dossier)
    demande = verrouiller(Demande, demande.pk, version)
    verifier_decision(demande, issue=issue, montant=montant, motif=motif, prise_le=prise_le)
    passer(demande, EtatDemande.DECIDEE)
    demande.montant_cnmss = montant
    demande.echeance = None
    demande.save()
    decision = Decision.objects.create(
        demande=demande, issue=issue, montant=montant, motif=motif.strip(), prise_le=prise_le,
        prise_par=habilitation, revise=demande.decisions.order_by("-pk").first(),
    )  # fmt: skip
    recalculer_situation(demande.dossier)
    raconter(demande.dossier, Genre.DECISION, habilitation, demande=demande, decision=decision.pk)
    produire_courrier(demande.dossier, GenreCourrier.NOTIFICATION, decision.pk, demande)
    journaliser(
        habilitation,
        Acte.MODIFIER,
        demande.dossier.numero,
        details={"geste": "decider", "demande": demande.numero},
    )
    return decision


def disponible(demande: Demande) -> Decimal:
    """What the CNMSS may give at most: what the others and the person's own cover leave to pay."""
    return (demande.reste_a_charge or Decimal(0)) + demande.montant_cnmss


def verifier_decision(demande: Demande, *, issue: str, montant: Decimal, motif: str, prise_le: date) -> None:
    """Whether the decision may be recorded as it is. Raises ActionRefusee, beside the field it speaks of."""
    if issue in ACCORDS and montant <= 0:
        raise ActionRefusee("Un accord porte un montant supérieur à zéro.", "montant")
    if issue not in ACCORDS and montant:
        raise ActionRefusee("Un rejet ou un ajournement ne porte pas de montant.", "montant")
    if montant > disponible(demande):
        raise ActionRefusee(
            f"Le montant dépasse ce qui reste à financer : {euros(disponible(demande))}.", "montant"
        )
    if not motif.strip():
        raise ActionRefusee("La décision doit être motivée.", "motif")
    if prise_le > timezone.localdate():
        raise ActionRefusee("La date de la décision est dans le futur.", "prise_le")
    if demande.soumise_le and prise_le < timezone.localdate(demande.soumise_le):
        raise ActionRefusee("La décision ne peut pas précéder le dépôt de la demande.", "prise_le")


def notifier_decision(decision: Decision) -> None:
    """The letter exists: the decision is notified to all who may know it (an adjournment goes back to instruction).

    Run by the worker, once: a demande already notified is left alone.
    """
    demande = verrouiller(Demande, decision.demande_id)
    if demande.etat != EtatDemande.DECIDEE:
        return
    passer(demande, EtatDemande.NOTIFIEE)
    demande.save()
    if decision.issue == Issue.AJOURNEMENT:
        passer(demande, EtatDemande.EN_INSTRUCTION)
        demande.echeance = timezone.localdate() + timedelta(days=demande.type_aide.delai_jours)
        demande.save()
    recalculer_situation(demande.dossier)
    raconter(demande.dossier, Genre.NOTIFICATION, None, demande=demande, decision=decision.pk)
