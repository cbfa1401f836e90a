"""The figures of a year, laid down once: rows that are only ever added, and read by jobs of the system alone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from dossiers.partages.verrou_lignes import proteger

TABLES = ("opex_exercice", "opex_fait_arrete")
FIGER = (
    "".join(
        f"CREATE TRIGGER {t}_ajout_seul BEFORE UPDATE OR DELETE ON {t} "
        "FOR EACH ROW EXECUTE FUNCTION dossiers_ajout_seul();\n"
        for t in TABLES
    ),
    "".join(f"DROP TRIGGER {t}_ajout_seul ON {t};\n" for t in TABLES),
)


def _droits(verbe: str, lien: str):
    def appliquer(apps, schema_editor):
        role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
        for table in TABLES:
            schema_editor.execute(f"{verbe} UPDATE, DELETE, TRUNCATE ON {table} {lien} {role}")

    return appliquer


class Migration(migrations.Migration):
    dependencies = [
        ("opex", "0020_aides_coherentes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Exercice",
            fields=[
                (
                    "annee",
                    models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name="année"),
                ),
                ("arrete_le", models.DateTimeField(auto_now_add=True, verbose_name="arrêté le")),
            ],
            options={
                "db_table": "opex_exercice",
                "ordering": ("-annee",),
            },
        ),
        migrations.CreateModel(
            name="FaitArrete",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cle", models.CharField(max_length=40, unique=True)),
                ("sujet", models.CharField(max_length=20)),
                ("personne", models.BigIntegerField()),
                ("armee", models.CharField(max_length=200, verbose_name="armée")),
                ("theatre", models.CharField(blank=True, max_length=200, verbose_name="théâtre")),
                ("genre", models.CharField(blank=True, max_length=200)),
                ("partenaire", models.CharField(blank=True, max_length=200)),
                ("montant", models.DecimalField(decimal_places=2, max_digits=14)),
                (
                    "exercice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="faits",
                        to="opex.exercice",
                    ),
                ),
            ],
            options={
                "db_table": "opex_fait_arrete",
                "indexes": [models.Index(fields=["sujet", "exercice"], name="fait_arrete_sujet")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("montant__gte", 0)), name="fait_arrete_montant"
                    )
                ],
            },
        ),
        migrations.RunSQL(*FIGER),
        proteger("opex_fait_arrete", "false"),
        migrations.RunPython(_droits("REVOKE", "FROM"), _droits("GRANT", "TO")),
    ]
