"""The second lock of the lists of situations: the correspondants who read the dossier by its unit, nobody else."""

from django.db import migrations

from dossiers.partages.verrou_lignes import proteger

UNITE = (
    """
    CREATE FUNCTION du_dossier_de_l_unite(cible bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
    BEGIN
      RETURN EXISTS (SELECT 1 FROM public.dossiers_partage p
        WHERE p.dossier_id = cible AND p.retire_le IS NULL
          AND 'u' || p.unite_id = ANY (public.du_lecteurs()) AND p.programme = ANY (public.du_programmes()));
    END $$;
    """,
    "DROP FUNCTION du_dossier_de_l_unite(bigint);",
)
PAR_LISTE = "EXISTS (SELECT 1 FROM dossiers_liste_situation l WHERE l.id = liste_id)"


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0081_listes_de_situation")]

    operations = [
        migrations.RunSQL(*UNITE),
        proteger("dossiers_liste_situation", "du_dossier_de_l_unite(dossier_id)"),
        proteger("dossiers_point_fait", PAR_LISTE),
    ]
