"""The histories are written by triggers and read: the application's role never rewrites them."""

from django.conf import settings
from django.db import migrations

HISTOIRES = ("annuaire_serviceevent", "annuaire_contactevent")


def droits(verbe: str, lien: str):
    def appliquer(apps, schema_editor):
        role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
        for table in HISTOIRES:
            schema_editor.execute(f"{verbe} UPDATE, DELETE ON {table} {lien} {role}")

    return appliquer


class Migration(migrations.Migration):
    dependencies = [("annuaire", "0001_initial")]
    operations = [migrations.RunPython(droits("REVOKE", "FROM"), droits("GRANT", "TO"))]
