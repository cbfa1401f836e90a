"""Models of letters; a row in force is never rewritten."""

import django.utils.timezone
from django.db import migrations, models
from django.db.models import Q

FIGER = """
CREATE OR REPLACE FUNCTION courriers_modele_fige() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.code, NEW.version, NEW.objet, NEW.corps)
     IS DISTINCT FROM (OLD.code, OLD.version, OLD.objet, OLD.corps) THEN
    RAISE EXCEPTION 'un modèle de courrier ne change pas : créer une nouvelle version'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER courriers_modele_fige BEFORE UPDATE ON courriers_modelecourrier
  FOR EACH ROW EXECUTE FUNCTION courriers_modele_fige();
"""
DEFIGER = """
DROP TRIGGER IF EXISTS courriers_modele_fige ON courriers_modelecourrier;
DROP FUNCTION IF EXISTS courriers_modele_fige();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("dossierunique", "0001_roles")]

    operations = [
        migrations.CreateModel(
            name="ModeleCourrier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("objet", models.CharField(max_length=200, verbose_name="objet")),
                (
                    "corps",
                    models.TextField(
                        help_text="Markdown, avec des champs entre accolades : {demandeur}",
                        verbose_name="texte",
                    ),
                ),
                (
                    "en_vigueur_depuis",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="en vigueur depuis"
                    ),
                ),
            ],
            options={
                "verbose_name": "modèle de courrier",
                "verbose_name_plural": "modèles de courrier",
                "ordering": ["code", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=["code", "version"], name="modelecourrier_version"),
                    models.CheckConstraint(
                        condition=Q(version__gt=0), name="modelecourrier_version_positive"
                    ),
                ],
            },
        ),
        migrations.RunSQL(FIGER, DEFIGER),
    ]
