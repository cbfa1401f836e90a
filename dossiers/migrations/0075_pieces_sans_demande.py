"""A paper may join a dossier alone: in OPEX they come with or without a demande."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0074_sommeil_et_jours"),
        ("partners", "0004_gardes_des_habilitations"),
    ]

    operations = [
        migrations.AlterField(
            model_name="justificatif",
            name="demande",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="justificatifs",
                to="dossiers.demande",
            ),
        ),
        migrations.AlterField(
            model_name="notemedicale",
            name="demande",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notes_medicales",
                to="dossiers.demande",
            ),
        ),
        migrations.AddConstraint(
            model_name="notemedicale",
            constraint=models.CheckConstraint(
                condition=models.Q(("demande__isnull", False), ("piece__isnull", False), _connector="OR"),
                name="note_medicale_situee",
            ),
        ),
    ]
