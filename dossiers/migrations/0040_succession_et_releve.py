"""A successor rests on the act signed for the organisme before it; the history tells of that, and of handovers."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0032_verrou_des_exceptions"),
        ("fichiers", "0001_initial"),
        ("partners", "0004_gardes_des_habilitations"),
    ]

    operations = [
        migrations.AddField(
            model_name="consentement",
            name="origine",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suites",
                to="dossiers.consentement",
            ),
        ),
        migrations.AlterField(
            model_name="consentement",
            name="canal",
            field=models.CharField(
                choices=[
                    ("papier", "formulaire papier signé"),
                    ("guichet", "en présence, au guichet"),
                    ("courrier", "courrier de la personne"),
                    ("succession", "succession d’un organisme"),
                ],
                default="papier",
                max_length=10,
                verbose_name="recueilli par",
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
                    ("contribution", "Contribution"),
                    ("decision", "Decision"),
                    ("notification", "Notification"),
                    ("releve", "Releve"),
                    ("succession", "Succession"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="consentement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("canal", "succession"), ("origine__isnull", False)),
                    models.Q(models.Q(("canal", "succession"), _negated=True), ("origine__isnull", True)),
                    _connector="OR",
                ),
                name="consentement_succession_fondee",
            ),
        ),
    ]
