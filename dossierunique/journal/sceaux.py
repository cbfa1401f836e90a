"""Sealing: batches of rows, whichever is committed, chained by signatures whose key is not in the database."""

import hashlib
import json
import struct
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connections, transaction
from django.utils import timezone

from dossierunique.journal.empreintes import (
    CLES,
    COLONNES,
    LONGUEUR,
    contenu,
    marque_juste,
    microsecondes,
    sceller_octets,
)
from dossierunique.journal.models import NatureSceau
from dossierunique.securite.trousseau import trousseau

LOT = 1000
LOTS_PAR_PASSAGE = 20
ENTREE = struct.Struct(f">qq{LONGUEUR}s")

LIRE = f"SELECT id, quand, marque, {', '.join(COLONNES)}, details::text FROM journal_ligne"  # noqa: S608
A_SCELLER = LIRE + " WHERE sceau IS NULL {} ORDER BY quand, id LIMIT %s"
CHAMPS = (
    "id", "nature", "fait_le", "de", "a", "nombre", "lignes", "empreinte", "precedent", "signature", "cle",
)  # fmt: skip
FICHE = "ROW(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)::journal_sceau"


class Lue(NamedTuple):
    """One row of the journal as it stands: its number, its instant, its mark, and the bytes of its content."""

    id: int
    quand: datetime
    marque: bytes
    octets: bytes

    @property
    def authentique(self) -> bool:
        """Whether the application wrote it, as it is."""
        return marque_juste(self.marque, self.octets)

    def preuve(self, cle: int) -> bytes:
        """What its seal keeps of it."""
        numero = self.id.to_bytes(8, signed=True)
        return sceller_octets(cle, b"ligne scellee", numero, self.marque, self.octets)[:LONGUEUR]


class Entree(NamedTuple):
    """What a seal says of one row."""

    id: int
    micros: int
    preuve: bytes


def lire(sql: str, parametres: Sequence[Any]) -> list[Lue]:
    """The rows of a statement that begins as LIRE does."""
    with connections["default"].cursor() as curseur:
        curseur.execute(sql, parametres)
        return [
            Lue(id_, quand, bytes(marque or b""), contenu(quand, *champs, details=details))
            for id_, quand, marque, *champs, details in curseur.fetchall()
        ]


def entrees(octets: bytes) -> Iterator[Entree]:
    """The rows that a seal covers."""
    return map(Entree._make, ENTREE.iter_unpack(octets))


def signer(fiche: dict[str, Any]) -> bytes:
    """The signature of a seal: all that it says, and the signature of the one before."""
    instants = [microsecondes(fiche[nom]) for nom in ("fait_le", "de", "a")]
    dit = [fiche["id"], str(fiche["nature"]), *instants, fiche["nombre"], fiche["cle"]]
    texte = json.dumps(dit).encode()
    return sceller_octets(fiche["cle"], b"sceau", texte, bytes(fiche["empreinte"]), bytes(fiche["precedent"]))


def dernier() -> tuple[int, bytes]:
    """The number and the signature of the last seal; (0, b"") before the first one."""
    with connections["default"].cursor() as curseur:
        curseur.execute("SELECT id, signature FROM journal_sceau ORDER BY id DESC LIMIT 1")
        numero, signature = curseur.fetchone() or (0, b"")
    return numero, bytes(signature)


def sceller() -> int:
    """Seal what waits, in bounded batches; how many rows were sealed."""
    total = 0
    for _ in range(LOTS_PAR_PASSAGE):
        with transaction.atomic():
            faites = _sceller_un_lot()
        total += faites
        if not faites:
            break
    return total


def _sceller_un_lot() -> int:
    _prendre_la_chaine()
    nature, lignes = _a_sceller()
    if not lignes:
        return 0
    cle = trousseau(CLES).courante
    octets = b"".join(
        ENTREE.pack(ligne.id, microsecondes(ligne.quand), ligne.preuve(cle)) for ligne in lignes
    )
    fiche = rediger(nature, lignes[0].quand, lignes[-1].quand, len(lignes), octets)
    with connections["default"].cursor() as curseur:
        curseur.execute(
            f"SELECT journal_sceller({FICHE}, %s::bigint[], %s::timestamptz[])",
            [*valeurs(fiche), [ligne.id for ligne in lignes], [ligne.quand for ligne in lignes]],
        )
    return len(lignes)


def _prendre_la_chaine() -> None:
    # One sealer at a time; nobody else waits for it: writing a row takes no lock.
    with connections["default"].cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtext('journal_sceaux'))")


def _a_sceller() -> tuple[str, list[Lue]]:
    """The next batch. Before the first ordinary seal, rows written without marks by an older version go first."""
    with connections["default"].cursor() as curseur:
        curseur.execute("SELECT EXISTS (SELECT FROM journal_sceau WHERE nature = 'lignes')")
        (commencee,) = curseur.fetchone()
    if not commencee and (anciennes := lire(A_SCELLER.format("AND marque IS NULL"), [LOT])):
        return NatureSceau.REPRISE, anciennes
    return NatureSceau.LIGNES, lire(A_SCELLER.format(""), [LOT])


def rediger(nature: str, de: datetime, a: datetime, nombre: int, octets: bytes = b"") -> dict[str, Any]:
    """The next seal, signed."""
    numero, precedent = dernier()
    fiche = {
        "id": numero + 1, "nature": str(nature), "fait_le": timezone.now(), "de": de, "a": a, "nombre": nombre,
        "lignes": octets, "empreinte": hashlib.sha256(octets).digest(), "precedent": precedent,
        "cle": trousseau(CLES).courante,
    }  # fmt: skip
    return {**fiche, "signature": signer(fiche)}


def valeurs(fiche: dict[str, Any]) -> list[Any]:
    """The values of a seal, in the order of its table."""
    return [fiche[nom] for nom in CHAMPS]
