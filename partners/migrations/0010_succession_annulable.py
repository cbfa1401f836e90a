"""A merger decided for later may be given up: the organisme may then cease another day."""

import django.db.models.deletion
from django.db import migrations, models

from dossierunique.etats import garde
from partners.successions.models import TRANSITIONS


class Migration(migrations.Migration):
    dependencies = [("partners", "0004_gardes_des_habilitations")]
    operations = [
        migrations.AlterField(
            "succession",
            "ancien",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fins",
                to="partners.organisme",
            ),
        ),
        migrations.RemoveConstraint("succession", "succession_etat"),
        migrations.AddField(
            "succession",
            "annulee_le",
            models.DateTimeField("annulée le", blank=True, null=True),
        ),
        migrations.AddField(
            "succession",
            "annulee_par",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.habilitation",
            ),
        ),
        migrations.AddField(
            "succession",
            "motif",
            models.CharField("motif de l’annulation", blank=True, max_length=300),
        ),
        migrations.AlterField(
            "succession",
            "etat",
            models.CharField(
                "état",
                choices=[
                    ("prevue", "prévue"),
                    ("en_cours", "en cours"),
                    ("terminee", "terminée"),
                    ("annulee", "annulée"),
                ],
                default="prevue",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            "succession",
            models.UniqueConstraint(
                condition=~models.Q(etat="annulee"), fields=["ancien"], name="succession_une_par_organisme"
            ),
        ),
        migrations.AddConstraint(
            "succession",
            models.CheckConstraint(
                condition=models.Q(etat="annulee", annulee_par__isnull=False, annulee_le__isnull=False)
                | ~models.Q(etat="annulee") & models.Q(annulee_par__isnull=True, annulee_le__isnull=True),
                name="succession_annulee_par",
            ),
        ),
        migrations.AddConstraint(
            "succession",
            models.CheckConstraint(
                condition=models.Q(etat__in=["prevue", "en_cours", "terminee", "annulee"]),
                name="succession_etat",
            ),
        ),
        garde("partners_succession", TRANSITIONS),
    ]
