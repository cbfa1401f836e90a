"""Proofs of consent: awaiting confirmation, then confirmed or rejected; contributions that stop with the access."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0007_second_verrou"),
        ("partners", "0002_histoires"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConfirmationConsentement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    models.CharField(choices=[("confirme", "confirmé"), ("rejete", "rejeté")], max_length=8),
                ),
                ("motif", models.CharField(blank=True, max_length=500)),
                ("quand", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "db_table": "dossiers_confirmation_consentement",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PreuveAConfirmer",
            fields=[
                (
                    "consentement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="attente",
                        serialize=False,
                        to="dossiers.consentement",
                    ),
                ),
                ("depuis", models.DateTimeField(default=django.utils.timezone.now)),
                ("prevenu_le", models.DateTimeField(blank=True, null=True)),
                ("suspendu_le", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "db_table": "dossiers_preuve_a_confirmer",
                "ordering": ["depuis", "consentement_id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="contribution",
            name="contribution_etat",
        ),
        migrations.AddField(
            model_name="consentement",
            name="formulaire",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consentements",
                to="dossiers.formulaireconsentement",
            ),
        ),
        migrations.AlterField(
            model_name="contribution",
            name="etat",
            field=models.CharField(
                choices=[
                    ("sollicitee", "à étudier"),
                    ("en_instruction", "en instruction"),
                    ("accord", "accord"),
                    ("accord_partiel", "accord partiel"),
                    ("refus", "refus"),
                    ("sans_objet", "sans objet"),
                    ("non_ressortissant", "non ressortissant"),
                    ("versee", "versée"),
                    ("close", "close"),
                    ("interrompue", "interrompue"),
                ],
                default="sollicitee",
                max_length=18,
                verbose_name="état",
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
                    ("preuve_confirmee", "Preuve Confirmee"),
                    ("preuve_rejetee", "Preuve Rejetee"),
                    ("partage_suspendu", "Partage Suspendu"),
                    ("demande_soumise", "Demande Soumise"),
                    ("piece_deposee", "Piece Deposee"),
                    ("piece_validee", "Piece Validee"),
                    ("piece_rejetee", "Piece Rejetee"),
                    ("pieces_demandees", "Pieces Demandees"),
                    ("demande_complete", "Demande Complete"),
                    ("demande_instruite", "Demande Instruite"),
                    ("demande_classee", "Demande Classee"),
                    ("contribution", "Contribution"),
                    ("decision", "Decision"),
                    ("notification", "Notification"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="versioncontribution",
            name="etat",
            field=models.CharField(
                choices=[
                    ("sollicitee", "à étudier"),
                    ("en_instruction", "en instruction"),
                    ("accord", "accord"),
                    ("accord_partiel", "accord partiel"),
                    ("refus", "refus"),
                    ("sans_objet", "sans objet"),
                    ("non_ressortissant", "non ressortissant"),
                    ("versee", "versée"),
                    ("close", "close"),
                    ("interrompue", "interrompue"),
                ],
                max_length=18,
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "etat__in",
                        [
                            "sollicitee",
                            "en_instruction",
                            "accord",
                            "accord_partiel",
                            "refus",
                            "sans_objet",
                            "non_ressortissant",
                            "versee",
                            "close",
                            "interrompue",
                        ],
                    )
                ),
                name="contribution_etat",
            ),
        ),
        migrations.AddField(
            model_name="confirmationconsentement",
            name="consentement",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="confirmation",
                to="dossiers.consentement",
            ),
        ),
        migrations.AddField(
            model_name="confirmationconsentement",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.dossier"
            ),
        ),
        migrations.AddField(
            model_name="confirmationconsentement",
            name="par",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.habilitation"
            ),
        ),
        migrations.AddField(
            model_name="preuveaconfirmer",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="preuves_a_confirmer",
                to="dossiers.dossier",
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmationconsentement",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ["confirme", "rejete"])), name="confirmation_decision"
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmationconsentement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decision", "confirme"), models.Q(("motif", ""), _negated=True), _connector="OR"
                ),
                name="confirmation_rejet_motive",
            ),
        ),
        migrations.AddIndex(
            model_name="preuveaconfirmer",
            index=models.Index(fields=["depuis", "consentement"], name="preuve_plus_ancienne"),
        ),
    ]
