"""Who is told of the OPEX events: a number and nothing else, to the people whose policy lets them read it."""

from django.db.models import Q

from dossiers.consentements.models import DecisionConsentement
from dossiers.echanges.destinataires import Annonce, declarer
from dossiers.echanges.models import Evenement, Genre
from dossierunique.notifications import genres
from opex.contributions.models import ContributionOpex
from opex.suivi.famille import derniers_mots
from opex.suivi.models import Suivi
from partners.organismes.models import TypeOrganisme

LIBELLES: dict[str, str] = {
    Genre.BLESSURE: "OPEX : une blessure est signalée",
    Genre.BLESSURE_COMPLETEE: "OPEX : une blessure est complétée",
    Genre.RECONNAISSANCE: "OPEX : la reconnaissance de blessure de guerre avance",
    Genre.EVOLUTION: "OPEX : une évolution est notée",
    Genre.DAPIAS: "OPEX : une DAPIAS est ouverte, renouvelée ou close",
    Genre.AIDE: "OPEX : une aide est enregistrée",
    Genre.AIDE_CORRIGEE: "OPEX : une aide est corrigée",
    Genre.RELAIS: "OPEX : le relais est passé",
    Genre.DECES: "OPEX : un décès est enregistré",
    Genre.AYANT_CAUSE: "OPEX : un ayant cause est enregistré",
}


def referent(evenement: Evenement) -> Q:
    """The person who follows the wounded one."""
    return Q(pk__in=Suivi.objects.filter(dossier=evenement.dossier_id).values("referent"))


def selon_l_ayant_cause(evenement: Evenement) -> Q:
    """What is said of a member of the family goes to the CNMSS, and to the recipients that she accorded herself."""
    aide = ContributionOpex.objects.filter(pk=evenement.donnees.get("aide")).first()
    ayant = aide.beneficiaire_id if aide else evenement.donnees.get("ayant_cause")
    if ayant is None:
        return Q()
    accordes = [
        pk for pk, mot in derniers_mots(ayant).items() if mot.decision == DecisionConsentement.ACCORDE
    ]
    # The one that gives knows what it gives.
    siens = [aide.organisme_id] if aide else []
    return Q(organisme__type=TypeOrganisme.CNMSS) | Q(organisme__in=[*accordes, *siens])


ANNONCES: dict[str, Annonce] = {
    Genre.BLESSURE: Annonce(
        lambda n: f"Une blessure est signalée sur {n}.",
        correspondants=True,
        gestionnaires=True,
        partenaires=True,
        cercle=referent,
    ),
    Genre.BLESSURE_COMPLETEE: Annonce(
        lambda n: f"Une blessure est complétée sur {n}.", partenaires=True, cercle=referent
    ),
    Genre.RECONNAISSANCE: Annonce(
        lambda n: f"La reconnaissance de blessure de guerre avance sur {n}.",
        partenaires=True,
        cercle=referent,
    ),
    Genre.EVOLUTION: Annonce(
        lambda n: f"Une évolution est notée sur {n}.", partenaires=True, cercle=referent
    ),
    Genre.DAPIAS: Annonce(lambda n: f"Une DAPIAS a changé sur {n}.", partenaires=True, cercle=referent),
    Genre.AIDE: Annonce(
        lambda n: f"Une aide est enregistrée sur {n}.",
        partenaires=True,
        cercle=referent,
        limite=selon_l_ayant_cause,
    ),
    Genre.AIDE_CORRIGEE: Annonce(
        lambda n: f"Une aide est corrigée sur {n}.",
        partenaires=True,
        cercle=referent,
        limite=selon_l_ayant_cause,
    ),
    Genre.RELAIS: Annonce(
        lambda n: f"Le relais est passé sur {n}.", gestionnaires=True, partenaires=True, cercle=referent
    ),
    Genre.DECES: Annonce(
        lambda n: f"Un décès est enregistré sur {n}.",
        correspondants=True,
        gestionnaires=True,
        partenaires=True,
        cercle=referent,
    ),
    Genre.AYANT_CAUSE: Annonce(
        lambda n: f"Un ayant cause est enregistré sur {n}.",
        gestionnaires=True,
        partenaires=True,
        cercle=referent,
        limite=selon_l_ayant_cause,
    ),
}


def brancher() -> None:
    """Have the OPEX events announced, each with its own preference of e-mails."""
    for genre, annonce in ANNONCES.items():
        declarer(genre, annonce)
        genres.declarer(genre, LIBELLES[genre])
