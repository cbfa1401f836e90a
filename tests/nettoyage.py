"""Puts the test database back to what the migrations left, under the role that owns it.

The journal refuses TRUNCATE and history tables refuse DELETE, by triggers: those are laid aside for
the length of one transaction. Seeded rows are kept in a schema of their own and copied back.
"""

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

TABLES = """
    SELECT quote_ident(c.relname), EXISTS (
        SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
    FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND NOT c.relispartition AND c.relname <> 'django_migrations'
    ORDER BY c.relname
"""
PARTITIONS = """
    SELECT relid::regclass::text FROM pg_partition_tree(%s::regclass)
    UNION SELECT %s
"""
COLONNES = """
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""


def _tables(curseur: CursorWrapper) -> list[tuple[str, bool]]:
    curseur.execute(TABLES)
    return curseur.fetchall()


def _garnies(curseur: CursorWrapper, tables: list[str]) -> list[str]:
    union = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM public.{table})" for table in tables
    )
    curseur.execute(union)
    return [ligne[0] for ligne in curseur.fetchall()]


def retenir(curseur: CursorWrapper) -> None:
    """Copy what the migrations seeded."""
    curseur.execute("CREATE SCHEMA IF NOT EXISTS depart")
    for table in _garnies(curseur, [nom for nom, _ in _tables(curseur)]):
        curseur.execute(f"CREATE TABLE IF NOT EXISTS depart.{table} AS TABLE public.{table}")


def remettre() -> None:
    """Empty every table, then copy the seeds back."""
    if not connections["proprietaire"].settings_dict["NAME"].startswith("essais_"):
        raise RuntimeError("only a test database is ever emptied")
    with transaction.atomic(using="proprietaire"), connections["proprietaire"].cursor() as curseur:
        curseur.execute("SET LOCAL lock_timeout = '10s'")
        tables = _tables(curseur)
        gardees = [nom for nom, a_des_gardes in tables if a_des_gardes]
        _gardes(curseur, gardees, "DISABLE")
        sales = _garnies(curseur, [nom for nom, _ in tables])
        if sales:
            curseur.execute("TRUNCATE " + ", ".join(f"public.{nom}" for nom in sales) + " CASCADE")
        _recopier(curseur)
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _gardes(curseur, gardees, "ENABLE")
    connections["proprietaire"].close()


def _gardes(curseur: CursorWrapper, tables: list[str], verbe: str) -> None:
    """TRUNCATE triggers are not inherited: the partitions of a table have their own."""
    for table in tables:
        curseur.execute(PARTITIONS, [f"public.{table}", f"public.{table}"])
        for (nom,) in curseur.fetchall():
            curseur.execute(f"ALTER TABLE {nom} {verbe} TRIGGER USER")


def _recopier(curseur: CursorWrapper) -> None:
    curseur.execute(
        "SELECT quote_ident(relname) FROM pg_class"
        " WHERE relnamespace = 'depart'::regnamespace AND relkind = 'r'"
    )
    for (table,) in curseur.fetchall():
        curseur.execute(COLONNES, [f"public.{table}"])
        (colonnes,) = curseur.fetchone()
        curseur.execute(
            f"INSERT INTO public.{table} ({colonnes}) OVERRIDING SYSTEM VALUE "
            f"SELECT {colonnes} FROM depart.{table}"
        )
