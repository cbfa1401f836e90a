"""What an aid may say of its kind, its wound and its beneficiary: the database holds the rules of the action."""

from django.db import migrations, models

# A CHECK sees one row of one table; these rules look at the kind, the wound and the member of the family.
COHERENCE = (
    """
    CREATE FUNCTION opex_contribution_coherente() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = public, pg_temp AS $$
    DECLARE genre opex_genre_contribution;
    BEGIN
      SELECT * INTO genre FROM opex_genre_contribution WHERE id = NEW.genre_id;
      IF genre.organisme_id <> NEW.organisme_id THEN
        RAISE EXCEPTION 'le genre est celui d’un autre organisme' USING ERRCODE = 'check_violation';
      END IF;
      IF NEW.montant = 0 AND genre.forme <> 'nature' THEN
        RAISE EXCEPTION 'une aide en argent porte un montant' USING ERRCODE = 'check_violation';
      END IF;
      IF genre.forme = 'rente' AND NEW.periodicite = 'unique' THEN
        RAISE EXCEPTION 'une rente est périodique' USING ERRCODE = 'check_violation';
      END IF;
      IF NEW.taux IS NOT NULL AND NOT genre.avec_taux THEN
        RAISE EXCEPTION 'ce genre ne porte pas de taux' USING ERRCODE = 'check_violation';
      END IF;
      IF NEW.blessure_id IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM opex_blessure WHERE id = NEW.blessure_id AND dossier_id = NEW.dossier_id) THEN
        RAISE EXCEPTION 'la blessure est d’un autre dossier' USING ERRCODE = 'check_violation';
      END IF;
      IF NEW.beneficiaire_id IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM opex_ayant_cause WHERE id = NEW.beneficiaire_id AND dossier_id = NEW.dossier_id) THEN
        RAISE EXCEPTION 'l’ayant cause est d’un autre dossier' USING ERRCODE = 'check_violation';
      END IF;
      IF TG_OP = 'UPDATE' AND (NEW.dossier_id, NEW.organisme_id) <> (OLD.dossier_id, OLD.organisme_id) THEN
        RAISE EXCEPTION 'une aide ne change ni de dossier ni d’organisme' USING ERRCODE = 'check_violation';
      END IF;
      IF TG_OP = 'UPDATE' AND NEW.beneficiaire_id IS DISTINCT FROM OLD.beneficiaire_id THEN
        RAISE EXCEPTION 'une aide ne change pas de bénéficiaire' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER opex_contribution_coherente BEFORE INSERT OR UPDATE ON opex_contribution
      FOR EACH ROW EXECUTE FUNCTION opex_contribution_coherente();

    -- Kinds in use keep their form: it says how what was recorded counts.
    CREATE FUNCTION opex_genre_forme_figee() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = public, pg_temp AS $$
    BEGIN
      IF (NEW.forme <> OLD.forme OR OLD.avec_taux AND NOT NEW.avec_taux)
         AND EXISTS (SELECT 1 FROM opex_contribution WHERE genre_id = OLD.id) THEN
        RAISE EXCEPTION 'un genre qui a servi garde sa forme' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER opex_genre_forme_figee BEFORE UPDATE ON opex_genre_contribution
      FOR EACH ROW EXECUTE FUNCTION opex_genre_forme_figee();
    """,
    """
    DROP TRIGGER opex_genre_forme_figee ON opex_genre_contribution; DROP FUNCTION opex_genre_forme_figee();
    DROP TRIGGER opex_contribution_coherente ON opex_contribution; DROP FUNCTION opex_contribution_coherente();
    """,
)


class Migration(migrations.Migration):
    dependencies = [("opex", "0010_operation_version")]

    operations = [
        migrations.AddField(
            model_name="versioncontributionopex",
            name="blessure",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=models.deletion.PROTECT, related_name="+", to="opex.blessure"
            ),
        ),
        migrations.AddConstraint(
            model_name="contributionopex",
            constraint=models.CheckConstraint(
                condition=models.Q(("montant__gte", 0)), name="contribution_opex_montant"
            ),
        ),
        migrations.RunSQL(*COHERENCE),
    ]
