"""Opening hours: days of the week and their ranges, kept as data; read from what people type, said in French."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils import timezone

Plage = list[str]  # ["09:00", "12:00"]
Horaires = dict[str, list[Plage]]  # "0" is Monday
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
HEURE = re.compile(r"(\d{1,2})\s*(?:h|:|\.)?\s*(\d{2})?")
PLAGE = re.compile(r"^(.+?)\s*(?:-|–|—|à|/)\s*(.+)$")
PLAGES_MAX = 4
INVALIDE = "Écrivez des plages comme 9 h – 12 h, 14 h – 17 h 30, ou laissez vide."
LISTE_INVALIDE = "Écrivez les horaires comme lun-ven 09:00-12:00, 14:00-17:00 ; sam 09:00-12:00."


def lire_jour(texte: str) -> list[Plage]:
    """The ranges of one day, in their order. Raises ValidationError."""
    plages = [_plage(morceau) for morceau in re.split(r"\s*(?:,|;|\bet\b)\s*", texte.strip()) if morceau]
    if len(plages) > PLAGES_MAX:
        raise ValidationError(f"{PLAGES_MAX} plages au plus dans une journée.")
    for avant, apres in pairwise(plages):
        if apres[0] < avant[1]:
            raise ValidationError("Les plages se suivent sans se recouvrir.")
    return plages


def _plage(texte: str) -> Plage:
    bornes = PLAGE.match(texte)
    if not bornes:
        raise ValidationError(INVALIDE)
    debut, fin = _heure(bornes[1]), _heure(bornes[2])
    if debut >= fin:
        raise ValidationError("Une plage finit après avoir commencé.")
    return [debut, fin]


def _heure(texte: str) -> str:
    lue = HEURE.fullmatch(texte.strip().lower())
    if not lue or int(lue[1]) > 23 or int(lue[2] or 0) > 59:
        raise ValidationError(INVALIDE)
    return f"{int(lue[1]):02d}:{int(lue[2] or 0):02d}"


def en_clair(heure: str) -> str:
    """`9 h`, `9 h 30`."""
    heures, minutes = heure.split(":")
    reste = "" if minutes == "00" else f"\u00a0{minutes}"
    return f"{int(heures)}\u00a0h{reste}"


def plages_en_mots(plages: Sequence[Plage]) -> str:
    """`9 h – 12 h, 14 h – 17 h`: what a day says, and what its field takes back."""
    return ", ".join(f"{en_clair(debut)} – {en_clair(fin)}" for debut, fin in plages)


def en_mots(horaires: Mapping[str, list[Plage]]) -> list[tuple[str, str]]:
    """Days that say the same together: [("du lundi au vendredi", "9 h – 12 h, 14 h – 17 h")]."""
    return [(_jours(debut, fin), plages_en_mots(plages)) for debut, fin, plages in _suites(horaires)]


def _suites(horaires: Mapping[str, list[Plage]]) -> list[tuple[int, int, list[Plage]]]:
    suites: list[tuple[int, int, list[Plage]]] = []
    for jour in range(len(JOURS)):
        plages = horaires.get(str(jour)) or []
        if not plages:
            continue
        if suites and suites[-1][1] == jour - 1 and suites[-1][2] == plages:
            suites[-1] = (suites[-1][0], jour, plages)
        else:
            suites.append((jour, jour, plages))
    return suites


def _jours(debut: int, fin: int) -> str:
    if debut == fin:
        return f"le {JOURS[debut]}"
    lien = "et le" if fin == debut + 1 else "au"
    return f"{'le' if fin == debut + 1 else 'du'} {JOURS[debut]} {lien} {JOURS[fin]}"


def ecrire(horaires: Mapping[str, list[Plage]]) -> str:
    """One line for a spreadsheet: `lun-ven 09:00-12:00, 14:00-17:00 ; sam 09:00-12:00`."""
    return " ; ".join(
        f"{JOURS[debut][:3]}{f'-{JOURS[fin][:3]}' if fin > debut else ''} "
        + ", ".join(f"{a}-{b}" for a, b in plages)
        for debut, fin, plages in _suites(horaires)
    )


def lire(texte: str) -> Horaires:
    """What `ecrire` wrote, or what looks like it. Raises ValidationError."""
    horaires: Horaires = {}
    for morceau in filter(None, (m.strip() for m in texte.split(";"))):
        lu = re.fullmatch(r"([a-zé]+)(?:\s*(?:-|–|à|au)\s*([a-zé]+))?\s+(.+)", morceau.lower())
        if not lu:
            raise ValidationError(LISTE_INVALIDE)
        debut, fin = _rang(lu[1]), _rang(lu[2] or lu[1])
        if debut > fin:
            raise ValidationError(LISTE_INVALIDE)
        plages = lire_jour(lu[3])
        horaires |= {str(jour): plages for jour in range(debut, fin + 1)}
    return horaires


def _rang(mot: str) -> int:
    for rang, jour in enumerate(JOURS):
        if len(mot) >= 2 and jour.startswith(mot):
            return rang
    raise ValidationError(LISTE_INVALIDE)


def ouvert(horaires: Mapping[str, list[Plage]], quand: datetime | None = None) -> bool:
    """Whether it is open at that moment (now by default), as its hours say."""
    ici = timezone.localtime(quand)
    heure = time(ici.hour, ici.minute).isoformat("minutes")
    return any(debut <= heure < fin for debut, fin in horaires.get(str(ici.weekday())) or [])
