"""Statements of every page, prepared once for each connection: PostgreSQL plans them once, Python composes nothing.

Composing a queryset takes about a millisecond, and planning a statement of several joins another one: more than
running it. What is asked here must stay what the querysets of the rooms say, and a test compares them.
"""

from collections.abc import Mapping
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import connections

_rang = count(1)
# Under which name each connection of this process knows a statement.
_connues: WeakKeyDictionary[Any, dict["Preparee", str]] = WeakKeyDictionary()


class Preparee:
    """One statement written with `%(name)s`, and the PostgreSQL type of each name."""

    def __init__(self, sql: str, types: Mapping[str, str]) -> None:
        self.champs, self.types = tuple(types), ", ".join(types.values())
        self.sql = sql % {nom: f"${rang}" for rang, nom in enumerate(types, 1)}
        self.valeurs = f"({', '.join(['%s'] * len(types))})" if types else ""
        # Behind a pooler that changes connection at each transaction nothing stays prepared.
        self.directe = sql.replace("%%", "%%%%") % {nom: f"%({nom})s::{t}" for nom, t in types.items()}

    def lignes(self, **valeurs: Any) -> list[tuple[Any, ...]]:
        """Run it and give back all its rows."""
        with connections["default"].cursor() as curseur:
            self._executer(curseur, valeurs)
            return curseur.fetchall()

    def executer(self, **valeurs: Any) -> None:
        """Run a statement that gives no row back."""
        with connections["default"].cursor() as curseur:
            self._executer(curseur, valeurs)

    def _executer(self, curseur: Any, valeurs: dict[str, Any]) -> None:
        if not settings.REQUETES_PREPAREES:
            curseur.execute(self.directe, valeurs)
            return
        connues = _connues.setdefault(curseur.connection, {})
        # A new name at each try: one whose first run failed may be prepared or not.
        nom = connues.get(self) or f"du_{next(_rang)}"
        ordre = "" if self in connues else self._preparation(nom)
        curseur.execute(f"{ordre}EXECUTE {nom} {self.valeurs}", [valeurs[champ] for champ in self.champs])
        connues[self] = nom

    def _preparation(self, nom: str) -> str:
        types = f"({self.types})" if self.types else ""
        return f"PREPARE {nom} {types} AS {self.sql.replace('%', '%%')};"

    def ligne(self, **valeurs: Any) -> tuple[Any, ...] | None:
        """Its first row, if there is one."""
        return next(iter(self.lignes(**valeurs)), None)
