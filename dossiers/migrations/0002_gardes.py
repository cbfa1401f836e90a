"""What the database itself holds: sequences, copies on the shares, the plan, append-only rows, state machines."""

from django.conf import settings
from django.db import migrations

from dossiers.contributions.models import TRANSITIONS as CONTRIBUTION
from dossiers.demandes.etats import TRANSITIONS as DEMANDE
from dossiers.justificatifs.models import TRANSITIONS as JUSTIFICATIF
from dossierunique.etats import garde

SEQUENCES = (
    "CREATE SEQUENCE dossiers_numero_dossier; CREATE SEQUENCE dossiers_numero_demande;",
    "DROP SEQUENCE dossiers_numero_dossier; DROP SEQUENCE dossiers_numero_demande;",
)

# A list of dossiers reads one index of the shares: what it sorts and filters on is copied there.
COPIES = (
    """
    CREATE FUNCTION dossiers_partage_copier() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      SELECT d.programme, d.ouvert_le, d.situation, a.nom_tri, a.naissance_tri
        INTO NEW.programme, NEW.ouvert_le, NEW.situation, NEW.nom_tri, NEW.naissance_tri
        FROM dossiers_dossier d JOIN dossiers_assure a ON a.id = d.assure_id WHERE d.id = NEW.dossier_id;
      RETURN NEW;
    END $$;
    CREATE TRIGGER dossiers_partage_copier BEFORE INSERT ON dossiers_partage
      FOR EACH ROW EXECUTE FUNCTION dossiers_partage_copier();

    CREATE FUNCTION dossiers_dossier_recopier() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE dossiers_partage SET situation = NEW.situation WHERE dossier_id = NEW.id AND retire_le IS NULL;
      RETURN NULL;
    END $$;
    CREATE TRIGGER dossiers_dossier_recopier AFTER UPDATE OF situation ON dossiers_dossier
      FOR EACH ROW WHEN (OLD.situation <> NEW.situation) EXECUTE FUNCTION dossiers_dossier_recopier();

    CREATE FUNCTION dossiers_assure_recopier() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE dossiers_partage p SET nom_tri = NEW.nom_tri, naissance_tri = NEW.naissance_tri
        FROM dossiers_dossier d WHERE d.assure_id = NEW.id AND p.dossier_id = d.id AND p.retire_le IS NULL;
      RETURN NULL;
    END $$;
    CREATE TRIGGER dossiers_assure_recopier AFTER UPDATE OF nom_naissance, nom_usage, prenoms ON dossiers_assure
      FOR EACH ROW EXECUTE FUNCTION dossiers_assure_recopier();
    """,
    """
    DROP TRIGGER dossiers_assure_recopier ON dossiers_assure; DROP FUNCTION dossiers_assure_recopier();
    DROP TRIGGER dossiers_dossier_recopier ON dossiers_dossier; DROP FUNCTION dossiers_dossier_recopier();
    DROP TRIGGER dossiers_partage_copier ON dossiers_partage; DROP FUNCTION dossiers_partage_copier();
    """,
)

# A share is a period: once closed it stays as it was, and it never changes hands.
PERIODES = (
    """
    CREATE FUNCTION dossiers_partage_figer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.retire_le IS NOT NULL OR (NEW.dossier_id, NEW.organisme_id, NEW.unite_id, NEW.nature, NEW.depuis)
         IS DISTINCT FROM (OLD.dossier_id, OLD.organisme_id, OLD.unite_id, OLD.nature, OLD.depuis) THEN
        RAISE EXCEPTION 'un partage se ferme et ne se récrit pas' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER dossiers_partage_figer BEFORE UPDATE ON dossiers_partage
      FOR EACH ROW EXECUTE FUNCTION dossiers_partage_figer();
    """,
    "DROP TRIGGER dossiers_partage_figer ON dossiers_partage; DROP FUNCTION dossiers_partage_figer();",
)

# Rule 3: recomputed at every contribution; the CHECK on the demande refuses a plan above the cost.
PLAN = (
    """
    CREATE FUNCTION dossiers_plan_recalculer() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE cible bigint := COALESCE(NEW.demande_id, OLD.demande_id);
    BEGIN
      UPDATE dossiers_demande SET montant_partenaires =
        (SELECT COALESCE(sum(montant), 0) FROM dossiers_contribution WHERE demande_id = cible)
        WHERE id = cible;
      RETURN NULL;
    END $$;
    CREATE TRIGGER dossiers_plan_recalculer AFTER INSERT OR DELETE OR UPDATE OF montant ON dossiers_contribution
      FOR EACH ROW EXECUTE FUNCTION dossiers_plan_recalculer();
    """,
    "DROP TRIGGER dossiers_plan_recalculer ON dossiers_contribution; DROP FUNCTION dossiers_plan_recalculer();",
)

AJOUT_SEUL = (
    "dossiers_decision",
    "dossiers_evenement",
    "dossiers_formulaire_consentement",
    "dossiers_ligne_consentement",
    "dossiers_texte_consentement",
    "dossiers_version_contribution",
)
FIGER = (
    """
    CREATE FUNCTION dossiers_ajout_seul() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'table en ajout seul : %', TG_TABLE_NAME USING ERRCODE = 'check_violation';
    END $$;
    """
    + "".join(
        f"CREATE TRIGGER {t}_ajout_seul BEFORE UPDATE OR DELETE ON {t} "
        "FOR EACH ROW EXECUTE FUNCTION dossiers_ajout_seul();\n"
        for t in AJOUT_SEUL
    ),
    "".join(f"DROP TRIGGER {t}_ajout_seul ON {t};\n" for t in AJOUT_SEUL)
    + "DROP FUNCTION dossiers_ajout_seul();",
)

# Prefix search on unaccented names, whatever the collation of the server.
RECHERCHE = (
    "".join(
        f"CREATE INDEX partage_{colonne}_{qui} ON dossiers_partage ({qui}_id, {colonne} text_pattern_ops) "
        f"WHERE retire_le IS NULL AND {qui}_id IS NOT NULL;\n"
        for colonne in ("nom_tri", "naissance_tri")
        for qui in ("organisme", "unite")
    ),
    "".join(
        f"DROP INDEX partage_{colonne}_{qui};\n"
        for colonne in ("nom_tri", "naissance_tri")
        for qui in ("organisme", "unite")
    ),
)


def _droits(verbe: str, lien: str):
    def appliquer(apps, schema_editor):
        role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
        for table in AJOUT_SEUL:
            schema_editor.execute(f"{verbe} UPDATE, DELETE, TRUNCATE ON {table} {lien} {role}")
        for table in (
            "dossiers_partage",
            "dossiers_consentement",
            "dossiers_dossier",
            "dossiers_contribution",
        ):
            schema_editor.execute(f"{verbe} DELETE, TRUNCATE ON {table} {lien} {role}")

    return appliquer


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]

    operations = [
        migrations.RunSQL(*SEQUENCES),
        migrations.RunSQL(*COPIES),
        migrations.RunSQL(*PERIODES),
        migrations.RunSQL(*PLAN),
        migrations.RunSQL(*FIGER),
        migrations.RunSQL(*RECHERCHE),
        garde("dossiers_demande", DEMANDE),
        garde("dossiers_contribution", CONTRIBUTION),
        garde("dossiers_justificatif", JUSTIFICATIF),
        migrations.RunPython(_droits("REVOKE", "FROM"), _droits("GRANT", "TO")),
    ]
