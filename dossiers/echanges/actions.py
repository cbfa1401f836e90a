"""Telling: the event in the history, the announcement in the outbox, the letter to be produced."""

from datetime import date
from typing import Any

from django.utils import timezone

from dossiers.demandes.models import Demande
from dossiers.echanges.models import Courrier, Evenement, Genre
from dossiers.partages.models import Dossier
from dossierunique.notifications.sortie import deposer
from dossierunique.preparees import Preparee
from partners.models import Habilitation, Organisme


def raconter(
    dossier: Dossier,
    genre: Genre,
    auteur: Habilitation | None,
    *,
    demande: Demande | None = None,
    organisme: Organisme | None = None,
    jour: date | None = None,
    **donnees: Any,
) -> Evenement:
    """Write one event of the dossier's history and have the entitled people told (in the current transaction).

    Arguments: jour, the day of the fact when it is not today; donnees, the keys of what it speaks of.
    """
    evenement = Evenement.objects.create(
        dossier=dossier, demande=demande, genre=genre, auteur=auteur, organisme=organisme, donnees=donnees,
        jour=jour or timezone.localdate(),
    )  # fmt: skip
    deposer("annonce", {"evenement": evenement.pk}, f"annonce-{evenement.pk}")
    return evenement


def produire_courrier(dossier: Dossier, genre: str, cible: int, demande: Demande | None = None) -> Courrier:
    """Ask the worker for a letter telling one fact; asked twice, it is produced once."""
    courrier, _ = Courrier.objects.get_or_create(
        genre=genre, cible=cible, defaults={"dossier": dossier, "demande": demande}
    )
    deposer("courrier.produire", {"courrier": courrier.pk}, f"courrier-{courrier.pk}")
    return courrier


VISITE = Preparee(
    """
    WITH avant AS (SELECT derniere FROM dossiers_visite WHERE utilisateur_id = %(qui)s AND dossier_id = %(dossier)s)
    INSERT INTO dossiers_visite (utilisateur_id, dossier_id, derniere) VALUES (%(qui)s, %(dossier)s, %(quand)s)
    ON CONFLICT (utilisateur_id, dossier_id) DO UPDATE SET derniere = EXCLUDED.derniere
    RETURNING (SELECT derniere FROM avant)
    """,
    {"qui": "bigint", "dossier": "bigint", "quand": "timestamptz"},
)


def noter_visite(utilisateur_id: int, dossier: Dossier, maintenant: Any) -> Any:
    """Remember that a user looks at a dossier now; gives back when she looked last, or None."""
    return VISITE.lignes(qui=utilisateur_id, dossier=dossier.pk, quand=maintenant)[0][0]
