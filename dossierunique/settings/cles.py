"""Encryption keys as they are written in the environment: `1:<base64url of 32 bytes>,2:…`."""

from base64 import urlsafe_b64decode
from binascii import Error

from django.core.exceptions import ImproperlyConfigured


def cle(texte: str) -> bytes:
    """One key of 32 bytes; empty when nothing is given."""
    if not texte:
        return b""
    try:
        octets = urlsafe_b64decode(texte)
    except (Error, ValueError):
        octets = b""
    if len(octets) != 32:
        raise ImproperlyConfigured("une clé doit être 32 octets en base64url")
    return octets


def trousseau(texte: str) -> dict[int, bytes]:
    """Keys by number, in the order given: the last one is the one that encrypts."""
    cles: dict[int, bytes] = {}
    for part in filter(None, (p.strip() for p in texte.split(","))):
        numero, deux_points, valeur = part.partition(":")
        if not (deux_points and numero.isdigit() and 0 < int(numero) < 256):
            raise ImproperlyConfigured("une clé s’écrit <numéro de 1 à 255>:<base64url>")
        if int(numero) in cles:
            raise ImproperlyConfigured(f"la clé numéro {numero} est donnée deux fois")
        cles[int(numero)] = cle(valeur)
    return cles


def courante(cles: dict[int, bytes]) -> int | None:
    """The number of the key that encrypts."""
    return list(cles)[-1] if cles else None
