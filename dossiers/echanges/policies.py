"""Which letters a regard may open. They are the person's own: amounts, reasons and consents are in them."""

from django.db.models import QuerySet

from dossiers.echanges.models import Courrier, GenreCourrier
from dossiers.partages.models import Dossier
from dossiers.partages.profils import Droit, Regard

TOUS = frozenset(GenreCourrier.values)
# The correspondant gave the consent and answers the requests; a notification holds an amount and reasons.
GUICHET = frozenset(
    {GenreCourrier.ACCUSE, GenreCourrier.PIECES, GenreCourrier.RECU_CONSENTEMENT, GenreCourrier.RECU_RETRAIT}
)


def genres_lisibles(regard: Regard) -> frozenset[str]:
    """Kinds of letters that this regard may open in a dossier it reads."""
    if regard.est_cnmss and regard.peut(Droit.VOIR_COURRIERS):
        return TOUS
    return GUICHET if regard.est_correspondant else frozenset()


def courrier_lisible(regard: Regard, courrier: Courrier) -> bool:
    """Whether this regard, which reads the dossier, may open this letter."""
    return courrier.genre in genres_lisibles(regard)


def courriers_lisibles(regard: Regard, dossier: Dossier) -> QuerySet[Courrier]:
    """The letters of a dossier that this regard may open."""
    return Courrier.objects.filter(dossier=dossier, genre__in=genres_lisibles(regard))
