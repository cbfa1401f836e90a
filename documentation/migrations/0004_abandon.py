"""A change of a published article may be given up: back to « publié », where what is read is what was read."""

from django.db import migrations

from documentation.articles.etats import TRANSITIONS
from dossierunique.etats import garde

AVANT = {**TRANSITIONS, "brouillon": frozenset({"en_relecture", "retire"})}


class Migration(migrations.Migration):
    dependencies = [("documentation", "0003_visite_guidee")]

    operations = [
        migrations.RunSQL(
            garde("documentation_article", TRANSITIONS).sql, garde("documentation_article", AVANT).sql
        )
    ]
