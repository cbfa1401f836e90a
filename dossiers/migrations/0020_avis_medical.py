"""The avis of the médecin-conseil, her notes under their own keys, and the ready reasons of rejection."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import dossierunique.securite.champs


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0011_gardes_des_preuves"),
        ("fichiers", "0010_coffres"),
        ("partners", "0002_histoires"),
    ]

    operations = [
        migrations.AddField(
            model_name="justificatif",
            name="raison_rejet",
            field=models.CharField(
                choices=[
                    ("illisible", "Le document est illisible."),
                    ("incomplete", "Le document est incomplet : il manque des pages."),
                    ("perimee", "Le document est périmé."),
                    ("personne", "Le document concerne une autre personne."),
                    ("autre", "Autre raison, que le service de la CNMSS vous dira."),
                ],
                default="autre",
                max_length=10,
                verbose_name="raison du rejet",
            ),
        ),
        migrations.AlterField(
            model_name="evenement",
            name="genre",
            field=models.CharField(
                choices=[
                    ("dossier_ouvert", "Dossier Ouvert"),
                    ("consentement", "Consentement"),
                    ("retrait", "Retrait"),
                    ("demande_soumise", "Demande Soumise"),
                    ("piece_deposee", "Piece Deposee"),
                    ("piece_validee", "Piece Validee"),
                    ("piece_rejetee", "Piece Rejetee"),
                    ("pieces_demandees", "Pieces Demandees"),
                    ("demande_complete", "Demande Complete"),
                    ("demande_instruite", "Demande Instruite"),
                    ("demande_classee", "Demande Classee"),
                    ("avis_demande", "Avis Demande"),
                    ("avis_rendu", "Avis Rendu"),
                    ("contribution", "Contribution"),
                    ("decision", "Decision"),
                    ("notification", "Notification"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="AvisMedical",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("demande", "avis demandé"),
                            ("rendu", "avis rendu"),
                            ("retire", "demande d’avis retirée"),
                        ],
                        default="demande",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("question", models.TextField(blank=True, max_length=1000, verbose_name="question")),
                ("demande_le", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "sens",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("favorable", "favorable"),
                            ("defavorable", "défavorable"),
                            ("reserve", "réservé"),
                        ],
                        max_length=12,
                        verbose_name="avis",
                    ),
                ),
                ("motif", models.TextField(blank=True, max_length=1000, verbose_name="motif non médical")),
                ("rendu_le", models.DateTimeField(blank=True, null=True)),
                (
                    "demande",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="avis",
                        to="dossiers.demande",
                    ),
                ),
                (
                    "demande_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                    ),
                ),
                (
                    "rendu_par",
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
                "verbose_name": "avis médical",
                "db_table": "dossiers_avis_medical",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="NoteMedicale",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "texte",
                    dossierunique.securite.champs.ChampScelle(
                        coffre="medical",
                        contexte="dossiers.NoteMedicale.texte",
                        max_length=5000,
                        verbose_name="note médicale",
                    ),
                ),
                ("ecrite_le", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "auteur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                    ),
                ),
                (
                    "avis",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="dossiers.avismedical",
                    ),
                ),
                (
                    "demande",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes_medicales",
                        to="dossiers.demande",
                    ),
                ),
                (
                    "piece",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="dossiers.justificatif",
                    ),
                ),
            ],
            options={
                "verbose_name": "note médicale",
                "db_table": "dossiers_note_medicale",
                "ordering": ["pk"],
            },
        ),
        migrations.AddIndex(
            model_name="avismedical",
            index=models.Index(fields=["demande", "-id"], name="avis_de_la_demande"),
        ),
        migrations.AddConstraint(
            model_name="avismedical",
            constraint=models.CheckConstraint(
                condition=models.Q(("etat__in", ["demande", "rendu", "retire"])), name="avis_etat"
            ),
        ),
        migrations.AddConstraint(
            model_name="avismedical",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("etat", "rendu"),
                        ("rendu_le__isnull", False),
                        ("rendu_par__isnull", False),
                        ("sens__in", ["favorable", "defavorable", "reserve"]),
                        models.Q(("motif", ""), _negated=True),
                    ),
                    models.Q(
                        ("etat__in", ["demande", "retire"]),
                        ("motif", ""),
                        ("rendu_le__isnull", True),
                        ("rendu_par__isnull", True),
                        ("sens", ""),
                    ),
                    _connector="OR",
                ),
                name="avis_rendu_entier",
            ),
        ),
        migrations.AddConstraint(
            model_name="avismedical",
            constraint=models.UniqueConstraint(
                condition=models.Q(("etat", "demande")),
                fields=("demande",),
                name="avis_un_en_attente_par_demande",
            ),
        ),
        migrations.AddConstraint(
            model_name="notemedicale",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("avis__isnull", False), ("piece__isnull", True)),
                    models.Q(("avis__isnull", True), ("piece__isnull", False)),
                    _connector="OR",
                ),
                name="note_medicale_un_objet",
            ),
        ),
    ]
