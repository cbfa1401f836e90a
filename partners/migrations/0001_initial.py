"""Accounts, organismes, units and habilitations, with the history of their fields."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import partners.organismes.models
from dossierunique.etats import garde

TRANSITIONS = {
    "demandee": frozenset({"validee", "active", "close"}),
    "validee": frozenset({"active", "close"}),
    "active": frozenset({"suspendue", "close"}),
    "suspendue": frozenset({"active", "close"}),
    "close": frozenset(),
}


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("dossierunique", "0001_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Utilisateur",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                ),
                (
                    "email",
                    models.EmailField(max_length=254, unique=True, verbose_name="adresse électronique"),
                ),
                ("telephone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "utilisateur",
                "db_table": "partners_utilisateur",
                "ordering": ["last_name", "first_name", "pk"],
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Habilitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "profil",
                    models.CharField(
                        choices=[
                            ("correspondant", "correspondant d’unité"),
                            ("gestionnaire", "gestionnaire CNMSS"),
                            ("numerisation", "agent de numérisation"),
                            ("secretaire", "secrétaire de commission"),
                            ("membre", "membre de commission"),
                            ("president", "président de commission"),
                            ("medecin", "médecin-conseil"),
                            ("partenaire", "gestionnaire partenaire"),
                            ("assistant_social", "assistant de service social"),
                            ("decideur_asd", "décideur ASD"),
                            ("referent_opex", "référent OPEX"),
                            ("administrateur", "administrateur des habilitations"),
                            ("dpo", "délégué à la protection des données"),
                            ("superviseur", "superviseur"),
                        ],
                        max_length=20,
                        verbose_name="profil",
                    ),
                ),
                (
                    "programmes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("DU", "Dossier unique"), ("OPEX", "Dossier unique OPEX")], max_length=8
                        ),
                        default=partners.organismes.models.programmes_par_defaut,
                        size=None,
                        verbose_name="programmes",
                    ),
                ),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("demandee", "demandée"),
                            ("validee", "validée"),
                            ("active", "active"),
                            ("suspendue", "suspendue"),
                            ("close", "close"),
                        ],
                        default="demandee",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("debut", models.DateField(verbose_name="valable du")),
                ("fin", models.DateField(blank=True, null=True, verbose_name="valable jusqu’au")),
                ("formation_le", models.DateField(blank=True, null=True, verbose_name="formation suivie le")),
                (
                    "charte_signee_le",
                    models.DateField(blank=True, null=True, verbose_name="charte signée le"),
                ),
                (
                    "motif",
                    models.CharField(blank=True, max_length=300, verbose_name="motif du dernier changement"),
                ),
                (
                    "choisie_le",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="choisie le"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "accordee_par",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="habilitations_accordees",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "utilisateur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="habilitations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="utilisateur",
                    ),
                ),
            ],
            options={
                "db_table": "partners_habilitation",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Organisme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=30, unique=True, verbose_name="code")),
                ("sigle", models.CharField(max_length=30, verbose_name="sigle")),
                ("nom", models.CharField(max_length=150, verbose_name="nom")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("cnmss", "Caisse nationale militaire de sécurité sociale"),
                            ("asd", "Action sociale de la défense"),
                            ("mutuelle", "Mutuelle"),
                            ("etat_major", "État-major ou armée"),
                            ("ssa", "Service de santé des armées"),
                            ("onacvg", "ONaCVG"),
                            ("sdp", "Sous-direction des pensions"),
                            ("prevoyance", "Organisme de prévoyance"),
                            ("cellule", "Cellule d’aide aux blessés"),
                            ("mdph", "MDPH"),
                            ("association", "Association"),
                        ],
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                (
                    "programmes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("DU", "Dossier unique"), ("OPEX", "Dossier unique OPEX")], max_length=8
                        ),
                        default=partners.organismes.models.programmes_par_defaut,
                        size=None,
                        verbose_name="programmes",
                    ),
                ),
                ("voit_nir", models.BooleanField(default=False, verbose_name="peut voir le NIR")),
                (
                    "contributeur",
                    models.BooleanField(
                        default=True,
                        help_text="Proposé comme destinataire sur le formulaire de consentement.",
                        verbose_name="peut contribuer",
                    ),
                ),
                (
                    "courriel",
                    models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique"),
                ),
                ("telephone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                ("adresse", models.TextField(blank=True, verbose_name="adresse")),
                ("depuis", models.DateField(verbose_name="depuis le")),
                ("jusque", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "successeur",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecesseurs",
                        to="partners.organisme",
                        verbose_name="successeur",
                    ),
                ),
            ],
            options={
                "db_table": "partners_organisme",
                "ordering": ["sigle", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HabilitationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "profil",
                    models.CharField(
                        choices=[
                            ("correspondant", "correspondant d’unité"),
                            ("gestionnaire", "gestionnaire CNMSS"),
                            ("numerisation", "agent de numérisation"),
                            ("secretaire", "secrétaire de commission"),
                            ("membre", "membre de commission"),
                            ("president", "président de commission"),
                            ("medecin", "médecin-conseil"),
                            ("partenaire", "gestionnaire partenaire"),
                            ("assistant_social", "assistant de service social"),
                            ("decideur_asd", "décideur ASD"),
                            ("referent_opex", "référent OPEX"),
                            ("administrateur", "administrateur des habilitations"),
                            ("dpo", "délégué à la protection des données"),
                            ("superviseur", "superviseur"),
                        ],
                        max_length=20,
                        verbose_name="profil",
                    ),
                ),
                (
                    "programmes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("DU", "Dossier unique"), ("OPEX", "Dossier unique OPEX")], max_length=8
                        ),
                        default=partners.organismes.models.programmes_par_defaut,
                        size=None,
                        verbose_name="programmes",
                    ),
                ),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("demandee", "demandée"),
                            ("validee", "validée"),
                            ("active", "active"),
                            ("suspendue", "suspendue"),
                            ("close", "close"),
                        ],
                        default="demandee",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("debut", models.DateField(verbose_name="valable du")),
                ("fin", models.DateField(blank=True, null=True, verbose_name="valable jusqu’au")),
                ("formation_le", models.DateField(blank=True, null=True, verbose_name="formation suivie le")),
                (
                    "charte_signee_le",
                    models.DateField(blank=True, null=True, verbose_name="charte signée le"),
                ),
                (
                    "motif",
                    models.CharField(blank=True, max_length=300, verbose_name="motif du dernier changement"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "accordee_par",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.habilitation",
                    ),
                ),
                (
                    "utilisateur",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="utilisateur",
                    ),
                ),
                (
                    "organisme",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisme",
                        verbose_name="organisme",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="habilitation",
            name="organisme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="habilitations",
                to="partners.organisme",
                verbose_name="organisme",
            ),
        ),
        migrations.CreateModel(
            name="OrganismeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.SlugField(db_index=False, max_length=30, verbose_name="code")),
                ("sigle", models.CharField(max_length=30, verbose_name="sigle")),
                ("nom", models.CharField(max_length=150, verbose_name="nom")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("cnmss", "Caisse nationale militaire de sécurité sociale"),
                            ("asd", "Action sociale de la défense"),
                            ("mutuelle", "Mutuelle"),
                            ("etat_major", "État-major ou armée"),
                            ("ssa", "Service de santé des armées"),
                            ("onacvg", "ONaCVG"),
                            ("sdp", "Sous-direction des pensions"),
                            ("prevoyance", "Organisme de prévoyance"),
                            ("cellule", "Cellule d’aide aux blessés"),
                            ("mdph", "MDPH"),
                            ("association", "Association"),
                        ],
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                (
                    "programmes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("DU", "Dossier unique"), ("OPEX", "Dossier unique OPEX")], max_length=8
                        ),
                        default=partners.organismes.models.programmes_par_defaut,
                        size=None,
                        verbose_name="programmes",
                    ),
                ),
                ("voit_nir", models.BooleanField(default=False, verbose_name="peut voir le NIR")),
                (
                    "contributeur",
                    models.BooleanField(
                        default=True,
                        help_text="Proposé comme destinataire sur le formulaire de consentement.",
                        verbose_name="peut contribuer",
                    ),
                ),
                (
                    "courriel",
                    models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique"),
                ),
                ("telephone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                ("adresse", models.TextField(blank=True, verbose_name="adresse")),
                ("depuis", models.DateField(verbose_name="depuis le")),
                ("jusque", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.organisme",
                    ),
                ),
                (
                    "successeur",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisme",
                        verbose_name="successeur",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Unite",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("nom", models.CharField(max_length=120, verbose_name="nom")),
                ("ville", models.CharField(blank=True, max_length=80, verbose_name="ville")),
                ("departement", models.CharField(blank=True, max_length=3, verbose_name="département")),
                ("active", models.BooleanField(default=True, verbose_name="active")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "organisme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unites",
                        to="partners.organisme",
                        verbose_name="organisme",
                    ),
                ),
            ],
            options={
                "verbose_name": "unité",
                "db_table": "partners_unite",
                "ordering": ["nom", "pk"],
            },
        ),
        migrations.AddField(
            model_name="habilitation",
            name="unites",
            field=models.ManyToManyField(
                blank=True, related_name="habilitations", to="partners.unite", verbose_name="périmètre"
            ),
        ),
        migrations.CreateModel(
            name="UniteEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.SlugField(db_index=False, max_length=40, verbose_name="code")),
                ("nom", models.CharField(max_length=120, verbose_name="nom")),
                ("ville", models.CharField(blank=True, max_length=80, verbose_name="ville")),
                ("departement", models.CharField(blank=True, max_length=3, verbose_name="département")),
                ("active", models.BooleanField(default=True, verbose_name="active")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "organisme",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisme",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="partners.unite",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="organisme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("jusque__isnull", True), ("jusque__gte", models.F("depuis")), _connector="OR"
                ),
                name="organisme_periode",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisme",
            constraint=models.CheckConstraint(
                condition=models.Q(("programmes__len__gt", 0)), name="organisme_un_programme"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisme",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "partners_organismeevent" ("adresse", "code", "contributeur", "courriel", "depuis", "id", "jusque", "nom", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programmes", "sigle", "successeur_id", "telephone", "type", "version", "voit_nir") VALUES (NEW."adresse", NEW."code", NEW."contributeur", NEW."courriel", NEW."depuis", NEW."id", NEW."jusque", NEW."nom", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programmes", NEW."sigle", NEW."successeur_id", NEW."telephone", NEW."type", NEW."version", NEW."voit_nir"); RETURN NULL;',
                    hash="7f48aea73b39b38caa96cd45ef857767a0736529",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bced1",
                    table="partners_organisme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisme",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "partners_organismeevent" ("adresse", "code", "contributeur", "courriel", "depuis", "id", "jusque", "nom", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programmes", "sigle", "successeur_id", "telephone", "type", "version", "voit_nir") VALUES (NEW."adresse", NEW."code", NEW."contributeur", NEW."courriel", NEW."depuis", NEW."id", NEW."jusque", NEW."nom", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programmes", NEW."sigle", NEW."successeur_id", NEW."telephone", NEW."type", NEW."version", NEW."voit_nir"); RETURN NULL;',
                    hash="13cf530f82e4f2f291b80ada603fb7c96f95717d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f4e41",
                    table="partners_organisme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unite",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "partners_uniteevent" ("active", "code", "departement", "id", "nom", "organisme_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "ville") VALUES (NEW."active", NEW."code", NEW."departement", NEW."id", NEW."nom", NEW."organisme_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version", NEW."ville"); RETURN NULL;',
                    hash="f490d26b8d5a4c967ea4964362b48609b9d26cc7",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6290a",
                    table="partners_unite",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="unite",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "partners_uniteevent" ("active", "code", "departement", "id", "nom", "organisme_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version", "ville") VALUES (NEW."active", NEW."code", NEW."departement", NEW."id", NEW."nom", NEW."organisme_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."version", NEW."ville"); RETURN NULL;',
                    hash="8d3670c297997d6d5a1966b62b1e964288b570f8",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_09025",
                    table="partners_unite",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="habilitation",
            index=models.Index(fields=["organisme", "profil"], name="habilitation_organisme"),
        ),
        migrations.AddConstraint(
            model_name="habilitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("fin__isnull", True), ("fin__gte", models.F("debut")), _connector="OR"),
                name="habilitation_periode",
            ),
        ),
        migrations.AddConstraint(
            model_name="habilitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("etat__in", ["demandee", "validee", "active", "suspendue", "close"])),
                name="habilitation_etat",
            ),
        ),
        migrations.AddConstraint(
            model_name="habilitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "profil__in",
                        [
                            "correspondant",
                            "gestionnaire",
                            "numerisation",
                            "secretaire",
                            "membre",
                            "president",
                            "medecin",
                            "partenaire",
                            "assistant_social",
                            "decideur_asd",
                            "referent_opex",
                            "administrateur",
                            "dpo",
                            "superviseur",
                        ],
                    )
                ),
                name="habilitation_profil",
            ),
        ),
        migrations.AddConstraint(
            model_name="habilitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("programmes__len__gt", 0)), name="habilitation_un_programme"
            ),
        ),
        migrations.AddConstraint(
            model_name="habilitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("profil", "correspondant"), _negated=True),
                    models.Q(("etat__in", ["active", "suspendue"]), _negated=True),
                    models.Q(("charte_signee_le__isnull", False), ("formation_le__isnull", False)),
                    _connector="OR",
                ),
                name="habilitation_correspondant_forme",
            ),
        ),
        migrations.AddConstraint(
            model_name="habilitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("etat", "close"), _negated=True),
                fields=("utilisateur", "organisme", "profil"),
                name="habilitation_une_vivante",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="habilitation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "partners_habilitationevent" ("accordee_par_id", "charte_signee_le", "debut", "etat", "fin", "formation_le", "id", "motif", "organisme_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profil", "programmes", "utilisateur_id", "version") VALUES (NEW."accordee_par_id", NEW."charte_signee_le", NEW."debut", NEW."etat", NEW."fin", NEW."formation_le", NEW."id", NEW."motif", NEW."organisme_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."profil", NEW."programmes", NEW."utilisateur_id", NEW."version"); RETURN NULL;',
                    hash="ebb4137f04833fbfbb992de5f0e00acb8fb9f9a2",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_56e28",
                    table="partners_habilitation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="habilitation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."accordee_par_id" IS DISTINCT FROM (NEW."accordee_par_id") OR OLD."charte_signee_le" IS DISTINCT FROM (NEW."charte_signee_le") OR OLD."debut" IS DISTINCT FROM (NEW."debut") OR OLD."etat" IS DISTINCT FROM (NEW."etat") OR OLD."fin" IS DISTINCT FROM (NEW."fin") OR OLD."formation_le" IS DISTINCT FROM (NEW."formation_le") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."motif" IS DISTINCT FROM (NEW."motif") OR OLD."organisme_id" IS DISTINCT FROM (NEW."organisme_id") OR OLD."profil" IS DISTINCT FROM (NEW."profil") OR OLD."programmes" IS DISTINCT FROM (NEW."programmes") OR OLD."utilisateur_id" IS DISTINCT FROM (NEW."utilisateur_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "partners_habilitationevent" ("accordee_par_id", "charte_signee_le", "debut", "etat", "fin", "formation_le", "id", "motif", "organisme_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profil", "programmes", "utilisateur_id", "version") VALUES (NEW."accordee_par_id", NEW."charte_signee_le", NEW."debut", NEW."etat", NEW."fin", NEW."formation_le", NEW."id", NEW."motif", NEW."organisme_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."profil", NEW."programmes", NEW."utilisateur_id", NEW."version"); RETURN NULL;',
                    hash="0690c6cf48d180282200fff113f274f51806f407",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2dea7",
                    table="partners_habilitation",
                    when="AFTER",
                ),
            ),
        ),
        garde("partners_habilitation", TRANSITIONS),
    ]
