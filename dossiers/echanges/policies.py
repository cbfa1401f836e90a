"""Which letters a regard may open. They are the person's own: amounts, reasons and consents are in them."""

from django.db.models import QuerySet

from dossiers.echanges.models import Courrier, GenreCourrier
from dossiers.partages.models import Dossier
from dossiers.partages.natures import Donnee
from dossiers.partages.profils import Regard

# A notification holds an amount and reasons; the correspondant gave the consent and answers the requests.
DONNEES: dict[str, Donnee] = {
    GenreCourrier.ACCUSE: Donnee.COURRIER_DEPOT,
    GenreCourrier.PIECES: Donnee.COURRIER_DEPOT,
    GenreCourrier.NOTIFICATION: Donnee.COURRIER_DECISION,
    GenreCourrier.RECU_CONSENTEMENT: Donnee.COURRIER_CONSENTEMENT,
    GenreCourrier.RECU_RETRAIT: Donnee.COURRIER_CONSENTEMENT,
}


def genres_lisibles(regard: Regard) -> frozenset[str]:
    """Kinds of letters that this regard may open in a dossier it reads."""
    return frozenset(genre for genre, donnee in DONNEES.items() if regard.lit(donnee))


def courrier_lisible(regard: Regard, courrier: Courrier) -> bool:
    """Whether this regard, which reads the dossier, may open this letter."""
    return courrier.genre in genres_lisibles(regard)


def courriers_lisibles(regard: Regard, dossier: Dossier) -> QuerySet[Courrier]:
    """The letters of a dossier that this regard may open."""
    return Courrier.objects.filter(dossier=dossier, genre__in=genres_lisibles(regard))
