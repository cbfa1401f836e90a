"""Encryption of fields and of form tokens, and keyed fingerprints for exact search.

The context is authenticated with the text: a value copied into another column does not decrypt there.
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
import struct
import time
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dossierunique.securite.trousseau import Trousseau, cle_empreinte, trousseau

__all__ = [
    "DechiffrementImpossible",
    "JetonInvalide",
    "Trousseau",
    "chiffrer",
    "dechiffrer",
    "desceller",
    "empreinte",
    "sceller",
    "trousseau",
]

VERSION = 1
ENTETE = struct.Struct(">BH")
NONCE = 12
MARGE_HORLOGES = 60


class DechiffrementImpossible(Exception):
    """The bytes were altered, moved from another context, or their key is no longer listed."""


class JetonInvalide(Exception):
    """The token was altered, is out of date, or was made for another form."""


def _aad(entete: bytes, contexte: str) -> bytes:
    return entete + contexte.encode()


def chiffrer(texte: str, contexte: str, cles: Trousseau | None = None) -> bytes:
    """Encrypt with AES-256-GCM under the current key (of `CLES_DONNEES` unless said); its number is in the header."""
    cles = cles or trousseau()
    entete, nonce = ENTETE.pack(VERSION, cles.courante), os.urandom(NONCE)
    return entete + nonce + AESGCM(cles.cle_courante).encrypt(nonce, texte.encode(), _aad(entete, contexte))


def dechiffrer(octets: bytes, contexte: str, cles: Trousseau | None = None) -> str:
    """Give back the text encrypted for this context, or raise DechiffrementImpossible."""
    octets, cles = bytes(octets), cles or trousseau()
    entete, nonce, corps = (
        octets[: ENTETE.size],
        octets[ENTETE.size : ENTETE.size + NONCE],
        octets[ENTETE.size + NONCE :],
    )
    try:
        version, rang = ENTETE.unpack(entete)
        if version != VERSION or rang not in cles:
            raise DechiffrementImpossible("format ou clé inconnus")
        return AESGCM(cles[rang]).decrypt(nonce, corps, _aad(entete, contexte)).decode()
    except (struct.error, ValueError, InvalidTag):
        raise DechiffrementImpossible("octets altérés ou d’un autre contexte") from None


def empreinte(texte: str, contexte: str) -> bytes:
    """Keyed fingerprint of 32 bytes (HMAC-SHA256), to find again a value that is stored encrypted."""
    return hmac.digest(cle_empreinte(), f"{contexte}\0{texte}".encode(), hashlib.sha256)


def sceller(donnees: dict[str, Any], *, contexte: str) -> str:
    """An encrypted, dated token for a hidden form field: neither readable nor changeable by the browser."""
    clair = json.dumps({"t": int(time.time()), "d": donnees}, separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(chiffrer(clair, f"jeton:{contexte}")).rstrip(b"=").decode()


def desceller(jeton: str, *, contexte: str, age_max: int) -> dict[str, Any]:
    """The data of a token of this context younger than `age_max` seconds, or raise JetonInvalide."""
    try:
        octets = base64.urlsafe_b64decode(jeton.encode() + b"=" * (-len(jeton) % 4))
        contenu = json.loads(dechiffrer(octets, f"jeton:{contexte}"))
    except (binascii.Error, ValueError, DechiffrementImpossible):
        raise JetonInvalide("jeton illisible") from None
    if not -MARGE_HORLOGES <= time.time() - contenu["t"] <= age_max:
        raise JetonInvalide("jeton périmé")
    return contenu["d"]
