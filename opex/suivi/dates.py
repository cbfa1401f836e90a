"""Days that an act may bear: in the past, not before what it follows."""

from calendar import monthrange
from datetime import date

from django.utils import timezone

from dossiers.textes import jour
from dossierunique.erreurs import ActionRefusee


def plus_mois(debut: date, mois: int) -> date:
    """The same day so many months later (earlier when negative), the last of the month when it has no such day."""
    annees, rang = divmod(debut.month - 1 + mois, 12)
    annee, dernier = debut.year + annees, monthrange(debut.year + annees, rang + 1)[1]
    return date(annee, rang + 1, min(debut.day, dernier))


def pas_futur(le: date | None, champ: str, quoi: str) -> None:
    """Raise ActionRefusee beside `champ` when the day has not come yet. `quoi` begins the sentence."""
    if le and le > timezone.localdate():
        raise ActionRefusee(f"{quoi} est dans le futur.", champ)


def pas_avant(le: date | None, limite: date | None, champ: str, quoi: str) -> None:
    """Raise ActionRefusee beside `champ` when the day comes before another one."""
    if le and limite and le < limite:
        raise ActionRefusee(f"{quoi} ne peut pas précéder le {jour(limite)}.", champ)


def pas_apres(le: date | None, limite: date | None, champ: str, quoi: str) -> None:
    """Raise ActionRefusee beside `champ` when the day comes after another one."""
    if le and limite and le > limite:
        raise ActionRefusee(f"{quoi} ne peut pas suivre le {jour(limite)}.", champ)
