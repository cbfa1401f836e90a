"""Each file says in which safe it is, and whose keys encrypted it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fichiers", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="fichier",
            name="coffre",
            field=models.CharField(
                choices=[("ordinaire", "ordinaire"), ("medical", "medical")],
                default="ordinaire",
                max_length=9,
                verbose_name="coffre",
            ),
        ),
        migrations.AddField(
            model_name="fichier",
            name="coffre_cle",
            field=models.CharField(default="ordinaire", editable=False, max_length=9),
        ),
        migrations.AddConstraint(
            model_name="fichier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("coffre", "ordinaire"), ("coffre_cle", "ordinaire")),
                    models.Q(("coffre", "medical"), ("coffre_cle__in", ["ordinaire", "medical"])),
                    _connector="OR",
                ),
                name="fichier_coffre",
            ),
        ),
    ]
