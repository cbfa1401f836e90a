"""The second lock of medical notes: read with the demande, or with the paper of a dossier alone."""

from django.db import migrations

POLITIQUE = """
ALTER POLICY second_verrou ON dossiers_note_medicale USING ((SELECT du_est_systeme()) OR (
  'medecin' = ANY ((SELECT du_lecteurs())::text[]) AND {condition}));
"""
PAR_PIECE = """CASE WHEN demande_id IS NOT NULL THEN du_demande_lisible(demande_id)
  ELSE EXISTS (SELECT 1 FROM dossiers_justificatif j WHERE j.id = piece_id) END"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0075_pieces_sans_demande")]

    operations = [
        migrations.RunSQL(
            POLITIQUE.format(condition=PAR_PIECE),
            POLITIQUE.format(condition="du_demande_lisible(demande_id)"),
        )
    ]
