"""The rubriques, and what the database itself holds: arrows, versions never rewritten, files read with their article."""

from django.conf import settings
from django.db import migrations

from documentation.articles.etats import TRANSITIONS
from documentation.articles.rubriques import RUBRIQUES
from dossierunique.etats import garde

VERSION, ARTICLE = "documentation_versionarticle", "documentation_article"
FIGER = (
    f"""
    CREATE FUNCTION documentation_ajout_seul() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'table en ajout seul : %', TG_TABLE_NAME USING ERRCODE = 'check_violation';
    END $$;
    CREATE TRIGGER {VERSION}_ajout_seul BEFORE UPDATE OR DELETE ON {VERSION}
      FOR EACH ROW EXECUTE FUNCTION documentation_ajout_seul();
    -- Whoever wrote a word of a text never publishes it.
    ALTER TABLE {VERSION} ADD CONSTRAINT version_article_relue_par_un_tiers
      CHECK (relue_par_id IS NULL OR NOT relue_par_id = ANY (redacteurs));
    """,
    f"""
    ALTER TABLE {VERSION} DROP CONSTRAINT version_article_relue_par_un_tiers;
    DROP TRIGGER {VERSION}_ajout_seul ON {VERSION};
    DROP FUNCTION documentation_ajout_seul();
    """,
)
# What is read is a version of this very article.
SIENNE = (
    f"""
    CREATE FUNCTION documentation_version_sienne() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM {VERSION} v WHERE v.id = NEW.publiee_id AND v.article_id = NEW.id) THEN
        RAISE EXCEPTION 'version d’un autre article' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER {ARTICLE}_version_sienne BEFORE INSERT OR UPDATE OF publiee_id ON {ARTICLE}
      FOR EACH ROW WHEN (NEW.publiee_id IS NOT NULL) EXECUTE FUNCTION documentation_version_sienne();
    """,
    f"DROP TRIGGER {ARTICLE}_version_sienne ON {ARTICLE}; DROP FUNCTION documentation_version_sienne();",
)
# The second lock knows the papers of the dossiers; the files of an article hang on none, and the page that gives
# them checks who reads the article. Who joined a file is who filed it, and it is never a medical one.
FICHIERS = (
    """
    CREATE POLICY documentation_lecture ON fichiers_fichier FOR SELECT
      USING (coffre = 'ordinaire' AND EXISTS (SELECT 1 FROM public.documentation_piece p
        WHERE p.fichier_id = fichiers_fichier.id AND p.ajoutee_par_id = fichiers_fichier.cree_par_id));
    """,
    "DROP POLICY documentation_lecture ON fichiers_fichier;",
)


def ranger(apps, schema_editor):
    rubriques = apps.get_model("documentation", "Rubrique").objects.using(schema_editor.connection.alias)
    for ordre, (code, nom, description) in enumerate(RUBRIQUES, 1):
        rubriques.create(code=code, nom=nom, description=description, ordre=ordre)


def droits(verbe: str, lien: str):
    def appliquer(apps, schema_editor):
        role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
        schema_editor.execute(f"{verbe} UPDATE, DELETE, TRUNCATE ON {VERSION} {lien} {role}")
        for table in (ARTICLE, "documentation_piece", "documentation_rubrique"):
            schema_editor.execute(f"{verbe} DELETE ON {table} {lien} {role}")

    return appliquer


class Migration(migrations.Migration):
    dependencies = [("documentation", "0001_initial")]

    operations = [
        migrations.RunSQL(*FIGER),
        migrations.RunSQL(*SIENNE),
        migrations.RunSQL(*FICHIERS),
        garde(ARTICLE, TRANSITIONS),
        migrations.RunPython(ranger, migrations.RunPython.noop),
        migrations.RunPython(droits("REVOKE", "FROM"), droits("GRANT", "TO")),
    ]
