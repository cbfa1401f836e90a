"""What the database itself holds of the OPEX programme: states, append-only rows, totals, the second lock."""

from django.conf import settings
from django.db import migrations

from dossiers.partages.verrou_lignes import PAR_DOSSIER, proteger
from dossierunique.etats import garde
from opex.contributions.models import TRANSITIONS as CONTRIBUTION
from opex.imprimes.models import TRANSITIONS_LOT
from opex.suivi.etats import TRANSITIONS as SUIVI
from opex.suivi.models import TRANSITIONS_DAPIAS, TRANSITIONS_ECHEANCE

AJOUT_SEUL = (
    "opex_personne_a_prevenir", "opex_proche", "opex_contrat", "opex_relais", "opex_accord_ayant_cause",
    "opex_version_contribution",
)  # fmt: skip
JAMAIS_EFFACEES = (
    "opex_imprime", "opex_suivi", "opex_blessure", "opex_evolution", "opex_dapias", "opex_echeance",
    "opex_ayant_cause", "opex_contribution",
)  # fmt: skip
FIGER = (
    "".join(
        f"CREATE TRIGGER {t}_ajout_seul BEFORE UPDATE OR DELETE ON {t} "
        "FOR EACH ROW EXECUTE FUNCTION dossiers_ajout_seul();\n"
        for t in AJOUT_SEUL
    )
    + """
    -- A version of the form is what was filled; only its signed paper comes later.
    CREATE FUNCTION opex_imprime_figer() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE papier text[] := ARRAY['scan_id', 'signe_le', 'signe_a'];
    BEGIN
      IF to_jsonb(NEW) - papier IS DISTINCT FROM to_jsonb(OLD) - papier THEN
        RAISE EXCEPTION 'une version de l’imprimé ne se récrit pas' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER opex_imprime_figer BEFORE UPDATE ON opex_imprime
      FOR EACH ROW EXECUTE FUNCTION opex_imprime_figer();
    """,
    "DROP TRIGGER opex_imprime_figer ON opex_imprime; DROP FUNCTION opex_imprime_figer();\n"
    + "".join(f"DROP TRIGGER {t}_ajout_seul ON {t};\n" for t in AJOUT_SEUL),
)

# One place says what an amount counts for on a day: pages, papers and figures ask it.
TOTAUX = (
    """
    -- How many instalments fall from `debut` to `limite`, both included; the 31st falls on the last day of a month.
    CREATE FUNCTION opex_versements(periodicite text, debut date, limite date) RETURNS int LANGUAGE sql IMMUTABLE
      PARALLEL SAFE AS $$
      SELECT CASE WHEN limite < debut THEN 0 WHEN periodicite = 'unique' THEN 1 ELSE
        (m - CASE WHEN (debut + make_interval(months => m))::date > limite THEN 1 ELSE 0 END)
        / CASE periodicite WHEN 'mensuelle' THEN 1 WHEN 'trimestrielle' THEN 3 ELSE 12 END + 1 END
        FROM (SELECT ((extract(year FROM limite) - extract(year FROM debut)) * 12
                      + extract(month FROM limite) - extract(month FROM debut))::int AS m) ecart $$;

    -- What has been paid by `jour`.
    CREATE FUNCTION opex_verse(etat text, periodicite text, montant numeric, debut date, fin date, jour date)
      RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT CASE WHEN etat IN ('versee', 'en_versement')
        THEN montant * opex_versements(periodicite, debut, LEAST(COALESCE(fin, jour), jour)) ELSE 0 END $$;

    -- What is promised beyond it. A periodic amount without an end has none: it is told by its rhythm.
    CREATE FUNCTION opex_promis(etat text, periodicite text, montant numeric, debut date, fin date, jour date)
      RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT CASE
        WHEN etat = 'annulee' OR (periodicite <> 'unique' AND fin IS NULL) THEN 0
        WHEN periodicite = 'unique' THEN montant - opex_verse(etat, periodicite, montant, debut, fin, jour)
        ELSE montant * opex_versements(periodicite, debut, fin)
             - opex_verse(etat, periodicite, montant, debut, fin, jour) END $$;
    """,
    """
    DROP FUNCTION opex_promis(text, text, numeric, date, date, date);
    DROP FUNCTION opex_verse(text, text, numeric, date, date, date);
    DROP FUNCTION opex_versements(text, date, date);
    """,
)

# Whoever reads a dossier does not read of each member of the family: each one accords for herself.
LISIBLES = (
    """
    CREATE FUNCTION du_est_guichet() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
      SET search_path = public, pg_temp AS $$
    BEGIN
      RETURN EXISTS (SELECT 1 FROM unnest(du_lecteurs()) cle
        WHERE cle ~ '^u[0-9]+$'
           OR cle IN (SELECT 'o' || o.id FROM partners_organisme o WHERE o.type = 'cnmss'));
    END $$;
    CREATE FUNCTION du_ayant_cause_ouvert(cible bigint) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
      SET search_path = public, pg_temp AS $$
    BEGIN
      RETURN du_est_guichet() OR EXISTS (
        SELECT 1 FROM (
          SELECT DISTINCT ON (organisme_id) organisme_id, decision FROM opex_accord_ayant_cause
           WHERE ayant_cause_id = cible AND 'o' || organisme_id = ANY (du_lecteurs())
           ORDER BY organisme_id, effet_le DESC, id DESC) derniers
         WHERE decision = 'accorde');
    END $$;
    CREATE FUNCTION du_contribution_opex_lisible(cible bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
    BEGIN
      RETURN EXISTS (SELECT 1 FROM public.opex_contribution WHERE id = cible);
    END $$;
    CREATE FUNCTION du_imprime_lisible(cible bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
    BEGIN
      RETURN EXISTS (SELECT 1 FROM public.opex_imprime WHERE id = cible);
    END $$;
    """,
    """
    DROP FUNCTION du_imprime_lisible(bigint); DROP FUNCTION du_contribution_opex_lisible(bigint);
    DROP FUNCTION du_ayant_cause_ouvert(bigint); DROP FUNCTION du_est_guichet();
    """,
)
TABLES = {
    "opex_imprime": PAR_DOSSIER,
    "opex_personne_a_prevenir": "du_imprime_lisible(imprime_id)",
    "opex_proche": "du_imprime_lisible(imprime_id)",
    "opex_contrat": "du_imprime_lisible(imprime_id)",
    "opex_lot_import": "'u' || unite_id = ANY ((SELECT du_lecteurs())::text[]) OR (SELECT du_est_guichet() AND NOT "
    "EXISTS (SELECT 1 FROM unnest(du_lecteurs()) cle WHERE cle ~ '^u'))",
    "opex_suivi": PAR_DOSSIER,
    "opex_relais": PAR_DOSSIER,
    "opex_blessure": PAR_DOSSIER,
    "opex_evolution": PAR_DOSSIER,
    "opex_dapias": PAR_DOSSIER,
    "opex_echeance": PAR_DOSSIER,
    "opex_ayant_cause": f"{PAR_DOSSIER} AND du_ayant_cause_ouvert(id)",
    # A recipient knows its own line only (rule 8).
    "opex_accord_ayant_cause": f"{PAR_DOSSIER} AND ((SELECT du_est_guichet()) "
    "OR 'o' || organisme_id = ANY ((SELECT du_lecteurs())::text[]))",
    "opex_contribution": f"{PAR_DOSSIER} AND (beneficiaire_id IS NULL "
    "OR 'o' || organisme_id = ANY ((SELECT du_lecteurs())::text[]) OR du_ayant_cause_ouvert(beneficiaire_id))",
    "opex_version_contribution": "du_contribution_opex_lisible(contribution_id)",
    "opex_contribution_pieces": "du_contribution_opex_lisible(contributionopex_id)",
}


def _fichiers(liens: tuple[str, ...]) -> str:
    """What tells whether a stored file belongs to something, and whether that something is read."""
    libre = " AND ".join(f"NOT EXISTS (SELECT 1 FROM {lien} = lequel)" for lien in liens)
    lisible = " OR ".join(f"EXISTS (SELECT 1 FROM public.{lien} = lequel)" for lien in liens)
    return f"""
    CREATE OR REPLACE FUNCTION du_fichier_libre(lequel bigint) RETURNS boolean LANGUAGE plpgsql STABLE
      SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
      RETURN {libre};
    END $$;
    CREATE OR REPLACE FUNCTION du_fichier_lisible(lequel bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
    BEGIN
      RETURN {lisible};
    END $$;
    """


LIENS = (
    "dossiers_justificatif WHERE fichier_id",
    "dossiers_courrier WHERE fichier_id",
    "dossiers_consentement WHERE preuve_id",
)
LIENS_OPEX = ("opex_imprime WHERE scan_id", "opex_accord_ayant_cause WHERE preuve_id")


def _droits(verbe: str, lien: str):
    def appliquer(apps, schema_editor):
        role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
        for table in AJOUT_SEUL:
            schema_editor.execute(f"{verbe} UPDATE, DELETE, TRUNCATE ON {table} {lien} {role}")
        for table in JAMAIS_EFFACEES:
            schema_editor.execute(f"{verbe} DELETE, TRUNCATE ON {table} {lien} {role}")

    return appliquer


class Migration(migrations.Migration):
    dependencies = [("opex", "0001_initial"), ("dossiers", "0074_sommeil_et_jours")]

    operations = [
        migrations.RunSQL(*FIGER),
        garde("opex_suivi", SUIVI),
        garde("opex_contribution", CONTRIBUTION),
        garde("opex_lot_import", TRANSITIONS_LOT),
        garde("opex_dapias", TRANSITIONS_DAPIAS),
        garde("opex_echeance", TRANSITIONS_ECHEANCE),
        migrations.RunSQL(*TOTAUX),
        migrations.RunSQL(*LISIBLES),
        migrations.RunSQL(_fichiers(LIENS + LIENS_OPEX), _fichiers(LIENS)),
        *(proteger(table, condition) for table, condition in TABLES.items()),
        migrations.RunPython(_droits("REVOKE", "FROM"), _droits("GRANT", "TO")),
    ]
