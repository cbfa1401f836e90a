"""The second lock knows exceptions by the habilitation that they were made to, and holds their histories."""

from django.db import migrations

from dossiers.partages.verrou_lignes import proteger

HABILITATION = (
    """
    CREATE FUNCTION du_habilitation() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
      SELECT NULLIF(current_setting('du.habilitation', true), '')::bigint $$;
    """,
    "DROP FUNCTION du_habilitation();",
)


def lecteurs(qui: str) -> str:
    """The array of readers and the liveness of an exception, by the key `qui` of its table."""
    return f"""
    CREATE OR REPLACE FUNCTION dossiers_lecteurs(cible bigint) RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
      SET search_path = public, pg_temp AS $$
      SELECT COALESCE(array_agg(cle ORDER BY cle), '{{}}') FROM (
        SELECT 'o' || organisme_id AS cle FROM dossiers_partage
         WHERE dossier_id = cible AND retire_le IS NULL AND organisme_id IS NOT NULL
        UNION SELECT 'u' || unite_id FROM dossiers_partage
         WHERE dossier_id = cible AND retire_le IS NULL AND unite_id IS NOT NULL
        UNION SELECT 'p' || {qui} FROM dossiers_exception_utilisateur WHERE content_object_id = cible
      ) cles $$;
    CREATE OR REPLACE FUNCTION du_exception_vivante(cible bigint, qui bigint) RETURNS boolean LANGUAGE plpgsql STABLE
      SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
      RETURN EXISTS (SELECT 1 FROM dossiers_exception_utilisateur e JOIN auth_permission p ON p.id = e.permission_id
        WHERE e.content_object_id = cible AND e.{qui} = qui AND p.codename = 'consulter'
          AND e.depuis <= clock_timestamp() AND e.jusque > clock_timestamp());
    END $$;
    UPDATE dossiers_dossier d SET lecteurs = '{{}}'
     WHERE EXISTS (SELECT 1 FROM dossiers_exception_utilisateur e WHERE e.content_object_id = d.id);
    """


def politique(qui: str) -> str:
    """The policy of the dossiers, whose exceptions are those of `qui()`."""
    return f"""
    ALTER POLICY second_verrou ON dossiers_dossier USING ((SELECT du_est_systeme()) OR (
      (lecteurs && (SELECT du_lecteurs()) AND programme = ANY ((SELECT du_programmes())::text[]))
      OR ('p' || (SELECT {qui}()) = ANY (lecteurs) AND du_exception_vivante(id, (SELECT {qui}())))));
    """


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0031_gardes_des_exceptions")]

    operations = [
        migrations.RunSQL(*HABILITATION),
        migrations.RunSQL(lecteurs("habilitation_id"), lecteurs("user_id")),
        migrations.RunSQL(politique("du_habilitation"), politique("du_utilisateur")),
        proteger("dossiers_pret"),
        proteger("dossiers_bris_de_glace"),
    ]
