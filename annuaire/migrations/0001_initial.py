"""The directory: services, people, what is looked after, lists filed; and how words are compared."""

import uuid

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# Words one after the other, each preceded by a space: « the beginning of a word » is then a plain LIKE, which the
# trigram index serves. Once with apostrophes and hyphens as separators, once without them: N’Guyen, nguyen.
MOTS = (
    """
    CREATE FUNCTION public.annuaire_mots(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
      SELECT regexp_replace(
        ' ' || public.du_sans_accent($1) || ' '
            || regexp_replace(public.du_sans_accent($1), '[''’ʼ-]', '', 'g'), '[^a-z0-9]+', ' ', 'g') $$;
    CREATE FUNCTION public.annuaire_chiffres(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
      SELECT regexp_replace($1, '[^0-9+/]', '', 'g') $$;
    """,
    "DROP FUNCTION public.annuaire_chiffres(text); DROP FUNCTION public.annuaire_mots(text);",
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("partners", "0010_succession_annulable"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(*MOTS),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("telephone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                (
                    "courriel",
                    models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique"),
                ),
                ("visible", models.BooleanField(default=True, verbose_name="montrée dans l’annuaire")),
                (
                    "verifie_le",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="vérifiée le"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("prenom", models.CharField(blank=True, max_length=60, verbose_name="prénom")),
                ("nom", models.CharField(max_length=80, verbose_name="nom")),
                ("fonction", models.CharField(blank=True, max_length=120, verbose_name="fonction")),
                (
                    "portable",
                    models.CharField(blank=True, max_length=20, verbose_name="portable professionnel"),
                ),
                (
                    "note_horaires",
                    models.CharField(blank=True, max_length=200, verbose_name="quand vous joindre"),
                ),
                ("absent_du", models.DateField(blank=True, null=True, verbose_name="absence du")),
                ("absent_au", models.DateField(blank=True, null=True, verbose_name="au (compris)")),
                (
                    "mots",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.text.Concat(
                                "prenom",
                                models.Value(" "),
                                "nom",
                                models.Value(" "),
                                "fonction",
                                output_field=models.TextField(),
                            ),
                            function="annuaire_mots",
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "chiffres",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.text.Concat(
                                "telephone", models.Value("/"), "portable", output_field=models.TextField()
                            ),
                            function="annuaire_chiffres",
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "tri",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.text.Concat(
                                "nom", models.Value(" "), "prenom", output_field=models.TextField()
                            ),
                            function="du_sans_accent",
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "suppleant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="remplace",
                        to="annuaire.contact",
                        verbose_name="en votre absence, voir",
                    ),
                ),
                (
                    "utilisateur",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="fiche_annuaire",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte du portail",
                    ),
                ),
            ],
            options={
                "verbose_name": "personne",
                "db_table": "annuaire_contact",
                "ordering": ["tri", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("telephone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                (
                    "courriel",
                    models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique"),
                ),
                ("visible", models.BooleanField(default=True, verbose_name="montrée dans l’annuaire")),
                (
                    "verifie_le",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="vérifiée le"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("nom", models.CharField(max_length=120, verbose_name="nom du service")),
                ("missions", models.TextField(blank=True, verbose_name="ce qu’il fait")),
                ("adresse", models.TextField(blank=True, verbose_name="adresse")),
                ("horaires", models.JSONField(blank=True, default=dict, verbose_name="horaires")),
                (
                    "note_horaires",
                    models.CharField(blank=True, max_length=200, verbose_name="précision sur les horaires"),
                ),
                (
                    "mots",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.text.Concat(
                                "nom", models.Value(" "), "missions", output_field=models.TextField()
                            ),
                            function="annuaire_mots",
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "chiffres",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("telephone"), function="annuaire_chiffres"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "tri",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("nom"), function="du_sans_accent"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "organisme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="partners.organisme",
                        verbose_name="organisme",
                    ),
                ),
                (
                    "unite",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="partners.unite",
                        verbose_name="unité où il se trouve",
                    ),
                ),
            ],
            options={
                "verbose_name": "service",
                "db_table": "annuaire_service",
                "ordering": ["tri", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ContactEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("telephone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                (
                    "courriel",
                    models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique"),
                ),
                ("visible", models.BooleanField(default=True, verbose_name="montrée dans l’annuaire")),
                (
                    "verifie_le",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="vérifiée le"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("prenom", models.CharField(blank=True, max_length=60, verbose_name="prénom")),
                ("nom", models.CharField(max_length=80, verbose_name="nom")),
                ("fonction", models.CharField(blank=True, max_length=120, verbose_name="fonction")),
                (
                    "portable",
                    models.CharField(blank=True, max_length=20, verbose_name="portable professionnel"),
                ),
                (
                    "note_horaires",
                    models.CharField(blank=True, max_length=200, verbose_name="quand vous joindre"),
                ),
                ("absent_du", models.DateField(blank=True, null=True, verbose_name="absence du")),
                ("absent_au", models.DateField(blank=True, null=True, verbose_name="au (compris)")),
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
                        to="annuaire.contact",
                    ),
                ),
                (
                    "suppleant",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="annuaire.contact",
                        verbose_name="en votre absence, voir",
                    ),
                ),
                (
                    "utilisateur",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte du portail",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="annuaire.service",
                        verbose_name="service",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="contact",
            name="service",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contacts",
                to="annuaire.service",
                verbose_name="service",
            ),
        ),
        migrations.CreateModel(
            name="Competence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "departement",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("01", "01 – Ain"),
                            ("02", "02 – Aisne"),
                            ("03", "03 – Allier"),
                            ("04", "04 – Alpes-de-Haute-Provence"),
                            ("05", "05 – Hautes-Alpes"),
                            ("06", "06 – Alpes-Maritimes"),
                            ("07", "07 – Ardèche"),
                            ("08", "08 – Ardennes"),
                            ("09", "09 – Ariège"),
                            ("10", "10 – Aube"),
                            ("11", "11 – Aude"),
                            ("12", "12 – Aveyron"),
                            ("13", "13 – Bouches-du-Rhône"),
                            ("14", "14 – Calvados"),
                            ("15", "15 – Cantal"),
                            ("16", "16 – Charente"),
                            ("17", "17 – Charente-Maritime"),
                            ("18", "18 – Cher"),
                            ("19", "19 – Corrèze"),
                            ("2A", "2A – Corse-du-Sud"),
                            ("2B", "2B – Haute-Corse"),
                            ("21", "21 – Côte-d’Or"),
                            ("22", "22 – Côtes-d’Armor"),
                            ("23", "23 – Creuse"),
                            ("24", "24 – Dordogne"),
                            ("25", "25 – Doubs"),
                            ("26", "26 – Drôme"),
                            ("27", "27 – Eure"),
                            ("28", "28 – Eure-et-Loir"),
                            ("29", "29 – Finistère"),
                            ("30", "30 – Gard"),
                            ("31", "31 – Haute-Garonne"),
                            ("32", "32 – Gers"),
                            ("33", "33 – Gironde"),
                            ("34", "34 – Hérault"),
                            ("35", "35 – Ille-et-Vilaine"),
                            ("36", "36 – Indre"),
                            ("37", "37 – Indre-et-Loire"),
                            ("38", "38 – Isère"),
                            ("39", "39 – Jura"),
                            ("40", "40 – Landes"),
                            ("41", "41 – Loir-et-Cher"),
                            ("42", "42 – Loire"),
                            ("43", "43 – Haute-Loire"),
                            ("44", "44 – Loire-Atlantique"),
                            ("45", "45 – Loiret"),
                            ("46", "46 – Lot"),
                            ("47", "47 – Lot-et-Garonne"),
                            ("48", "48 – Lozère"),
                            ("49", "49 – Maine-et-Loire"),
                            ("50", "50 – Manche"),
                            ("51", "51 – Marne"),
                            ("52", "52 – Haute-Marne"),
                            ("53", "53 – Mayenne"),
                            ("54", "54 – Meurthe-et-Moselle"),
                            ("55", "55 – Meuse"),
                            ("56", "56 – Morbihan"),
                            ("57", "57 – Moselle"),
                            ("58", "58 – Nièvre"),
                            ("59", "59 – Nord"),
                            ("60", "60 – Oise"),
                            ("61", "61 – Orne"),
                            ("62", "62 – Pas-de-Calais"),
                            ("63", "63 – Puy-de-Dôme"),
                            ("64", "64 – Pyrénées-Atlantiques"),
                            ("65", "65 – Hautes-Pyrénées"),
                            ("66", "66 – Pyrénées-Orientales"),
                            ("67", "67 – Bas-Rhin"),
                            ("68", "68 – Haut-Rhin"),
                            ("69", "69 – Rhône"),
                            ("70", "70 – Haute-Saône"),
                            ("71", "71 – Saône-et-Loire"),
                            ("72", "72 – Sarthe"),
                            ("73", "73 – Savoie"),
                            ("74", "74 – Haute-Savoie"),
                            ("75", "75 – Paris"),
                            ("76", "76 – Seine-Maritime"),
                            ("77", "77 – Seine-et-Marne"),
                            ("78", "78 – Yvelines"),
                            ("79", "79 – Deux-Sèvres"),
                            ("80", "80 – Somme"),
                            ("81", "81 – Tarn"),
                            ("82", "82 – Tarn-et-Garonne"),
                            ("83", "83 – Var"),
                            ("84", "84 – Vaucluse"),
                            ("85", "85 – Vendée"),
                            ("86", "86 – Vienne"),
                            ("87", "87 – Haute-Vienne"),
                            ("88", "88 – Vosges"),
                            ("89", "89 – Yonne"),
                            ("90", "90 – Territoire de Belfort"),
                            ("91", "91 – Essonne"),
                            ("92", "92 – Hauts-de-Seine"),
                            ("93", "93 – Seine-Saint-Denis"),
                            ("94", "94 – Val-de-Marne"),
                            ("95", "95 – Val-d’Oise"),
                            ("971", "971 – Guadeloupe"),
                            ("972", "972 – Martinique"),
                            ("973", "973 – Guyane"),
                            ("974", "974 – La Réunion"),
                            ("975", "975 – Saint-Pierre-et-Miquelon"),
                            ("976", "976 – Mayotte"),
                            ("977", "977 – Saint-Barthélemy"),
                            ("978", "978 – Saint-Martin"),
                            ("986", "986 – Wallis-et-Futuna"),
                            ("987", "987 – Polynésie française"),
                            ("988", "988 – Nouvelle-Calédonie"),
                        ],
                        max_length=3,
                        null=True,
                        verbose_name="département",
                    ),
                ),
                (
                    "programme",
                    models.CharField(
                        blank=True,
                        choices=[("DU", "Dossier unique"), ("OPEX", "Dossier unique OPEX")],
                        max_length=8,
                        null=True,
                        verbose_name="programme",
                    ),
                ),
                ("aide", models.CharField(blank=True, max_length=40, null=True, verbose_name="aide")),
                (
                    "unite",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="competences",
                        to="partners.unite",
                        verbose_name="unité",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="competences",
                        to="annuaire.service",
                    ),
                ),
            ],
            options={
                "verbose_name": "compétence",
                "db_table": "annuaire_competence",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ServiceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("telephone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                (
                    "courriel",
                    models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique"),
                ),
                ("visible", models.BooleanField(default=True, verbose_name="montrée dans l’annuaire")),
                (
                    "verifie_le",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="vérifiée le"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("nom", models.CharField(max_length=120, verbose_name="nom du service")),
                ("missions", models.TextField(blank=True, verbose_name="ce qu’il fait")),
                ("adresse", models.TextField(blank=True, verbose_name="adresse")),
                ("horaires", models.JSONField(blank=True, default=dict, verbose_name="horaires")),
                (
                    "note_horaires",
                    models.CharField(blank=True, max_length=200, verbose_name="précision sur les horaires"),
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
                        to="annuaire.service",
                    ),
                ),
                (
                    "unite",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.unite",
                        verbose_name="unité où il se trouve",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Depot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "nature",
                    models.CharField(
                        choices=[("services", "des services"), ("personnes", "des personnes")],
                        max_length=10,
                        verbose_name="contenu",
                    ),
                ),
                ("nom", models.CharField(max_length=150, verbose_name="nom du fichier")),
                ("contenu", models.JSONField(default=dict)),
                ("colonnes", models.JSONField(default=dict)),
                ("rapport", models.JSONField(default=list)),
                ("nombre", models.PositiveIntegerField(verbose_name="lignes")),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("a_associer", "colonnes à associer"),
                            ("verifie", "essayée"),
                            ("applique", "appliquée"),
                            ("abandonne", "abandonnée"),
                        ],
                        default="a_associer",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                (
                    "depose_le",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="déposée le"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "depose_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                        verbose_name="déposée par",
                    ),
                ),
                (
                    "organisme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.organisme",
                        verbose_name="organisme",
                    ),
                ),
            ],
            options={
                "verbose_name": "liste déposée",
                "db_table": "annuaire_depot",
                "ordering": ["-depose_le", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("etat__in", ["a_associer", "verifie"])),
                        fields=["depose_le"],
                        name="depot_oublie",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("etat__in", ["a_associer", "verifie", "applique", "abandonne"])),
                        name="depot_etat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nature__in", ["services", "personnes"])), name="depot_nature"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("etat__in", ["a_associer", "verifie"]), ("contenu", {}), _connector="OR"
                        ),
                        name="depot_vide_a_la_fin",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(("nom", ""), _negated=True), name="service_nomme"
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.UniqueConstraint(
                fields=("organisme", "tri"), name="service_un_nom_par_organisme"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="service",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "annuaire_serviceevent" ("adresse", "courriel", "horaires", "id", "missions", "nom", "note_horaires", "organisme_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "telephone", "unite_id", "verifie_le", "version", "visible") VALUES (NEW."adresse", NEW."courriel", NEW."horaires", NEW."id", NEW."missions", NEW."nom", NEW."note_horaires", NEW."organisme_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."telephone", NEW."unite_id", NEW."verifie_le", NEW."version", NEW."visible"); RETURN NULL;',
                    hash="ebfa6c33afe976f9a613eda89c390ffa27634549",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e2e4d",
                    table="annuaire_service",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="service",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."adresse" IS DISTINCT FROM (NEW."adresse") OR OLD."courriel" IS DISTINCT FROM (NEW."courriel") OR OLD."horaires" IS DISTINCT FROM (NEW."horaires") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."missions" IS DISTINCT FROM (NEW."missions") OR OLD."nom" IS DISTINCT FROM (NEW."nom") OR OLD."note_horaires" IS DISTINCT FROM (NEW."note_horaires") OR OLD."organisme_id" IS DISTINCT FROM (NEW."organisme_id") OR OLD."telephone" IS DISTINCT FROM (NEW."telephone") OR OLD."unite_id" IS DISTINCT FROM (NEW."unite_id") OR OLD."verifie_le" IS DISTINCT FROM (NEW."verifie_le") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visible" IS DISTINCT FROM (NEW."visible"))',
                    func='INSERT INTO "annuaire_serviceevent" ("adresse", "courriel", "horaires", "id", "missions", "nom", "note_horaires", "organisme_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "telephone", "unite_id", "verifie_le", "version", "visible") VALUES (NEW."adresse", NEW."courriel", NEW."horaires", NEW."id", NEW."missions", NEW."nom", NEW."note_horaires", NEW."organisme_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."telephone", NEW."unite_id", NEW."verifie_le", NEW."version", NEW."visible"); RETURN NULL;',
                    hash="dd45eb74258c0e8509f11a795ed7b65ce4caba96",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e1251",
                    table="annuaire_service",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["mots"], name="contact_mots", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["chiffres"], name="contact_chiffres", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("nom", ""), _negated=True), name="contact_nomme"
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("absent_au__isnull", True), ("absent_du__isnull", True)),
                    models.Q(
                        ("absent_au__gte", models.F("absent_du")),
                        ("absent_au__isnull", False),
                        ("absent_du__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="contact_absence",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("suppleant__isnull", True),
                    models.Q(("suppleant", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="contact_pas_son_suppleant",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "annuaire_contactevent" ("absent_au", "absent_du", "courriel", "fonction", "id", "nom", "note_horaires", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portable", "prenom", "service_id", "suppleant_id", "telephone", "utilisateur_id", "verifie_le", "version", "visible") VALUES (NEW."absent_au", NEW."absent_du", NEW."courriel", NEW."fonction", NEW."id", NEW."nom", NEW."note_horaires", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."portable", NEW."prenom", NEW."service_id", NEW."suppleant_id", NEW."telephone", NEW."utilisateur_id", NEW."verifie_le", NEW."version", NEW."visible"); RETURN NULL;',
                    hash="19ebeefedbb4e9f6b8e29aef57d621ed5e677d19",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bdd30",
                    table="annuaire_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."absent_au" IS DISTINCT FROM (NEW."absent_au") OR OLD."absent_du" IS DISTINCT FROM (NEW."absent_du") OR OLD."courriel" IS DISTINCT FROM (NEW."courriel") OR OLD."fonction" IS DISTINCT FROM (NEW."fonction") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."nom" IS DISTINCT FROM (NEW."nom") OR OLD."note_horaires" IS DISTINCT FROM (NEW."note_horaires") OR OLD."portable" IS DISTINCT FROM (NEW."portable") OR OLD."prenom" IS DISTINCT FROM (NEW."prenom") OR OLD."service_id" IS DISTINCT FROM (NEW."service_id") OR OLD."suppleant_id" IS DISTINCT FROM (NEW."suppleant_id") OR OLD."telephone" IS DISTINCT FROM (NEW."telephone") OR OLD."utilisateur_id" IS DISTINCT FROM (NEW."utilisateur_id") OR OLD."verifie_le" IS DISTINCT FROM (NEW."verifie_le") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."visible" IS DISTINCT FROM (NEW."visible"))',
                    func='INSERT INTO "annuaire_contactevent" ("absent_au", "absent_du", "courriel", "fonction", "id", "nom", "note_horaires", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portable", "prenom", "service_id", "suppleant_id", "telephone", "utilisateur_id", "verifie_le", "version", "visible") VALUES (NEW."absent_au", NEW."absent_du", NEW."courriel", NEW."fonction", NEW."id", NEW."nom", NEW."note_horaires", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."portable", NEW."prenom", NEW."service_id", NEW."suppleant_id", NEW."telephone", NEW."utilisateur_id", NEW."verifie_le", NEW."version", NEW."visible"); RETURN NULL;',
                    hash="4c0cc95cffa05d99f3f1960b82a5d332cb6acd3f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_35fe5",
                    table="annuaire_contact",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="competence",
            index=models.Index(
                condition=models.Q(("departement__isnull", False)),
                fields=["departement"],
                name="competence_departement",
            ),
        ),
        migrations.AddIndex(
            model_name="competence",
            index=models.Index(
                condition=models.Q(("aide__isnull", False)), fields=["aide"], name="competence_aide"
            ),
        ),
        migrations.AddConstraint(
            model_name="competence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(
                        models.Func(
                            "departement",
                            "unite",
                            "programme",
                            "aide",
                            function="num_nonnulls",
                            output_field=models.IntegerField(),
                        ),
                        1,
                    )
                ),
                name="competence_une_chose",
            ),
        ),
        migrations.AddConstraint(
            model_name="competence",
            constraint=models.UniqueConstraint(
                fields=("service", "departement", "unite", "programme", "aide"),
                name="competence_une_fois",
                nulls_distinct=False,
            ),
        ),
    ]
