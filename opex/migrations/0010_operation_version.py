from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("opex", "0002_gardes")]

    operations = [
        migrations.AddField(
            model_name="operation", name="version", field=models.PositiveIntegerField(default=1)
        ),
    ]
