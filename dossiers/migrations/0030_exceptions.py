"""Loans and bris de glace, and the exceptions that rest on them. Nothing wrote exceptions before."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("dossiers", "0021_gardes_du_secret"),
        ("partners", "0002_histoires"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterUniqueTogether(
            name="exceptionutilisateur",
            unique_together=set(),
        ),
        migrations.AddField(
            model_name="exceptionutilisateur",
            name="habilitation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="partners.habilitation"
            ),
        ),
        migrations.AlterUniqueTogether(
            name="exceptionutilisateur",
            unique_together={("habilitation", "permission", "content_object")},
        ),
        migrations.CreateModel(
            name="BrisDeGlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("depuis", models.DateTimeField(default=django.utils.timezone.now)),
                ("jusque", models.DateTimeField(verbose_name="jusqu’au")),
                ("termine_le", models.DateTimeField(blank=True, null=True, verbose_name="terminé le")),
                (
                    "genre",
                    models.CharField(
                        choices=[
                            ("danger", "danger immédiat pour la personne ou un proche"),
                            ("hospitalisation", "hospitalisation, évacuation ou décès"),
                            ("detresse", "détresse financière immédiate : sans logement, sans ressources"),
                            ("autre", "autre urgence"),
                        ],
                        max_length=16,
                        verbose_name="urgence",
                    ),
                ),
                ("motif", models.TextField(verbose_name="motif")),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("a_examiner", "à examiner"),
                            ("justifie", "justifié"),
                            ("injustifie", "injustifié"),
                        ],
                        default="a_examiner",
                        max_length=12,
                        verbose_name="examen",
                    ),
                ),
                ("commentaire", models.TextField(blank=True, verbose_name="commentaire")),
                ("examine_le", models.DateTimeField(blank=True, null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bris_de_glace",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "examine_par",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                    ),
                ),
                (
                    "habilitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                        verbose_name="ouvert par",
                    ),
                ),
            ],
            options={
                "verbose_name": "bris de glace",
                "db_table": "dossiers_bris_de_glace",
                "ordering": ["-depuis", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="exceptionutilisateur",
            name="bris_de_glace",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exception",
                to="dossiers.brisdeglace",
            ),
        ),
        migrations.CreateModel(
            name="Pret",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("depuis", models.DateTimeField(default=django.utils.timezone.now)),
                ("jusque", models.DateTimeField(verbose_name="jusqu’au")),
                ("termine_le", models.DateTimeField(blank=True, null=True, verbose_name="terminé le")),
                ("motif", models.CharField(max_length=300, verbose_name="motif")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prets",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "habilitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                        verbose_name="confié à",
                    ),
                ),
                (
                    "precedent",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suite",
                        to="dossiers.pret",
                    ),
                ),
                (
                    "prete_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                    ),
                ),
                (
                    "termine_par",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                    ),
                ),
            ],
            options={
                "db_table": "dossiers_pret",
                "ordering": ["-depuis", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="exceptionutilisateur",
            name="pret",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exception",
                to="dossiers.pret",
            ),
        ),
        migrations.AddConstraint(
            model_name="exceptionutilisateur",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bris_de_glace__isnull", True), ("pret__isnull", False)),
                    models.Q(("bris_de_glace__isnull", False), ("pret__isnull", True)),
                    _connector="OR",
                ),
                name="exception_fondee",
            ),
        ),
        migrations.AddIndex(
            model_name="brisdeglace",
            index=models.Index(fields=["-depuis", "-id"], name="bris_liste"),
        ),
        migrations.AddIndex(
            model_name="brisdeglace",
            index=models.Index(
                condition=models.Q(("etat", "a_examiner")), fields=["depuis", "id"], name="bris_a_examiner"
            ),
        ),
        migrations.AddIndex(
            model_name="brisdeglace",
            index=models.Index(fields=["habilitation", "-depuis"], name="bris_des_auteurs"),
        ),
        migrations.AddConstraint(
            model_name="brisdeglace",
            constraint=models.CheckConstraint(
                condition=models.Q(("jusque__gt", models.F("depuis"))), name="bris_periode"
            ),
        ),
        migrations.AddConstraint(
            model_name="brisdeglace",
            constraint=models.CheckConstraint(
                condition=models.Q(("genre__in", ["danger", "hospitalisation", "detresse", "autre"])),
                name="bris_genre",
            ),
        ),
        migrations.AddConstraint(
            model_name="brisdeglace",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.GreaterThanOrEqual(
                    django.db.models.functions.text.Length("motif"), 20
                ),
                name="bris_motive",
            ),
        ),
        migrations.AddConstraint(
            model_name="brisdeglace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("termine_le__isnull", True),
                    models.Q(
                        ("termine_le__gte", models.F("depuis")), ("termine_le__lte", models.F("jusque"))
                    ),
                    _connector="OR",
                ),
                name="bris_fin",
            ),
        ),
        migrations.AddConstraint(
            model_name="brisdeglace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("etat", "a_examiner"), ("examine_le__isnull", True), ("examine_par__isnull", True)
                    ),
                    models.Q(
                        ("etat__in", ["justifie", "injustifie"]),
                        ("examine_le__isnull", False),
                        ("examine_par__isnull", False),
                        models.Q(("commentaire", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="bris_examen",
            ),
        ),
        migrations.AddIndex(
            model_name="pret",
            index=models.Index(fields=["dossier", "-depuis", "-id"], name="pret_du_dossier"),
        ),
        migrations.AddConstraint(
            model_name="pret",
            constraint=models.CheckConstraint(
                condition=models.Q(("jusque__gt", models.F("depuis"))), name="pret_periode"
            ),
        ),
        migrations.AddConstraint(
            model_name="pret",
            constraint=models.CheckConstraint(
                condition=models.Q(("motif", ""), _negated=True), name="pret_motive"
            ),
        ),
        migrations.AddConstraint(
            model_name="pret",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("termine_le__isnull", True), ("termine_le__gte", models.F("depuis")), _connector="OR"
                ),
                name="pret_fin",
            ),
        ),
    ]
