"""A dossier may sleep until it is needed; an event bears the day of its fact, which may be long past."""

import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models

# Events are append-only, for their owner too: the guard steps aside while they are dated.
DATER = """
ALTER TABLE dossiers_evenement DISABLE TRIGGER dossiers_evenement_ajout_seul;
UPDATE dossiers_evenement SET jour = (quand AT TIME ZONE 'Europe/Paris')::date;
ALTER TABLE dossiers_evenement ENABLE TRIGGER dossiers_evenement_ajout_seul;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0073_index_couvrants"),
        ("partners", "0004_gardes_des_habilitations"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="endormi",
            field=models.BooleanField(default=False, verbose_name="en sommeil"),
        ),
        migrations.AddField(
            model_name="evenement",
            name="jour",
            field=models.DateField(
                db_default=django.db.models.functions.datetime.TruncDate(
                    django.db.models.functions.datetime.Now()
                ),
                default=django.utils.timezone.localdate,
            ),
        ),
        migrations.RunSQL(DATER, migrations.RunSQL.noop),
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
                    ("avis_demande", "Avis Demande"),
                    ("avis_rendu", "Avis Rendu"),
                    ("contribution", "Contribution"),
                    ("decision", "Decision"),
                    ("notification", "Notification"),
                    ("releve", "Releve"),
                    ("succession", "Succession"),
                    ("opex_imprime", "Imprime"),
                    ("opex_blessure", "Blessure"),
                    ("opex_completee", "Blessure Completee"),
                    ("opex_reconnaissance", "Reconnaissance"),
                    ("opex_evolution", "Evolution"),
                    ("opex_dapias", "Dapias"),
                    ("opex_aide", "Aide"),
                    ("opex_aide_corrigee", "Aide Corrigee"),
                    ("opex_suivi", "Suivi"),
                    ("opex_relais", "Relais"),
                    ("opex_deces", "Deces"),
                    ("opex_ayant_cause", "Ayant Cause"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="evenement",
            index=models.Index(fields=["dossier", "-jour", "-id"], name="evenement_vie"),
        ),
    ]
