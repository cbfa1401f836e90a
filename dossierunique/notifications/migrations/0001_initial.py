import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("dossierunique", "0001_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Envoi",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("genre", models.TextField(verbose_name="genre")),
                (
                    "donnees",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="données",
                    ),
                ),
                ("cle", models.TextField(verbose_name="clé")),
                (
                    "etat",
                    models.CharField(
                        choices=[("a_faire", "à faire"), ("fait", "fait"), ("mort", "abandonné")],
                        default="a_faire",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("essais", models.PositiveSmallIntegerField(default=0, verbose_name="essais")),
                (
                    "pas_avant",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="pas avant"),
                ),
                ("erreur", models.TextField(blank=True, verbose_name="erreur")),
                (
                    "cree_le",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="créé le"
                    ),
                ),
                ("fait_le", models.DateTimeField(editable=False, null=True, verbose_name="fait le")),
            ],
            options={
                "verbose_name": "envoi",
                "db_table": "notifications_envoi",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("etat", "a_faire")), fields=["pas_avant", "id"], name="envoi_dus"
                    ),
                    models.Index(condition=models.Q(("etat", "mort")), fields=["-id"], name="envoi_morts"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("cle",), name="envoi_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("etat__in", ["a_faire", "fait", "mort"])), name="envoi_etat"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cle", ""), _negated=True), models.Q(("genre", ""), _negated=True)
                        ),
                        name="envoi_nomme",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("etat", "fait"), ("fait_le__isnull", False)),
                            models.Q(models.Q(("etat", "fait"), _negated=True), ("fait_le__isnull", True)),
                            _connector="OR",
                        ),
                        name="envoi_fait_le",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("genre", models.TextField(verbose_name="genre")),
                ("texte", models.TextField(verbose_name="texte")),
                ("url", models.TextField(verbose_name="adresse")),
                ("cle", models.TextField(verbose_name="clé")),
                (
                    "rythme",
                    models.CharField(
                        choices=[
                            ("immediat", "tout de suite"),
                            ("quotidien", "un résumé chaque jour"),
                            ("hebdomadaire", "un résumé chaque lundi"),
                            ("portail", "dans le portail seulement"),
                        ],
                        default="immediat",
                        max_length=12,
                        verbose_name="rythme du courriel",
                    ),
                ),
                (
                    "cree_le",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="reçue le"
                    ),
                ),
                ("lue_le", models.DateTimeField(editable=False, null=True, verbose_name="lue le")),
                (
                    "courriel_le",
                    models.DateTimeField(editable=False, null=True, verbose_name="courriel envoyé le"),
                ),
                (
                    "destinataire",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "notification",
                "db_table": "notifications_notification",
                "ordering": ["-cree_le", "-pk"],
                "indexes": [
                    models.Index(fields=["destinataire", "-cree_le", "-id"], name="notification_liste"),
                    models.Index(
                        condition=models.Q(("lue_le__isnull", True)),
                        fields=["destinataire"],
                        name="notification_non_lues",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("courriel_le__isnull", True), ("rythme__in", ["quotidien", "hebdomadaire"])
                        ),
                        fields=["rythme", "destinataire"],
                        name="notification_a_resumer",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("destinataire", "cle"), name="notification_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rythme__in", ["immediat", "quotidien", "hebdomadaire", "portail"])
                        ),
                        name="notification_rythme",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("url__regex", "^/([^/\\\\]|$)")),
                        name="notification_adresse_interne",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("genre", models.TextField(blank=True, default="", verbose_name="genre")),
                (
                    "rythme",
                    models.CharField(
                        choices=[
                            ("immediat", "tout de suite"),
                            ("quotidien", "un résumé chaque jour"),
                            ("hebdomadaire", "un résumé chaque lundi"),
                            ("portail", "dans le portail seulement"),
                        ],
                        default="immediat",
                        max_length=12,
                        verbose_name="rythme",
                    ),
                ),
                (
                    "utilisateur",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preferences_de_notification",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "préférence",
                "db_table": "notifications_preference",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("utilisateur", "genre"), name="preference_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rythme__in", ["immediat", "quotidien", "hebdomadaire", "portail"])
                        ),
                        name="preference_rythme",
                    ),
                ],
            },
        ),
    ]
