"""The second lock: `lecteurs` on the dossier, kept from the shares, and a row-level policy on all that hangs on it."""

import django.contrib.postgres.fields
from django.db import migrations, models

from dossiers.partages.verrou_lignes import PAR_DEMANDE, PAR_DOSSIER, PAR_PERSONNE, proteger

# What `dossierunique.securite.identite` sets for each transaction. A setting of a finished transaction reads ''.
IDENTITE = (
    """
    CREATE FUNCTION du_lecteurs() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
      SELECT COALESCE(NULLIF(current_setting('du.lecteurs', true), ''), '{}')::text[] $$;
    CREATE FUNCTION du_programmes() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
      SELECT COALESCE(NULLIF(current_setting('du.programmes', true), ''), '{}')::text[] $$;
    CREATE FUNCTION du_utilisateur() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
      SELECT NULLIF(current_setting('du.utilisateur', true), '')::bigint $$;
    CREATE FUNCTION du_est_systeme() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
      SELECT COALESCE(current_setting('du.systeme', true), '') <> '' $$;
    """,
    """
    DROP FUNCTION du_est_systeme(); DROP FUNCTION du_utilisateur();
    DROP FUNCTION du_programmes(); DROP FUNCTION du_lecteurs();
    """,
)

# The array is always what the shares and exceptions say: whatever is written in it is computed again.
LECTEURS = (
    """
    CREATE FUNCTION dossiers_lecteurs(cible bigint) RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
      SET search_path = public, pg_temp AS $$
      SELECT COALESCE(array_agg(cle ORDER BY cle), '{}') FROM (
        SELECT 'o' || organisme_id AS cle FROM dossiers_partage
         WHERE dossier_id = cible AND retire_le IS NULL AND organisme_id IS NOT NULL
        UNION SELECT 'u' || unite_id FROM dossiers_partage
         WHERE dossier_id = cible AND retire_le IS NULL AND unite_id IS NOT NULL
        UNION SELECT 'p' || user_id FROM dossiers_exception_utilisateur WHERE content_object_id = cible
      ) cles $$;
    -- It answers about any dossier: for the triggers only.
    REVOKE ALL ON FUNCTION dossiers_lecteurs(bigint) FROM PUBLIC;

    CREATE FUNCTION dossiers_dossier_lecteurs() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = public, pg_temp AS $$
    BEGIN
      NEW.lecteurs := dossiers_lecteurs(NEW.id);
      RETURN NEW;
    END $$;
    CREATE TRIGGER dossiers_dossier_lecteurs BEFORE INSERT OR UPDATE OF lecteurs ON dossiers_dossier
      FOR EACH ROW EXECUTE FUNCTION dossiers_dossier_lecteurs();

    CREATE FUNCTION dossiers_partage_lecteurs() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = public, pg_temp AS $$
    BEGIN
      UPDATE dossiers_dossier SET lecteurs = '{}' WHERE id = COALESCE(NEW.dossier_id, OLD.dossier_id);
      RETURN NULL;
    END $$;
    CREATE TRIGGER dossiers_partage_lecteurs AFTER INSERT OR DELETE OR UPDATE OF retire_le ON dossiers_partage
      FOR EACH ROW EXECUTE FUNCTION dossiers_partage_lecteurs();

    CREATE FUNCTION dossiers_exception_lecteurs() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = public, pg_temp AS $$
    BEGIN
      IF TG_OP <> 'INSERT' THEN
        UPDATE dossiers_dossier SET lecteurs = '{}' WHERE id = OLD.content_object_id;
      END IF;
      IF TG_OP <> 'DELETE' THEN
        UPDATE dossiers_dossier SET lecteurs = '{}' WHERE id = NEW.content_object_id;
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER dossiers_exception_lecteurs
      AFTER INSERT OR DELETE OR UPDATE OF user_id, content_object_id ON dossiers_exception_utilisateur
      FOR EACH ROW EXECUTE FUNCTION dossiers_exception_lecteurs();

    UPDATE dossiers_dossier SET lecteurs = '{}';
    """,
    """
    DROP TRIGGER dossiers_exception_lecteurs ON dossiers_exception_utilisateur;
    DROP FUNCTION dossiers_exception_lecteurs();
    DROP TRIGGER dossiers_partage_lecteurs ON dossiers_partage; DROP FUNCTION dossiers_partage_lecteurs();
    DROP TRIGGER dossiers_dossier_lecteurs ON dossiers_dossier; DROP FUNCTION dossiers_dossier_lecteurs();
    DROP FUNCTION dossiers_lecteurs(bigint);
    """,
)

# An exception ends by time: the array tells who may have one, this tells whether it lives.
LISIBLES = (
    """
    CREATE FUNCTION du_exception_vivante(cible bigint, qui bigint) RETURNS boolean LANGUAGE plpgsql STABLE
      SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
      RETURN EXISTS (SELECT 1 FROM dossiers_exception_utilisateur e JOIN auth_permission p ON p.id = e.permission_id
        WHERE e.content_object_id = cible AND e.user_id = qui AND p.codename = 'consulter'
          AND e.depuis <= clock_timestamp() AND e.jusque > clock_timestamp());
    END $$;

    CREATE FUNCTION du_dossier_lisible(cible bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
    BEGIN
      RETURN EXISTS (SELECT 1 FROM public.dossiers_dossier WHERE id = cible);
    END $$;
    CREATE FUNCTION du_demande_lisible(cible bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
    BEGIN
      RETURN EXISTS (SELECT 1 FROM public.dossiers_demande WHERE id = cible);
    END $$;
    CREATE FUNCTION du_personne_lisible(cible bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
    BEGIN
      RETURN EXISTS (SELECT 1 FROM public.dossiers_assure WHERE id = cible);
    END $$;

    CREATE FUNCTION du_a_un_dossier(cible bigint) RETURNS boolean LANGUAGE plpgsql STABLE
      SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
      RETURN EXISTS (SELECT 1 FROM dossiers_dossier WHERE assure_id = cible);
    END $$;
    -- A person without a dossier yet is being received: by the correspondants of her unit, or by the CNMSS.
    CREATE FUNCTION du_assure_lisible(cible bigint, unite bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM public.dossiers_dossier WHERE assure_id = cible) THEN
        RETURN true;
      END IF;
      RETURN ('u' || unite = ANY (public.du_lecteurs())
              OR EXISTS (SELECT 1 FROM public.partners_organisme o
                          WHERE o.type = 'cnmss' AND 'o' || o.id = ANY (public.du_lecteurs())))
             AND NOT public.du_a_un_dossier(cible);
    END $$;

    -- A stored file is read through what it belongs to; just stored, it belongs to nothing but its author.
    CREATE FUNCTION du_fichier_libre(lequel bigint) RETURNS boolean LANGUAGE plpgsql STABLE
      SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
      RETURN NOT EXISTS (SELECT 1 FROM dossiers_justificatif WHERE fichier_id = lequel)
         AND NOT EXISTS (SELECT 1 FROM dossiers_courrier WHERE fichier_id = lequel)
         AND NOT EXISTS (SELECT 1 FROM dossiers_consentement WHERE preuve_id = lequel);
    END $$;
    CREATE FUNCTION du_fichier_lisible(lequel bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
    BEGIN
      RETURN EXISTS (SELECT 1 FROM public.dossiers_justificatif WHERE fichier_id = lequel)
          OR EXISTS (SELECT 1 FROM public.dossiers_courrier WHERE fichier_id = lequel)
          OR EXISTS (SELECT 1 FROM public.dossiers_consentement WHERE preuve_id = lequel);
    END $$;
    """,
    """
    DROP FUNCTION du_fichier_lisible(bigint); DROP FUNCTION du_fichier_libre(bigint);
    DROP FUNCTION du_assure_lisible(bigint, bigint); DROP FUNCTION du_a_un_dossier(bigint);
    DROP FUNCTION du_personne_lisible(bigint); DROP FUNCTION du_demande_lisible(bigint);
    DROP FUNCTION du_dossier_lisible(bigint); DROP FUNCTION du_exception_vivante(bigint, bigint);
    """,
)

DOSSIER = """
  (lecteurs && (SELECT du_lecteurs()) AND programme = ANY ((SELECT du_programmes())::text[]))
  OR ('p' || (SELECT du_utilisateur()) = ANY (lecteurs) AND du_exception_vivante(id, (SELECT du_utilisateur())))
"""
# A list walks the shares of one reader: its own columns answer first.
PARTAGE = """
  (retire_le IS NULL AND programme = ANY ((SELECT du_programmes())::text[])
   AND ('o' || organisme_id = ANY ((SELECT du_lecteurs())::text[])
        OR 'u' || unite_id = ANY ((SELECT du_lecteurs())::text[])))
  OR du_dossier_lisible(dossier_id)
"""

TABLES = {
    "dossiers_dossier": DOSSIER,
    "dossiers_partage": PARTAGE,
    "dossiers_exception_utilisateur": "du_dossier_lisible(content_object_id)",
    "dossiers_consentement": PAR_DOSSIER,
    "dossiers_ligne_consentement": PAR_DOSSIER,
    "dossiers_demande": PAR_DOSSIER,
    "dossiers_justificatif": PAR_DOSSIER,
    "dossiers_evenement": PAR_DOSSIER,
    "dossiers_courrier": PAR_DOSSIER,
    "dossiers_visite": PAR_DOSSIER,
    "dossiers_ligne_budget": PAR_DEMANDE,
    "dossiers_decision": PAR_DEMANDE,
    "dossiers_contribution": PAR_DEMANDE,
    "dossiers_piece_demandee": PAR_DEMANDE,
    "dossiers_version_contribution": "EXISTS (SELECT 1 FROM dossiers_contribution c WHERE c.id = contribution_id)",
    "dossiers_assure": "du_assure_lisible(id, unite_id)",
    "dossiers_ayant_droit": PAR_PERSONNE,
    "dossiers_representant_legal": PAR_PERSONNE,
    "dossiers_formulaire_consentement": PAR_PERSONNE,
    "dossiers_assureevent": "du_personne_lisible(pgh_obj_id)",
    "dossiers_demandeetatcoutdejacouvertmontantcnmssecheanceinst6e21": "du_demande_lisible(pgh_obj_id)",
    "dossiers_justificatifetatmotifrejetverifieparevent": (
        "EXISTS (SELECT 1 FROM dossiers_justificatif j WHERE j.id = pgh_obj_id)"
    ),
    "fichiers_fichier": (
        "(cree_par_id = (SELECT du_utilisateur()) AND du_fichier_libre(id)) OR du_fichier_lisible(id)"
    ),
}


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0006_histoires"), ("fichiers", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="lecteurs",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, editable=False, size=None
            ),
        ),
        migrations.RunSQL(*IDENTITE),
        migrations.RunSQL(*LECTEURS),
        migrations.RunSQL(*LISIBLES),
        *(proteger(table, condition) for table, condition in TABLES.items()),
    ]
