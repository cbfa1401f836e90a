from django.conf import settings
from django.db import migrations, models

from dossierunique.journal import sql_sceaux


def creer(apps, schema_editor):
    citer = schema_editor.quote_name
    with schema_editor.connection.cursor() as curseur:
        curseur.execute("SELECT current_schema()")
        schema = citer(curseur.fetchone()[0])
    role = citer(settings.DATABASES["default"]["USER"])
    for texte in (sql_sceaux.LIGNES, sql_sceaux.TABLES, sql_sceaux.VERIFICATIONS, sql_sceaux.FONCTIONS):
        schema_editor.execute(texte.replace("{role}", role).replace("{schema}", schema), params=None)


def defaire(apps, schema_editor):
    schema_editor.execute(sql_sceaux.DEFAIRE, params=None)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.AddField(
            "lignejournal",
            "marque",
            models.BinaryField(editable=False, null=True, verbose_name="marque"),
        ),
        migrations.CreateModel(
            name="Sceau",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "nature",
                    models.TextField(
                        choices=[
                            ("lignes", "lignes"),
                            ("reprise", "lignes d’avant les marques"),
                            ("purge", "purge d’un mois"),
                        ]
                    ),
                ),
                ("fait_le", models.DateTimeField()),
                ("de", models.DateTimeField()),
                ("a", models.DateTimeField()),
                ("nombre", models.IntegerField()),
                ("lignes", models.BinaryField()),
                ("empreinte", models.BinaryField()),
                ("precedent", models.BinaryField()),
                ("signature", models.BinaryField()),
                ("cle", models.SmallIntegerField()),
            ],
            options={"db_table": "journal_sceau", "ordering": ["id"], "managed": False},
        ),
        migrations.CreateModel(
            name="VerificationJournal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("debut", models.DateTimeField()),
                ("fin", models.DateTimeField()),
                ("sceaux", models.BigIntegerField()),
                ("lignes", models.BigIntegerField()),
                ("anomalies", models.BigIntegerField()),
                ("exemples", models.JSONField(default=list)),
                ("tete", models.BigIntegerField()),
                ("tete_signature", models.BinaryField()),
                ("cle", models.SmallIntegerField()),
                ("signature", models.BinaryField()),
            ],
            options={
                "db_table": "journal_verification",
                "ordering": ["-fin", "-pk"],
                "verbose_name": "vérification du journal",
            },
        ),
        migrations.RunPython(creer, defaire),
    ]
