"""Encryption keys: read from the settings, kept out of the database and apart from SECRET_KEY."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.dispatch import receiver

LONGUEUR = 32
RANG_MAX = 0xFFFF


@dataclass(frozen=True, repr=False)
class Trousseau:
    """Numbered keys of 32 bytes: one encrypts, the others still decrypt what they encrypted."""

    cles: Mapping[int, bytes]
    courante: int

    @property
    def cle_courante(self) -> bytes:
        """The key that encrypts from now on."""
        return self.cles[self.courante]

    def __getitem__(self, rang: int) -> bytes:
        return self.cles[rang]

    def __contains__(self, rang: int) -> bool:
        return rang in self.cles


def lire_cle(texte: str | bytes, nom: str) -> bytes:
    """A key of 32 bytes from its base64url form (raw bytes pass through)."""
    if isinstance(texte, str):
        try:
            texte = base64.urlsafe_b64decode(texte.strip() + "=" * (-len(texte.strip()) % 4))
        except (binascii.Error, ValueError):
            # `from None`: the original error would quote the key.
            raise ImproperlyConfigured(
                f"{nom} : clé illisible (base64url de {LONGUEUR} octets attendu)"
            ) from None
    if len(texte) != LONGUEUR:
        raise ImproperlyConfigured(f"{nom} : une clé fait {LONGUEUR} octets")
    return bytes(texte)


def _numerotees(valeur: str | Mapping[int, bytes], nom: str) -> dict[int, bytes]:
    if isinstance(valeur, Mapping):
        return {int(rang): lire_cle(cle, nom) for rang, cle in valeur.items()}
    cles = {}
    for entree in filter(None, (e.strip() for e in valeur.split(","))):
        rang, _, cle = entree.partition(":")
        if not rang.isdecimal() or not 0 < int(rang) <= RANG_MAX or int(rang) in cles:
            raise ImproperlyConfigured(f"{nom} : la forme est « 1:clé,2:clé », chaque rang une seule fois")
        cles[int(rang)] = lire_cle(cle, nom)
    return cles


@cache
def trousseau(nom: str = "CLES_DONNEES") -> Trousseau:
    """The keys of a setting (`CLES_DONNEES`, `CLES_FICHIERS` or `CLES_MEDICALES`): the last one listed is current."""
    cles = _numerotees(getattr(settings, nom, "") or "", nom)
    if not cles:
        raise ImproperlyConfigured(f"{nom} n’est pas renseigné")
    courante = int(getattr(settings, nom.replace("CLES_", "CLE_", 1) + "_COURANTE", None) or list(cles)[-1])
    if courante not in cles:
        raise ImproperlyConfigured(f"{nom} : la clé courante n’est pas dans la liste")
    return Trousseau(cles, courante)


@cache
def cle_empreinte() -> bytes:
    """The key of the blind indexes. Changing it means computing every index again."""
    return lire_cle(getattr(settings, "CLE_EMPREINTE", "") or "", "CLE_EMPREINTE")


@receiver(setting_changed)
def _oublier(setting: str, **_: object) -> None:
    if setting.startswith(("CLES_", "CLE_")):
        trousseau.cache_clear()
        cle_empreinte.cache_clear()
