"""What proves that a row was written by the application: its mark, made with a key that the database does not hold."""

import hmac
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from dossierunique.securite.trousseau import trousseau

CLES = "CLES_SCEAUX"
LONGUEUR = 16
EPOQUE = datetime(1970, 1, 1, tzinfo=UTC)
MICRO = timedelta(microseconds=1)


def microsecondes(quand: datetime) -> int:
    """An instant as PostgreSQL keeps it."""
    return (quand - EPOQUE) // MICRO


def _nombre(texte: str) -> str:
    # PostgreSQL writes 1e22 in full and forgets the sign of zero. No string of its jsonb may hold U+0000.
    return "\0" + format(Decimal(texte).normalize() + 0, "f")


# Made once: every page writes a row, and json makes them again at each call.
_lire = json.JSONDecoder(parse_float=_nombre, parse_int=_nombre).decode
_ecrire = json.JSONEncoder(sort_keys=True).encode


def details_normes(texte: str) -> Any:
    """The details of a row, the same before and after their stay in a jsonb column."""
    return _lire(texte) if texte != "{}" else {}


def contenu(quand: datetime, *champs: Any, details: str) -> bytes:
    """The bytes of a row: everything but its number, its seal and its mark, without any ambiguity."""
    return _ecrire([microsecondes(quand), *champs, details_normes(details)]).encode()


def sceller_octets(cle: int, *morceaux: bytes) -> bytes:
    """HMAC-SHA-256 of these pieces, under the key of this number."""
    octets = b"".join([len(morceau).to_bytes(8) + morceau for morceau in morceaux])
    return hmac.digest(trousseau(CLES)[cle], octets, "sha256")


def marquer(octets: bytes, cle: int | None = None) -> bytes:
    """The mark of a row: the number of the key, then the proof."""
    cle = trousseau(CLES).courante if cle is None else cle
    return bytes([cle]) + sceller_octets(cle, b"ligne", octets)[:LONGUEUR]


def marque_juste(marque: bytes, octets: bytes) -> bool:
    """Whether a mark is the one that this content was given."""
    if len(marque) != LONGUEUR + 1 or marque[0] not in trousseau(CLES):
        return False
    return hmac.compare_digest(marque, marquer(octets, marque[0]))


def cachet(signature: bytes) -> str:
    """A signature that can be printed, read aloud and compared: letters only, never taken for a number."""
    lettres = "".join(chr(ord("a") + demi) for octet in signature[:15] for demi in (octet >> 4, octet & 15))
    return "-".join(lettres[i : i + 5] for i in range(0, len(lettres), 5))


COLONNES: Sequence[str] = (
    "utilisateur_id", "habilitation_id", "organisme_id", "acteur_nom", "action", "objet", "objets", "motif",
    "requete_id",
)  # fmt: skip
