"""Walking the lists, or searching in number, raises an alert as opening many dossiers does."""

from django.db import migrations, models

CODES = [
    ("rafale", "Beaucoup de dossiers en peu de temps"),
    ("homonyme", "Dossier d’une personne du même nom que l’agent"),
    ("hors_perimetre", "Dossier lu hors du périmètre habituel"),
    ("refus", "Accès refusés en nombre"),
    ("nuit", "Accès la nuit"),
    ("revelations", "Beaucoup de NIR affichés"),
    ("sorties", "Beaucoup d’impressions, d’exports ou de téléchargements"),
    ("listes", "Listes parcourues ou recherches en nombre"),
]


def semer(apps, schema_editor):
    # [P] A starting point, to be set by the data protection officer.
    apps.get_model("dossiers", "RegleAlerte").objects.using(schema_editor.connection.alias).create(
        code="listes", seuil=100, fenetre=60
    )


def retirer(apps, schema_editor):
    base = schema_editor.connection.alias
    for modele, filtre in (("Alerte", {"regle": "listes"}), ("RegleAlerte", {"code": "listes"})):
        apps.get_model("dossiers", modele).objects.using(base).filter(**filtre).delete()


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0077_ancien_nir")]
    operations = [
        migrations.AlterField(
            "reglealerte",
            "code",
            models.CharField(choices=CODES, max_length=16, primary_key=True, serialize=False),
        ),
        migrations.RemoveConstraint("reglealerte", "regle_alerte_code"),
        migrations.AddConstraint(
            "reglealerte",
            models.CheckConstraint(
                condition=models.Q(code__in=[code for code, _ in CODES]), name="regle_alerte_code"
            ),
        ),
        migrations.RunPython(semer, retirer),
    ]
