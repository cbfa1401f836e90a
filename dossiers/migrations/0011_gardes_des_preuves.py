"""What the database holds of the proofs: append-only, confirmed by someone else; and the acts that wait today."""

from django.conf import settings
from django.db import migrations

from dossiers.contributions.models import TRANSITIONS
from dossiers.partages.verrou_lignes import proteger
from dossierunique.etats import garde

TABLE = "dossiers_confirmation_consentement"
CONFIRMATION = (
    f"""
    CREATE TRIGGER {TABLE}_ajout_seul BEFORE UPDATE OR DELETE ON {TABLE}
      FOR EACH ROW EXECUTE FUNCTION dossiers_ajout_seul();
    CREATE FUNCTION dossiers_confirmation_verifier() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (
        SELECT 1 FROM dossiers_consentement c
          JOIN partners_habilitation auteur ON auteur.id = c.enregistre_par_id
          JOIN partners_habilitation juge ON juge.id = NEW.par_id
         WHERE c.id = NEW.consentement_id AND c.dossier_id = NEW.dossier_id
           AND juge.utilisateur_id <> auteur.utilisateur_id) THEN
        RAISE EXCEPTION 'une preuve est confirmée par un autre que celui qui l’a enregistrée'
          USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER dossiers_confirmation_verifier BEFORE INSERT ON {TABLE}
      FOR EACH ROW EXECUTE FUNCTION dossiers_confirmation_verifier();
    """,
    f"""
    DROP TRIGGER dossiers_confirmation_verifier ON {TABLE}; DROP FUNCTION dossiers_confirmation_verifier();
    DROP TRIGGER {TABLE}_ajout_seul ON {TABLE};
    """,
)

# The delay of what was recorded before this rule runs from today.
REPRISE = """
INSERT INTO dossiers_preuve_a_confirmer (consentement_id, dossier_id, depuis)
SELECT c.id, c.dossier_id, now() FROM dossiers_consentement c
 WHERE EXISTS (SELECT 1 FROM dossiers_ligne_consentement l WHERE l.consentement_id = c.id AND l.decision = 'accorde')
"""
AVANT = {de: vers - {"interrompue"} for de, vers in TRANSITIONS.items() if de != "interrompue"}


def _droits(verbe: str, lien: str):
    def appliquer(apps, schema_editor):
        role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
        schema_editor.execute(f"{verbe} UPDATE, DELETE ON {TABLE} {lien} {role}")

    return appliquer


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0010_preuves")]

    operations = [
        migrations.RunSQL(*CONFIRMATION),
        migrations.RunSQL(REPRISE, migrations.RunSQL.noop),
        migrations.RunSQL(
            garde("dossiers_contribution", TRANSITIONS).sql, garde("dossiers_contribution", AVANT).sql
        ),
        proteger(TABLE),
        proteger("dossiers_preuve_a_confirmer"),
        migrations.RunPython(_droits("REVOKE", "FROM"), _droits("GRANT", "TO")),
    ]
