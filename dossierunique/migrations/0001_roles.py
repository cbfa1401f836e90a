"""Rights of the application's role, extensions, and the unaccented form that names are searched by."""

from django.conf import settings
from django.db import migrations
from django.db.utils import ProgrammingError
from psycopg2 import sql


def _existe(curseur, role: str) -> bool:
    curseur.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    return curseur.fetchone() is not None


def _creer(curseur, role: str, mot_de_passe: str) -> None:
    ordre = sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role))
    if mot_de_passe:
        ordre += sql.SQL(" PASSWORD {}").format(sql.Literal(mot_de_passe))
    try:
        curseur.execute(ordre)
    except ProgrammingError as erreur:
        raise RuntimeError(
            f"Le rôle « {role} » n’existe pas et le propriétaire ne peut pas le créer : "
            "jouez deploy/roles.sql en tant que superutilisateur, puis relancez migrate."
        ) from erreur


def accorder(apps, schema_editor) -> None:
    """The application reads and writes rows; it never owns, alters or truncates."""
    reglages = settings.DATABASES["default"]
    role = reglages["USER"]
    with schema_editor.connection.cursor() as curseur:
        curseur.execute("SELECT current_user")
        proprietaire = curseur.fetchone()[0]
        if proprietaire == role:
            raise RuntimeError(
                f"« {role} » est à la fois l’application et le propriétaire : il faut deux rôles "
                "(DATABASE_URL et DATABASE_OWNER_URL)."
            )
        if not _existe(curseur, role):
            _creer(curseur, role, reglages.get("PASSWORD") or "")
        noms = {"role": sql.Identifier(role), "proprietaire": sql.Identifier(proprietaire)}
        curseur.execute(sql.SQL(DROITS).format(**noms))


DROITS = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
ALTER DEFAULT PRIVILEGES FOR ROLE {proprietaire} IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
ALTER DEFAULT PRIVILEGES FOR ROLE {proprietaire} IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO {role};
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};
"""

# unaccent() is only STABLE because its dictionary may change; ours is named, and an index needs IMMUTABLE.
SANS_ACCENT = """
CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public;
CREATE OR REPLACE FUNCTION public.du_sans_accent(text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT pg_catalog.lower(public.unaccent('public.unaccent'::regdictionary, $1)) $$;
"""


class Migration(migrations.Migration):
    dependencies = []
    operations = [
        migrations.RunPython(accorder, migrations.RunPython.noop),
        migrations.RunSQL(SANS_ACCENT, "DROP FUNCTION IF EXISTS public.du_sans_accent(text);"),
    ]
