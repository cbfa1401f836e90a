"""The histories of the exceptions are closed and never rewritten; an exception rests on one of them."""

from django.conf import settings
from django.db import migrations

from dossiers.exceptions.models import TRANSITIONS
from dossierunique.etats import garde

# A loan or a bris de glace is ended once; a bris de glace is reviewed once, by somebody else.
HISTOIRES = (
    """
    CREATE FUNCTION dossiers_pret_figer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.termine_le IS NOT NULL OR NEW.termine_le IS NULL
         OR to_jsonb(NEW) - ARRAY['termine_le', 'termine_par_id']
            IS DISTINCT FROM to_jsonb(OLD) - ARRAY['termine_le', 'termine_par_id'] THEN
        RAISE EXCEPTION 'un prêt se termine et ne se récrit pas' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER dossiers_pret_figer BEFORE UPDATE ON dossiers_pret
      FOR EACH ROW EXECUTE FUNCTION dossiers_pret_figer();

    CREATE FUNCTION dossiers_bris_figer() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE examen text[] := ARRAY['etat', 'commentaire', 'examine_par_id', 'examine_le'];
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.etat <> 'a_examiner' OR NEW.termine_le IS NOT NULL THEN
          RAISE EXCEPTION 'un bris de glace commence à examiner' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
      END IF;
      IF to_jsonb(NEW) - examen - 'termine_le' IS DISTINCT FROM to_jsonb(OLD) - examen - 'termine_le'
         OR (OLD.termine_le IS NOT NULL AND NEW.termine_le IS DISTINCT FROM OLD.termine_le)
         OR (OLD.etat <> 'a_examiner' AND to_jsonb(NEW) IS DISTINCT FROM to_jsonb(OLD)) THEN
        RAISE EXCEPTION 'un bris de glace ne se récrit pas' USING ERRCODE = 'check_violation';
      END IF;
      IF NEW.examine_par_id IS NOT NULL AND
         (SELECT utilisateur_id FROM partners_habilitation WHERE id = NEW.examine_par_id)
         = (SELECT utilisateur_id FROM partners_habilitation WHERE id = NEW.habilitation_id) THEN
        RAISE EXCEPTION 'nul n’examine son propre bris de glace' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER dossiers_bris_figer BEFORE INSERT OR UPDATE ON dossiers_bris_de_glace
      FOR EACH ROW EXECUTE FUNCTION dossiers_bris_figer();

    CREATE TRIGGER dossiers_pret_garder BEFORE DELETE ON dossiers_pret
      FOR EACH ROW EXECUTE FUNCTION dossiers_ajout_seul();
    CREATE TRIGGER dossiers_bris_garder BEFORE DELETE ON dossiers_bris_de_glace
      FOR EACH ROW EXECUTE FUNCTION dossiers_ajout_seul();
    """,
    """
    DROP TRIGGER dossiers_bris_garder ON dossiers_bris_de_glace; DROP TRIGGER dossiers_pret_garder ON dossiers_pret;
    DROP TRIGGER dossiers_bris_figer ON dossiers_bris_de_glace; DROP FUNCTION dossiers_bris_figer();
    DROP TRIGGER dossiers_pret_figer ON dossiers_pret; DROP FUNCTION dossiers_pret_figer();
    """,
)

# What opens a dossier says no more than the live loan or bris de glace that it rests on, and is never changed.
FONDEMENT = (
    """
    CREATE FUNCTION dossiers_exception_fonder() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'une exception s’ouvre et se ferme, elle ne se récrit pas' USING ERRCODE = 'check_violation';
      END IF;
      IF NOT EXISTS (
        SELECT 1 FROM (
          SELECT id, NULL::bigint AS bris, dossier_id, habilitation_id, depuis, jusque, termine_le FROM dossiers_pret
          UNION ALL
          SELECT NULL, id, dossier_id, habilitation_id, depuis, jusque, termine_le FROM dossiers_bris_de_glace
        ) f JOIN partners_habilitation h ON h.id = f.habilitation_id
        WHERE (f.id = NEW.pret_id OR f.bris = NEW.bris_de_glace_id) AND f.termine_le IS NULL
          AND f.dossier_id = NEW.content_object_id AND f.habilitation_id = NEW.habilitation_id
          AND h.utilisateur_id = NEW.user_id AND f.depuis <= NEW.depuis AND f.jusque >= NEW.jusque) THEN
        RAISE EXCEPTION 'une exception repose sur un prêt ou un bris de glace' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER dossiers_exception_fonder BEFORE INSERT OR UPDATE ON dossiers_exception_utilisateur
      FOR EACH ROW EXECUTE FUNCTION dossiers_exception_fonder();
    """,
    """
    DROP TRIGGER dossiers_exception_fonder ON dossiers_exception_utilisateur;
    DROP FUNCTION dossiers_exception_fonder();
    """,
)

# A loan never goes around the person's choice: the end of an organisme's share ends the loans to its people, whoever
# closes it and however.
RETRAIT = (
    """
    CREATE FUNCTION dossiers_partage_rendre() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = public, pg_temp AS $$
    BEGIN
      DELETE FROM dossiers_exception_utilisateur e USING partners_habilitation h
       WHERE h.id = e.habilitation_id AND h.organisme_id = NEW.organisme_id AND h.profil <> 'correspondant'
         AND e.content_object_id = NEW.dossier_id AND e.pret_id IS NOT NULL;
      UPDATE dossiers_pret p SET termine_le = GREATEST(NEW.retire_le, p.depuis) FROM partners_habilitation h
       WHERE h.id = p.habilitation_id AND h.organisme_id = NEW.organisme_id AND h.profil <> 'correspondant'
         AND p.dossier_id = NEW.dossier_id AND p.termine_le IS NULL AND p.jusque > NEW.retire_le;
      RETURN NULL;
    END $$;
    CREATE TRIGGER dossiers_partage_rendre AFTER UPDATE OF retire_le ON dossiers_partage
      FOR EACH ROW WHEN (OLD.retire_le IS NULL AND NEW.retire_le IS NOT NULL AND NEW.organisme_id IS NOT NULL)
      EXECUTE FUNCTION dossiers_partage_rendre();
    """,
    "DROP TRIGGER dossiers_partage_rendre ON dossiers_partage; DROP FUNCTION dossiers_partage_rendre();",
)


def _droits(verbe: str, lien: str):
    def appliquer(apps, schema_editor):
        role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
        for table in ("dossiers_pret", "dossiers_bris_de_glace"):
            schema_editor.execute(f"{verbe} DELETE, TRUNCATE ON {table} {lien} {role}")
        schema_editor.execute(f"{verbe} UPDATE ON dossiers_exception_utilisateur {lien} {role}")

    return appliquer


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0030_exceptions")]

    operations = [
        migrations.RunSQL(*HISTOIRES),
        migrations.RunSQL(*FONDEMENT),
        migrations.RunSQL(*RETRAIT),
        garde("dossiers_bris_de_glace", TRANSITIONS),
        migrations.RunPython(_droits("REVOKE", "FROM"), _droits("GRANT", "TO")),
    ]
