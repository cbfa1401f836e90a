"""A provisional NIR that became definitive still leads to its person. Append-only, under the second lock."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from dossiers.partages.verrou_lignes import PAR_PERSONNE, proteger

AJOUT_SEUL = (
    "CREATE TRIGGER dossiers_ancien_nir_ajout_seul BEFORE UPDATE OR DELETE ON dossiers_ancien_nir "
    "FOR EACH ROW EXECUTE FUNCTION dossiers_ajout_seul();",
    "DROP TRIGGER dossiers_ancien_nir_ajout_seul ON dossiers_ancien_nir;",
)


def _droits(verbe: str, lien: str):
    def appliquer(apps, schema_editor):
        role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
        schema_editor.execute(f"{verbe} UPDATE, DELETE, TRUNCATE ON dossiers_ancien_nir {lien} {role}")

    return appliquer


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0076_notes_des_pieces"),
        ("partners", "0004_gardes_des_habilitations"),
    ]

    operations = [
        migrations.CreateModel(
            name="AncienNir",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nir_empreinte", models.BinaryField(max_length=32, unique=True)),
                ("remplace_le", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "assure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="anciens_nir",
                        to="dossiers.assure",
                    ),
                ),
                (
                    "par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                    ),
                ),
            ],
            options={
                "db_table": "dossiers_ancien_nir",
                "ordering": ["-remplace_le", "-pk"],
            },
        ),
        migrations.RunSQL(*AJOUT_SEUL),
        proteger("dossiers_ancien_nir", PAR_PERSONNE),
        migrations.RunPython(_droits("REVOKE", "FROM"), _droits("GRANT", "TO")),
    ]
