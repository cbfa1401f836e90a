"""Telling: the event in the history, the announcement in the outbox, the letter to be produced."""

from typing import Any

from django.db import transaction

from dossiers.demandes.models import Demande
from dossiers.echanges.models import Courrier, Evenement, Genre
from dossiers.partages.models import Dossier
from dossierunique.notifications.sortie import deposer
from partners.models import Habilitation, Organisme


def raconter(
    dossier: Dossier,
    genre: Genre,
    auteur: Habilitation | None,
    *,
    demande: Demande | None = None,
    organisme: Organisme | None = None,
    **donnees: Any,
) -> Evenement:
    """Write one event of the dossier's history and have the entitled people told (in the current transaction)."""
    evenement = Evenement.objects.create(
        dossier=dossier, demande=demande, genre=genre, auteur=auteur, organisme=organisme, donnees=donnees
    )
    deposer("annonce", {"evenement": evenement.pk}, f"annonce-{evenement.pk}")
    return evenement


def produire_courrier(dossier: Dossier, genre: str, cible: int, demande: Demande | None = None) -> Courrier:
    """Ask the worker for a letter telling one fact; asked twice, it is produced once."""
    courrier, _ = Courrier.objects.get_or_create(
        genre=genre, cible=cible, defaults={"dossier": dossier, "demande": demande}
    )
    deposer("courrier.produire", {"courrier": courrier.pk}, f"courrier-{courrier.pk}")
    return courrier


@transaction.atomic
def noter_visite(utilisateur_id: int, dossier: Dossier, maintenant: Any) -> Any:
    """Remember that a user looks at a dossier now; gives back when she looked last, or None."""
    from dossiers.echanges.models import Visite

    visite, neuve = Visite.objects.get_or_create(
        utilisateur_id=utilisateur_id, dossier=dossier, defaults={"derniere": maintenant}
    )
    if neuve:
        return None
    precedente, visite.derniere = visite.derniere, maintenant
    visite.save(update_fields=["derniere"])
    return precedente
