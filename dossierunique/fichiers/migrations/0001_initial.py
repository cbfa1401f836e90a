"""The table of stored files, its transitions and what may never change in a row."""

import uuid

from django.db import migrations, models
from django.db.models import Q

from dossierunique.etats import garde

TRANSITIONS = {
    "en_analyse": frozenset({"disponible", "quarantaine"}),
    "disponible": frozenset({"en_analyse", "quarantaine"}),
    "quarantaine": frozenset({"en_analyse"}),
}

FIGER = """
CREATE OR REPLACE FUNCTION fichiers_fichier_fige() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.reference, NEW.sha256, NEW.taille, NEW.pages, NEW.cree_le)
     IS DISTINCT FROM (OLD.reference, OLD.sha256, OLD.taille, OLD.pages, OLD.cree_le) THEN
    RAISE EXCEPTION 'un fichier déposé ne change pas' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER fichiers_fichier_fige BEFORE UPDATE ON fichiers_fichier
  FOR EACH ROW EXECUTE FUNCTION fichiers_fichier_fige();
"""
DEFIGER = """
DROP TRIGGER IF EXISTS fichiers_fichier_fige ON fichiers_fichier;
DROP FUNCTION IF EXISTS fichiers_fichier_fige();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("dossierunique", "0001_roles")]

    operations = [
        migrations.CreateModel(
            name="Fichier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="référence"
                    ),
                ),
                ("nom", models.CharField(max_length=160, verbose_name="nom")),
                ("type_mime", models.CharField(max_length=80, verbose_name="type")),
                ("taille", models.PositiveBigIntegerField(verbose_name="taille en octets")),
                ("pages", models.PositiveIntegerField(default=0, verbose_name="pages")),
                ("sha256", models.CharField(max_length=64, verbose_name="empreinte")),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("en_analyse", "en analyse"),
                            ("disponible", "disponible"),
                            ("quarantaine", "en quarantaine"),
                        ],
                        default="en_analyse",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                (
                    "analyse",
                    models.CharField(
                        choices=[
                            ("en_attente", "en attente"),
                            ("sain", "sain"),
                            ("infecte", "infecté"),
                            ("non_configure", "non analysé (aucun antivirus)"),
                        ],
                        default="en_attente",
                        max_length=14,
                        verbose_name="analyse",
                    ),
                ),
                ("cle_id", models.PositiveSmallIntegerField(verbose_name="clé de chiffrement")),
                ("chemin", models.CharField(max_length=80, unique=True, verbose_name="clé de stockage")),
                ("cree_le", models.DateTimeField(auto_now_add=True, verbose_name="déposé le")),
                ("cree_par_id", models.BigIntegerField(null=True, verbose_name="déposé par")),
            ],
            options={
                "verbose_name": "fichier",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(etat__in=["en_analyse", "disponible", "quarantaine"]), name="fichier_etat"
                    ),
                    models.CheckConstraint(
                        condition=Q(analyse__in=["en_attente", "sain", "infecte", "non_configure"]),
                        name="fichier_analyse",
                    ),
                    models.CheckConstraint(
                        condition=~Q(etat="disponible") | Q(analyse__in=["sain", "non_configure"]),
                        name="fichier_disponible_analyse",
                    ),
                    models.CheckConstraint(
                        condition=~Q(analyse="infecte") | Q(etat="quarantaine"),
                        name="fichier_infecte_en_quarantaine",
                    ),
                    models.CheckConstraint(
                        condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="fichier_empreinte"
                    ),
                    models.CheckConstraint(condition=Q(taille__gt=0), name="fichier_non_vide"),
                ],
            },
        ),
        garde("fichiers_fichier", TRANSITIONS),
        migrations.RunSQL(FIGER, DEFIGER),
    ]
