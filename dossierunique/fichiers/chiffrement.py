"""Encryption of files as a stream: AES-256-GCM in chunks of 64 KB, one derived key per file.

Layout: magic ("DUF1"; "DUM1" in the medical safe) | key id (2) | salt (16) | nonce prefix (7) | chunks of 64 KB + 16.
The nonce carries the rank of the chunk and a mark on the last one, so that chunks can neither be
cut, moved nor dropped; the associated data carries the header and the reference of the file, so
that two stored objects cannot be exchanged.
"""

import os
import struct
import uuid
from collections.abc import Iterable, Iterator
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dossierunique.fichiers.erreurs import FichierAltere
from dossierunique.securite.coffres import Coffre, trousseau_de_fichiers
from dossierunique.securite.trousseau import Trousseau, trousseau

MORCEAU = 64 * 1024
ETIQUETTE = 16
# One mark and one derivation a safe: an object of one does not decrypt in another, were the keys the same.
MAGIES = {Coffre.ORDINAIRE: b"DUF1", Coffre.MEDICAL: b"DUM1"}
DERIVATIONS = {Coffre.ORDINAIRE: b"dossierunique.fichiers", Coffre.MEDICAL: b"dossierunique.fichiers.medical"}
ENTETE = struct.Struct(">4sH16s7s")


class Lisible(Protocol):
    def read(self, n: int = ..., /) -> bytes: ...


def _aes(coffre: Coffre, cle_id: int, sel: bytes) -> AESGCM:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=sel, info=DERIVATIONS[coffre])
    return AESGCM(derivation.derive(_cles(coffre)[cle_id]))


def _nonce(prefixe: bytes, rang: int, dernier: bool) -> bytes:
    return prefixe + struct.pack(">IB", rang, dernier)


def _avec_fin(morceaux: Iterable[bytes]) -> Iterator[tuple[int, bytes, bool]]:
    """(rank, chunk, is it the last?) for each chunk; an empty stream yields one empty chunk."""
    suite = iter(morceaux)
    courant, rang = next(suite, b""), 0
    for suivant in suite:
        yield rang, courant, False
        courant, rang = suivant, rang + 1
    yield rang, courant, True


def decouper(source: Lisible, taille: int) -> Iterator[bytes]:
    """The content of `source` in chunks of exactly `taille` bytes, the last one excepted."""
    reste = b""
    while lu := source.read(taille - len(reste)):
        reste += lu
        if len(reste) == taille:
            yield reste
            reste = b""
    if reste:
        yield reste


def _cles(coffre: Coffre) -> Trousseau:
    return trousseau(trousseau_de_fichiers(coffre))


def cle_courante(coffre: Coffre = Coffre.ORDINAIRE) -> int:
    """Id of the key that encrypts new files of a safe."""
    return _cles(coffre).courante


def chiffrer(
    source: Lisible, reference: uuid.UUID, cle_id: int, coffre: Coffre = Coffre.ORDINAIRE
) -> Iterator[bytes]:
    """The encrypted object, chunk by chunk, from a clear source."""
    sel, prefixe = os.urandom(16), os.urandom(7)
    entete = ENTETE.pack(MAGIES[coffre], cle_id, sel, prefixe)
    aes = _aes(coffre, cle_id, sel)
    yield entete
    for rang, clair, dernier in _avec_fin(decouper(source, MORCEAU)):
        yield aes.encrypt(_nonce(prefixe, rang, dernier), clair, entete + reference.bytes)


def dechiffrer(source: Lisible, reference: uuid.UUID, coffre: Coffre = Coffre.ORDINAIRE) -> Iterator[bytes]:
    """The clear content, chunk by chunk, each authenticated before it is given.

    Raises FichierAltere at the first chunk that is not the expected one.
    """
    entete = next(decouper(source, ENTETE.size), b"")
    if len(entete) != ENTETE.size or not entete.startswith(MAGIES[coffre]):
        raise FichierAltere("en-tête illisible")
    _, cle_id, sel, prefixe = ENTETE.unpack(entete)
    try:
        aes = _aes(coffre, cle_id, sel)
        for rang, chiffre, dernier in _avec_fin(decouper(source, MORCEAU + ETIQUETTE)):
            yield aes.decrypt(_nonce(prefixe, rang, dernier), chiffre, entete + reference.bytes)
    except (InvalidTag, KeyError, ValueError) as erreur:
        raise FichierAltere("contenu altéré ou clé inconnue") from erreur
