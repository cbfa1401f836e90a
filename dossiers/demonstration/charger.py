"""Loads the demo data, once: all of it or nothing."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from dossiers.commission.models import Decision
from dossiers.demandes.etats import EtatDemande
from dossiers.demandes.models import Demande
from dossiers.demonstration import (
    acteurs,
    consentements,
    controle,
    demandes,
    exceptions,
    habilitations,
    personnes,
    situations,
)
from dossiers.echanges.actions import produire_courrier
from dossiers.echanges.destinataires import ANNONCES
from dossiers.echanges.models import Courrier, Evenement, GenreCourrier
from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.notifications.sortie import deposer
from dossierunique.securite.identite import systeme
from partners.demonstration import jouer
from partners.models import Organisme

GRAINE = 2026
ANNONCES_RECENTES = 40
COURRIERS_RECENTS = 25
NOTIFICATIONS_RECENTES = 15
# What the spaces above this one add to the demo; each registers its own.
SUITES: list[Callable[[acteurs.Acteurs, list[personnes.Foyer], Random], None]] = []


def charger() -> bool:
    """Load the fictitious organismes, people and demandes; False when there are data already."""
    with systeme("demonstration"):
        if Organisme.objects.exists():
            return False
        hasard = Random(GRAINE)  # noqa: S311  (the same demo each time)
        qui = acteurs.creer(hasard)
        foyers = personnes.creer(qui, hasard)
        demandes.creer(qui, foyers, hasard)
        habilitations.creer(qui)
        exceptions.creer(qui, foyers)
        situations.creer(qui)
        consentements.faire_vivre(qui)
        controle.creer(qui, foyers)
        for suite in SUITES:
            suite(qui, foyers, hasard)
        jouer(hasard)
        _promettre()
        journaliser(None, Acte.CREER, "", details={"geste": "charger_demo"})
    controle.veiller(qui)
    return True


def _promettre() -> None:
    """The last facts are announced and written to by the worker, as they would have been."""
    for evenement in Evenement.objects.filter(genre__in=ANNONCES).order_by("-quand", "-pk")[
        :ANNONCES_RECENTES
    ]:
        deposer("annonce", {"evenement": evenement.pk}, f"annonce-{evenement.pk}")
    recentes = Demande.objects.deposees().order_by("-soumise_le", "-pk").select_related("dossier")
    for demande in recentes[:COURRIERS_RECENTS]:
        _dater(
            produire_courrier(demande.dossier, GenreCourrier.ACCUSE, demande.pk, demande), demande.soumise_le
        )
    notifiees = Decision.objects.filter(demande__etat=EtatDemande.NOTIFIEE).order_by("-enregistree_le", "-pk")
    for decision in notifiees.select_related("demande__dossier")[:NOTIFICATIONS_RECENTES]:
        demande = decision.demande
        lettre = produire_courrier(demande.dossier, GenreCourrier.NOTIFICATION, decision.pk, demande)
        _dater(lettre, decision.enregistree_le)


def _dater(courrier: Courrier, quand: datetime) -> None:
    """A letter bears the day of what it tells."""
    courrier.cree_le = quand
    courrier.save(update_fields=["cree_le"])
