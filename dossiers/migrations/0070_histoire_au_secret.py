"""A paper that turns out medical: the words of its rejections leave its history too, as they leave the paper (0021).

They were written about it when it was thought ordinary. The application rewrites no history: this trigger does.
"""

from django.db import migrations

HISTOIRE = "dossiers_justificatifetatmotifrejetverifieparevent"
# RaisonRejet: what a medical paper may say of its rejection.
PRETES = (
    "'Le document est illisible.', 'Le document est incomplet : il manque des pages.', 'Le document est périmé.', "
    "'Le document concerne une autre personne.', 'Autre raison, que le service de la CNMSS vous dira.'"
)
NEUTRE = "'Autre raison, que le service de la CNMSS vous dira.'"

TAIRE = (
    f"""
    CREATE FUNCTION dossiers_justificatif_taire_l_histoire() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = public, pg_temp AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM dossiers_type_piece t WHERE t.id = NEW.type_id AND t.classe = 'medical') THEN
        UPDATE {HISTOIRE} SET motif_rejet = {NEUTRE}
         WHERE pgh_obj_id = NEW.id AND motif_rejet <> '' AND motif_rejet NOT IN ({PRETES});
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER dossiers_justificatif_taire_l_histoire AFTER UPDATE OF type_id ON dossiers_justificatif
      FOR EACH ROW WHEN (OLD.type_id <> NEW.type_id) EXECUTE FUNCTION dossiers_justificatif_taire_l_histoire();

    UPDATE {HISTOIRE} e SET motif_rejet = {NEUTRE}
      FROM dossiers_justificatif j JOIN dossiers_type_piece t ON t.id = j.type_id
     WHERE e.pgh_obj_id = j.id AND t.classe = 'medical'
       AND e.motif_rejet <> '' AND e.motif_rejet NOT IN ({PRETES});
    """,
    """
    DROP TRIGGER dossiers_justificatif_taire_l_histoire ON dossiers_justificatif;
    DROP FUNCTION dossiers_justificatif_taire_l_histoire();
    """,
)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0061_genres_de_l_histoire")]

    operations = [migrations.RunSQL(*TAIRE)]
