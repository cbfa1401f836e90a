"""The database refuses by itself what only the consent actions may do, and recomputes the plan whatever is written."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A share by consent rests on an accordée line of that very dossier and organisme; a mission is the CNMSS's alone.
FONDEMENT = (
    """
    CREATE FUNCTION dossiers_partage_fonder() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.nature = 'consentement' AND NOT EXISTS (
           SELECT 1 FROM dossiers_ligne_consentement l
            WHERE l.id = NEW.consentement_ligne_id AND l.dossier_id = NEW.dossier_id
              AND l.organisme_id = NEW.organisme_id AND l.decision = 'accorde') THEN
        RAISE EXCEPTION 'un partage repose sur une ligne accordée du même dossier' USING ERRCODE = 'check_violation';
      END IF;
      IF NEW.nature = 'mission' AND NOT EXISTS (
           SELECT 1 FROM partners_organisme o WHERE o.id = NEW.organisme_id AND o.type = 'cnmss') THEN
        RAISE EXCEPTION 'seule la CNMSS lit par mission' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER dossiers_partage_fonder BEFORE INSERT ON dossiers_partage
      FOR EACH ROW EXECUTE FUNCTION dossiers_partage_fonder();

    CREATE OR REPLACE FUNCTION dossiers_partage_figer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.retire_le IS NOT NULL
         OR (NEW.dossier_id, NEW.organisme_id, NEW.unite_id, NEW.nature, NEW.depuis, NEW.consentement_ligne_id)
         IS DISTINCT FROM
            (OLD.dossier_id, OLD.organisme_id, OLD.unite_id, OLD.nature, OLD.depuis, OLD.consentement_ligne_id) THEN
        RAISE EXCEPTION 'un partage se ferme et ne se récrit pas' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    """,
    """
    DROP TRIGGER dossiers_partage_fonder ON dossiers_partage; DROP FUNCTION dossiers_partage_fonder();
    CREATE OR REPLACE FUNCTION dossiers_partage_figer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.retire_le IS NOT NULL OR (NEW.dossier_id, NEW.organisme_id, NEW.unite_id, NEW.nature, NEW.depuis)
         IS DISTINCT FROM (OLD.dossier_id, OLD.organisme_id, OLD.unite_id, OLD.nature, OLD.depuis) THEN
        RAISE EXCEPTION 'un partage se ferme et ne se récrit pas' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    """,
)

# The number, the person and the programme of a dossier are for life.
IDENTITE = (
    """
    CREATE FUNCTION dossiers_dossier_figer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (NEW.numero, NEW.assure_id, NEW.programme) IS DISTINCT FROM (OLD.numero, OLD.assure_id, OLD.programme) THEN
        RAISE EXCEPTION 'un dossier garde son numéro, sa personne et son programme' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER dossiers_dossier_figer BEFORE UPDATE OF numero, assure_id, programme ON dossiers_dossier
      FOR EACH ROW EXECUTE FUNCTION dossiers_dossier_figer();
    """,
    "DROP TRIGGER dossiers_dossier_figer ON dossiers_dossier; DROP FUNCTION dossiers_dossier_figer();",
)

# Whatever is written in it, the partners' share of the plan is the sum of their contributions.
SOMME = (
    """
    CREATE FUNCTION dossiers_plan_sommer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.montant_partenaires :=
        (SELECT COALESCE(sum(montant), 0) FROM dossiers_contribution WHERE demande_id = NEW.id);
      RETURN NEW;
    END $$;
    CREATE TRIGGER dossiers_plan_sommer BEFORE UPDATE OF montant_partenaires ON dossiers_demande
      FOR EACH ROW EXECUTE FUNCTION dossiers_plan_sommer();
    """,
    "DROP TRIGGER dossiers_plan_sommer ON dossiers_demande; DROP FUNCTION dossiers_plan_sommer();",
)

# The act itself is not rewritten either, and letters stay.
ACTE = (
    "CREATE TRIGGER dossiers_consentement_ajout_seul BEFORE UPDATE OR DELETE ON dossiers_consentement "
    "FOR EACH ROW EXECUTE FUNCTION dossiers_ajout_seul();",
    "DROP TRIGGER dossiers_consentement_ajout_seul ON dossiers_consentement;",
)


def _droits(verbe: str, lien: str):
    def appliquer(apps, schema_editor):
        role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
        schema_editor.execute(f"{verbe} UPDATE ON dossiers_consentement {lien} {role}")
        schema_editor.execute(f"{verbe} DELETE ON dossiers_courrier {lien} {role}")

    return appliquer


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0004_corbeilles")]

    operations = [
        migrations.AlterField(
            model_name="consentement",
            name="preuve",
            field=models.OneToOneField(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="fichiers.fichier"
            ),
        ),
        migrations.RunSQL(*FONDEMENT),
        migrations.RunSQL(*IDENTITE),
        migrations.RunSQL(*SOMME),
        migrations.RunSQL(*ACTE),
        migrations.RunPython(_droits("REVOKE", "FROM"), _droits("GRANT", "TO")),
    ]
