"""Sign-in: failed attempts, open sessions, drafts kept for their author, identities at a provider."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import dossierunique.securite.champs


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0002_histoires"),
    ]

    operations = [
        migrations.CreateModel(
            name="EssaisConnexion",
            fields=[
                ("cle", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("echecs", models.PositiveIntegerField(default=0)),
                ("dernier", models.DateTimeField()),
            ],
            options={
                "verbose_name": "essais de connexion",
                "db_table": "partners_essais_connexion",
                "indexes": [models.Index(fields=["dernier"], name="essais_connexion_dernier")],
            },
        ),
        migrations.CreateModel(
            name="SessionOuverte",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cle", models.CharField(editable=False, max_length=40, unique=True)),
                (
                    "ouverte_le",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="ouverte le"
                    ),
                ),
                (
                    "vue_le",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="dernière activité"),
                ),
                ("adresse", models.GenericIPAddressField(null=True, verbose_name="adresse")),
                ("navigateur", models.CharField(blank=True, max_length=200, verbose_name="navigateur")),
                ("moyen", models.CharField(blank=True, max_length=60, verbose_name="moyen de connexion")),
                (
                    "utilisateur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions_ouvertes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="utilisateur",
                    ),
                ),
            ],
            options={
                "verbose_name": "session ouverte",
                "db_table": "partners_session_ouverte",
                "ordering": ["-vue_le", "pk"],
            },
        ),
        migrations.CreateModel(
            name="BrouillonFormulaire",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("page", models.BinaryField(max_length=32)),
                ("action", models.BinaryField(max_length=32)),
                (
                    "contenu",
                    dossierunique.securite.champs.ChampChiffre(
                        contexte="partners.BrouillonFormulaire.contenu", verbose_name="contenu"
                    ),
                ),
                (
                    "ecrit_le",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrit le"),
                ),
                (
                    "utilisateur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="brouillons",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="utilisateur",
                    ),
                ),
            ],
            options={
                "verbose_name": "brouillon de formulaire",
                "db_table": "partners_brouillon_formulaire",
                "indexes": [models.Index(fields=["ecrit_le"], name="brouillon_ecrit_le")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("utilisateur", "page", "action"), name="brouillon_un_par_formulaire"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IdentiteFederee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("emetteur", models.CharField(max_length=255, verbose_name="émetteur")),
                ("sub", models.CharField(max_length=255, verbose_name="identifiant chez l’émetteur")),
                (
                    "rattachee_le",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="rattachée le"
                    ),
                ),
                ("vue_le", models.DateTimeField(blank=True, null=True, verbose_name="dernière connexion")),
                (
                    "utilisateur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identites_federees",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="utilisateur",
                    ),
                ),
            ],
            options={
                "verbose_name": "identité fédérée",
                "db_table": "partners_identite_federee",
                "constraints": [
                    models.UniqueConstraint(fields=("emetteur", "sub"), name="identite_federee_sub"),
                    models.UniqueConstraint(fields=("utilisateur", "emetteur"), name="identite_federee_une"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sub", ""), _negated=True), models.Q(("emetteur", ""), _negated=True)
                        ),
                        name="identite_federee_nommee",
                    ),
                ],
            },
        ),
    ]
