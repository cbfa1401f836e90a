"""Drop the indexes on a share's reader alone: those of the lists begin with it (ADR 5)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0051_controle_gardes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="partage",
            name="organisme",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="partages",
                to="partners.organisme",
            ),
        ),
        migrations.AlterField(
            model_name="partage",
            name="unite",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="partages",
                to="partners.unite",
            ),
        ),
    ]
