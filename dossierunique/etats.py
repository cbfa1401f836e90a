"""State machines as tables, and the database trigger that mirrors them."""

from collections.abc import Mapping

from django.db import migrations


class TransitionInterdite(Exception):
    """The aggregate may not go from its present state to the one asked for."""

    def __init__(self, de: str, vers: str) -> None:
        super().__init__(f"{de} → {vers}")
        self.de, self.vers = de, vers


Transitions = Mapping[str, frozenset[str]]


def verifier(transitions: Transitions, de: str, vers: str) -> None:
    """Raise TransitionInterdite when the table has no arrow `de` → `vers`."""
    if vers not in transitions.get(de, frozenset()):
        raise TransitionInterdite(de, vers)


def paires(transitions: Transitions) -> list[str]:
    """The arrows of a table as sorted `de>vers` strings."""
    return sorted(f"{de}>{vers}" for de, cibles in transitions.items() for vers in cibles)


def garde(table: str, transitions: Transitions, colonne: str = "etat") -> migrations.RunSQL:
    """Migration operation: a trigger that refuses any change of state absent from the table.

    A CHECK sees one version of a row only, so that the arrows need a trigger.
    """
    permis = ", ".join(f"'{p}'" for p in paires(transitions))
    nom = f"garde_{table}_{colonne}"
    return migrations.RunSQL(
        f"""
        CREATE OR REPLACE FUNCTION {nom}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.{colonne} <> OLD.{colonne}
             AND NOT (OLD.{colonne} || '>' || NEW.{colonne} = ANY (ARRAY[{permis}]::text[])) THEN
            RAISE EXCEPTION 'transition interdite sur {table} : % vers %', OLD.{colonne}, NEW.{colonne}
              USING ERRCODE = 'check_violation';
          END IF;
          RETURN NEW;
        END $$;
        CREATE OR REPLACE TRIGGER {nom} BEFORE UPDATE OF {colonne} ON {table}
          FOR EACH ROW EXECUTE FUNCTION {nom}();
        """,
        f"DROP TRIGGER IF EXISTS {nom} ON {table}; DROP FUNCTION IF EXISTS {nom}();",
    )
