"""Alerts name agents and the dossiers they opened: out of PostgreSQL for the data protection officer only (ADR 8)."""

from django.db import migrations

from dossiers.partages.verrou_lignes import proteger

DPO = "'dpo' = ANY ((SELECT du_lecteurs())::text[])"


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0070_histoire_au_secret")]

    operations = [proteger("dossiers_alerte", DPO), proteger("dossiers_examen_alerte", DPO)]
