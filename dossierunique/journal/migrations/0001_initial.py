import django.contrib.postgres.fields
import django.core.serializers.json
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from dossierunique.journal import sql
from dossierunique.journal.actes import Acte


def creer(apps, schema_editor):
    citer = schema_editor.quote_name
    with schema_editor.connection.cursor() as curseur:
        curseur.execute("SELECT current_schema()")
        schema = citer(curseur.fetchone()[0])
    role = citer(settings.DATABASES["default"]["USER"])
    for texte in (sql.TABLE, sql.GARDES, sql.PARTITIONS, sql.DROITS):
        schema_editor.execute(texte.replace("{role}", role).replace("{schema}", schema), params=None)


def defaire(apps, schema_editor):
    schema_editor.execute(sql.DEFAIRE, params=None)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("dossierunique", "0001_roles")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(creer, defaire)],
            state_operations=[
                migrations.CreateModel(
                    name="LigneJournal",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "quand",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="date"
                            ),
                        ),
                        ("utilisateur_id", models.BigIntegerField(null=True, verbose_name="utilisateur")),
                        ("habilitation_id", models.BigIntegerField(null=True, verbose_name="habilitation")),
                        ("organisme_id", models.BigIntegerField(null=True, verbose_name="organisme")),
                        ("acteur_nom", models.TextField(blank=True, default="", verbose_name="agent")),
                        ("action", models.TextField(choices=Acte, verbose_name="acte")),
                        ("objet", models.TextField(blank=True, default="", verbose_name="objet")),
                        (
                            "objets",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="objets montrés",
                            ),
                        ),
                        ("motif", models.TextField(blank=True, default="", verbose_name="motif")),
                        (
                            "details",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="détails",
                            ),
                        ),
                        ("requete_id", models.TextField(blank=True, default="", verbose_name="requête")),
                        ("sceau", models.BigIntegerField(editable=False, null=True, verbose_name="sceau")),
                    ],
                    options={
                        "verbose_name": "ligne du journal",
                        "verbose_name_plural": "lignes du journal",
                        "db_table": "journal_ligne",
                        "ordering": ["-quand", "-id"],
                        "managed": False,
                    },
                ),
            ],
        ),
    ]
