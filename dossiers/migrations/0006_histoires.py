"""The histories are written by triggers and read: the application's role never rewrites them."""

from django.conf import settings
from django.db import migrations

HISTOIRES = (
    "dossiers_assureevent",
    "dossiers_demandeetatcoutdejacouvertmontantcnmssecheanceinst6e21",
    "dossiers_justificatifetatmotifrejetverifieparevent",
)


def droits(verbe: str, lien: str):
    def appliquer(apps, schema_editor):
        role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
        for table in HISTOIRES:
            schema_editor.execute(f"{verbe} UPDATE, DELETE ON {table} {lien} {role}")

    return appliquer


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0005_gardes_des_partages")]
    operations = [migrations.RunPython(droits("REVOKE", "FROM"), droits("GRANT", "TO"))]
