"""Drop the indexes on one column that a wider index begins with (ADR 5)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0071_verrou_des_alertes"),
        ("partners", "0004_gardes_des_habilitations"),
    ]

    operations = [
        migrations.AlterField(
            model_name="contribution",
            name="demande",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contributions",
                to="dossiers.demande",
            ),
        ),
        migrations.AlterField(
            model_name="contribution",
            name="organisme",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contributions",
                to="partners.organisme",
            ),
        ),
        migrations.AlterField(
            model_name="demande",
            name="dossier",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="demandes",
                to="dossiers.dossier",
            ),
        ),
        migrations.AlterField(
            model_name="evenement",
            name="dossier",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evenements",
                to="dossiers.dossier",
            ),
        ),
        migrations.AlterField(
            model_name="justificatif",
            name="demande",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="justificatifs",
                to="dossiers.demande",
            ),
        ),
        migrations.AlterField(
            model_name="justificatif",
            name="dossier",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="justificatifs",
                to="dossiers.dossier",
            ),
        ),
    ]
