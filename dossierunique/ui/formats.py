"""French writing of amounts, dates and sizes, with the spaces that must not break."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.utils import timezone

INSECABLE = "\u00a0"
MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
MOIS_COURTS = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip
ABSENT = "–"


def nombre(valeur: int | Decimal) -> str:
    """A number with its thousands apart and a decimal comma."""
    return f"{valeur:,}".replace(",", INSECABLE).replace(".", ",")


def euros(valeur: Any) -> str:
    """`1 234,56 €`; a dash when there is no amount."""
    if valeur in (None, ""):
        return ABSENT
    try:
        montant = Decimal(str(valeur)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    except InvalidOperation:
        return ABSENT
    return f"{nombre(montant)}{INSECABLE}€"


def ici(valeur: datetime) -> datetime:
    """A moment at the portal's time; `timezone.localtime` asks the thread for its zone, ten times as long."""
    return valeur.astimezone(timezone.get_default_timezone()) if valeur.tzinfo else valeur


def instant(valeur: datetime) -> str:
    """What HTML reads in `datetime`: no finer than the second."""
    return ici(valeur).isoformat(timespec="seconds")


def _aujourd_hui() -> date:
    return datetime.now(timezone.get_default_timezone()).date()


def _date(valeur: date | datetime) -> date:
    return ici(valeur).date() if isinstance(valeur, datetime) else valeur


def _quantieme(jour: date) -> str:
    return "1er" if jour.day == 1 else str(jour.day)


def jour(valeur: date | datetime | None) -> str:
    """`22 novembre 2026`."""
    if not valeur:
        return ABSENT
    d = _date(valeur)
    return INSECABLE.join((_quantieme(d), MOIS[d.month - 1], str(d.year)))


def jour_court(valeur: date | datetime | None) -> str:
    """`22 nov.`, with the year when it is not the present one."""
    if not valeur:
        return ABSENT
    d = _date(valeur)
    morceaux = [_quantieme(d), MOIS_COURTS[d.month - 1]]
    if d.year != _aujourd_hui().year:
        morceaux.append(str(d.year))
    return INSECABLE.join(morceaux)


def heure(valeur: datetime) -> str:
    """`9 h 12`."""
    locale = ici(valeur)
    return f"{locale.hour}{INSECABLE}h{INSECABLE}{locale.minute:02d}"


def moment(valeur: datetime | None) -> str:
    """`aujourd’hui, 9 h 12`, `hier, 17 h 40`, `12 nov., 10 h 02`."""
    return f"{jour_proche(valeur)}, {heure(valeur)}" if valeur else ABSENT


def jour_proche(valeur: date | datetime | None) -> str:
    """`aujourd’hui`, `hier`, `12 nov.`."""
    if not valeur:
        return ABSENT
    ecart = _aujourd_hui() - _date(valeur)
    if ecart == timedelta(0):
        return "aujourd’hui"
    return "hier" if ecart == timedelta(days=1) else jour_court(valeur)


def nir_masque(nir: str | None) -> str:
    """`2 84 05 •• ••• ••• ••`: sex, year and month only, as on the papers that everyone may see."""
    nir = "".join((nir or "").split())
    if len(nir) < 5:
        return ""
    return INSECABLE.join((nir[0], nir[1:3], nir[3:5], "••", "•••", "•••", "••"))


def octets(valeur: int | None) -> str:
    """`1,2 Mo`, in powers of a thousand as the French administration counts."""
    if valeur is None:
        return ABSENT
    if valeur < 1000:
        return f"{valeur}{INSECABLE}{'octet' if valeur < 2 else 'octets'}"
    if valeur < 999_500:
        return f"{round(valeur / 1000)}{INSECABLE}Ko"
    if valeur < 999_950_000:
        return f"{_une_decimale(valeur / 1e6)}{INSECABLE}Mo"
    return f"{_une_decimale(valeur / 1e9)}{INSECABLE}Go"


def _une_decimale(valeur: float) -> str:
    return f"{valeur:.1f}".removesuffix(".0").replace(".", ",")


def pluriel(valeur: Any, formes: str) -> str:
    """`2 pièces`: the number and the noun that agrees with it (zero is singular in French)."""
    combien = len(valeur) if hasattr(valeur, "__len__") and not isinstance(valeur, str) else int(valeur or 0)
    singulier, plusieurs = [*formes.split(",", 1), f"{formes}s"][:2]
    return f"{nombre(combien)}{INSECABLE}{singulier if abs(combien) < 2 else plusieurs}"
