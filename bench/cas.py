"""What is measured: a page, the requests that ask for it, and what a right answer looks like."""

from dataclasses import dataclass

from bench.client import Requete


@dataclass(frozen=True)
class Cas:
    """A page, asked for in turn by several people or about several dossiers."""

    requetes: list[Requete]
    statut: int = 200
    contient: str = ""
    lignes: int | None = None
