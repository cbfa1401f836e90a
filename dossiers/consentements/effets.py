"""What the end of an access undoes at once, in the transaction that ends it. What was contributed stays."""

from django.db.models import Q

from dossiers.contributions.actions import interrompre
from dossiers.echanges.traitements import encore_lisible
from dossiers.partages.models import Dossier
from dossierunique.notifications.centre import reprendre
from dossierunique.notifications.models import Notification
from partners.models import Habilitation, Organisme


def couper(dossier: Dossier, organisme: Organisme) -> None:
    """Leave an organisme nothing that leads to a dossier which it reads no more.

    Its pending solicitations stop, the named exceptions of its people end, what told them of the dossier and was not
    read is taken back with its e-mails. Must follow the closing of the share, in the same transaction.
    """
    interrompre(dossier, organisme)
    reprendre(n for n in _non_lues(dossier, organisme) if not encore_lisible(n))


def _non_lues(dossier: Dossier, organisme: Organisme) -> list[Notification]:
    """Unread notifications of its people that lead to this dossier or to one of its demandes."""
    numeros = [dossier.numero, *dossier.demandes.values_list("numero", flat=True)]
    menent = Q()
    for numero in numeros:
        menent |= Q(url__contains=numero)
    siens = Habilitation.objects.filter(organisme=organisme).values("utilisateur")
    return list(Notification.objects.filter(menent, destinataire__in=siens, lue_le__isnull=True))
