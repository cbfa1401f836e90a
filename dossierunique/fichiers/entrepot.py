"""Where encrypted objects are put and taken back: a Django storage chosen by settings."""

import uuid
from collections.abc import Iterator
from typing import IO, cast

from django.core.files.storage import Storage, storages

from dossierunique.fichiers import chiffrement
from dossierunique.fichiers.erreurs import FichierAltere
from dossierunique.securite.coffres import Coffre


def entrepot() -> Storage:
    """The storage of `STORAGES["fichiers"]`."""
    return storages["fichiers"]


class Flux:
    """A stream of chunks in the shape that Django's and boto3's storages read, never seekable."""

    closed = False

    def __init__(self, morceaux: Iterator[bytes]) -> None:
        self._morceaux, self._reste = morceaux, b""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield from self._morceaux

    def read(self, n: int = -1) -> bytes:
        while n < 0 or len(self._reste) < n:
            suivant = next(self._morceaux, None)
            if suivant is None:
                break
            self._reste += suivant
        n = len(self._reste) if n < 0 else n
        lu, self._reste = self._reste[:n], self._reste[n:]
        return lu

    def seekable(self) -> bool:
        return False


def nouveau_chemin() -> str:
    """A random key, spread over 256 folders: it says nothing of anybody."""
    nom = uuid.uuid4().hex
    return f"{nom[:2]}/{nom}"


def ranger(
    source: chiffrement.Lisible, reference: uuid.UUID, coffre: Coffre = Coffre.ORDINAIRE
) -> tuple[str, int]:
    """Encrypt `source` into the storage; gives the storage key and the id of the encryption key."""
    cle_id = chiffrement.cle_courante(coffre)
    # The two storages read it as a file; only its type is not one.
    flux = cast("IO", Flux(chiffrement.chiffrer(source, reference, cle_id, coffre)))
    return entrepot().save(nouveau_chemin(), flux), cle_id


def retirer(chemin: str) -> None:
    """Remove a stored object, if it is there."""
    entrepot().delete(chemin)


def reprendre(chemin: str, reference: uuid.UUID, coffre: Coffre = Coffre.ORDINAIRE) -> Iterator[bytes]:
    """The clear content of a stored object, authenticated chunk by chunk."""
    try:
        objet = entrepot().open(chemin, "rb")
    except FileNotFoundError as erreur:
        raise FichierAltere("objet absent du stockage") from erreur
    with objet:
        yield from chiffrement.dechiffrer(objet, reference, coffre)


def inventaire() -> Iterator[str]:
    """The keys of all stored objects."""
    dossiers, _ = entrepot().listdir("")
    for dossier in sorted(dossiers):
        _, noms = entrepot().listdir(dossier)
        yield from (f"{dossier}/{nom}" for nom in sorted(noms))
