"""What a service looks after, as plain values: compared, written, grouped and said in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from annuaire.fiches.models import Competence
from dossierunique import departements
from partners.organismes.models import Programme

# kind → the words above its values
GENRES = {
    "departement": "Départements",
    "unite": "Unités suivies",
    "programme": "Programmes",
    "aide": "Aides",
}


@dataclass(frozen=True)
class Chose:
    """One thing looked after: its kind, and a code or the key of a unit."""

    genre: str
    valeur: Any

    @classmethod
    def de(cls, competence: Competence) -> "Chose":
        """What a row says."""
        if competence.unite_id is not None:
            return cls("unite", competence.unite_id)
        genre = next(g for g in ("departement", "programme", "aide") if getattr(competence, g))
        return cls(genre, getattr(competence, genre))

    def champs(self) -> dict[str, Any]:
        """The column that holds it."""
        return {"unite_id" if self.genre == "unite" else self.genre: self.valeur}


def en_mots(competences: Iterable[Competence], connues: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """[("Départements", ["Var (83)", …]), …]: kinds in their order, values sorted.

    connues: the kinds of aid by code (partners.aides), read once for all the services of a page.
    """
    groupes: dict[str, list[str]] = {genre: [] for genre in GENRES}
    for competence in competences:
        chose = Chose.de(competence)
        groupes[chose.genre].append(_mot(chose, competence, connues))
    return [(GENRES[genre], sorted(mots)) for genre, mots in groupes.items() if mots]


def _mot(chose: Chose, competence: Competence, connues: Mapping[str, str]) -> str:
    if chose.genre == "departement":
        return departements.nom(chose.valeur)
    if chose.genre == "unite":
        return str(competence.unite)
    if chose.genre == "programme":
        return str(Programme(chose.valeur).label)
    return connues.get(chose.valeur, chose.valeur)
