"""What the database holds of the medical secrecy: a medical paper is in its safe, an avis is given once, notes stay.

Existing medical papers enter the safe here, for who may open them; their objects are still encrypted under the ordinary
keys, and read so, until `manage.py rechiffrer_medical --executer` has passed. Run it once after this migration.
"""

from django.conf import settings
from django.db import migrations

from dossiers.avis.models import TRANSITIONS as AVIS
from dossiers.demandes.etats import TRANSITIONS as DEMANDE
from dossiers.partages.verrou_lignes import PAR_DEMANDE, proteger
from dossierunique.etats import garde

COFFRE = (
    """
    UPDATE fichiers_fichier SET coffre = 'medical' WHERE coffre = 'ordinaire' AND id IN (
      SELECT j.fichier_id FROM dossiers_justificatif j JOIN dossiers_type_piece t ON t.id = j.type_id
       WHERE t.classe = 'medical');

    CREATE FUNCTION dossiers_justificatif_au_coffre() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM dossiers_type_piece t WHERE t.id = NEW.type_id AND t.classe = 'medical')
         AND EXISTS (SELECT 1 FROM fichiers_fichier f WHERE f.id = NEW.fichier_id AND f.coffre <> 'medical') THEN
        RAISE EXCEPTION 'une pièce médicale est dans son coffre' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER dossiers_justificatif_au_coffre BEFORE INSERT OR UPDATE OF type_id, fichier_id
      ON dossiers_justificatif FOR EACH ROW EXECUTE FUNCTION dossiers_justificatif_au_coffre();

    CREATE FUNCTION dossiers_fichier_au_coffre() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM dossiers_justificatif j JOIN dossiers_type_piece t ON t.id = j.type_id
                  WHERE j.fichier_id = NEW.id AND t.classe = 'medical') THEN
        RAISE EXCEPTION 'une pièce médicale reste dans son coffre' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER dossiers_fichier_au_coffre BEFORE UPDATE OF coffre ON fichiers_fichier FOR EACH ROW
      WHEN (OLD.coffre = 'medical' AND NEW.coffre <> 'medical') EXECUTE FUNCTION dossiers_fichier_au_coffre();
    """,
    """
    DROP TRIGGER dossiers_fichier_au_coffre ON fichiers_fichier; DROP FUNCTION dossiers_fichier_au_coffre();
    DROP TRIGGER dossiers_justificatif_au_coffre ON dossiers_justificatif;
    DROP FUNCTION dossiers_justificatif_au_coffre();
    """,
)

FIGER = (
    """
    CREATE FUNCTION dossiers_avis_figer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.etat <> 'demande' OR (NEW.demande_id, NEW.question, NEW.demande_par_id, NEW.demande_le)
         IS DISTINCT FROM (OLD.demande_id, OLD.question, OLD.demande_par_id, OLD.demande_le) THEN
        RAISE EXCEPTION 'un avis rendu ne se récrit pas' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER dossiers_avis_figer BEFORE UPDATE ON dossiers_avis_medical
      FOR EACH ROW EXECUTE FUNCTION dossiers_avis_figer();
    CREATE TRIGGER dossiers_note_medicale_ajout_seul BEFORE UPDATE OR DELETE ON dossiers_note_medicale
      FOR EACH ROW EXECUTE FUNCTION dossiers_ajout_seul();
    """,
    """
    DROP TRIGGER dossiers_note_medicale_ajout_seul ON dossiers_note_medicale;
    DROP TRIGGER dossiers_avis_figer ON dossiers_avis_medical; DROP FUNCTION dossiers_avis_figer();
    """,
)

# An avis may be asked for again, or not waited for any more.
NOUVELLES = {("avis_demande", "en_instruction"), ("avis_rendu", "avis_demande")}
ANCIENNE = {de: frozenset(v for v in vers if (de, v) not in NOUVELLES) for de, vers in DEMANDE.items()}


def _droits(verbe: str, lien: str):
    def appliquer(apps, schema_editor):
        role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
        schema_editor.execute(f"{verbe} UPDATE, DELETE, TRUNCATE ON dossiers_note_medicale {lien} {role}")
        schema_editor.execute(f"{verbe} DELETE, TRUNCATE ON dossiers_avis_medical {lien} {role}")

    return appliquer


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0020_avis_medical")]

    operations = [
        proteger("dossiers_avis_medical", PAR_DEMANDE),
        # A note comes out of PostgreSQL for the identity of a médecin-conseil only.
        proteger(
            "dossiers_note_medicale", f"'medecin' = ANY ((SELECT du_lecteurs())::text[]) AND {PAR_DEMANDE}"
        ),
        migrations.RunSQL(*COFFRE),
        migrations.RunSQL(*FIGER),
        garde("dossiers_avis_medical", AVIS),
        migrations.RunSQL(garde("dossiers_demande", DEMANDE).sql, garde("dossiers_demande", ANCIENNE).sql),
        migrations.RunPython(_droits("REVOKE", "FROM"), _droits("GRANT", "TO")),
    ]
