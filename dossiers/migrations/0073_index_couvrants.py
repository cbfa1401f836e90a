"""The indexes of the lists hold what the policy of the second lock asks of a share (ADR 5)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0072_index_seuls"),
        ("partners", "0004_gardes_des_habilitations"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="partage",
            name="partage_liste_organisme",
        ),
        migrations.RemoveIndex(
            model_name="partage",
            name="partage_liste_unite",
        ),
        migrations.RemoveIndex(
            model_name="partage",
            name="partage_liste_situation",
        ),
        migrations.AddIndex(
            model_name="partage",
            index=models.Index(
                models.F("organisme"),
                models.OrderBy(models.F("ouvert_le"), descending=True),
                models.OrderBy(models.F("dossier"), descending=True),
                condition=models.Q(("retire_le__isnull", True)),
                include=("programme", "unite", "retire_le"),
                name="partage_liste_organisme",
            ),
        ),
        migrations.AddIndex(
            model_name="partage",
            index=models.Index(
                models.F("unite"),
                models.OrderBy(models.F("ouvert_le"), descending=True),
                models.OrderBy(models.F("dossier"), descending=True),
                condition=models.Q(("retire_le__isnull", True), ("unite__isnull", False)),
                include=("programme", "organisme", "retire_le"),
                name="partage_liste_unite",
            ),
        ),
        migrations.AddIndex(
            model_name="partage",
            index=models.Index(
                models.F("organisme"),
                models.F("situation"),
                models.OrderBy(models.F("ouvert_le"), descending=True),
                models.OrderBy(models.F("dossier"), descending=True),
                condition=models.Q(("retire_le__isnull", True)),
                include=("programme", "unite", "retire_le"),
                name="partage_liste_situation",
            ),
        ),
    ]
