"""The way from the request to the activation, departures, yearly reviews, successions, former names, the charter."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0020_authentification"),
    ]

    operations = [
        migrations.CreateModel(
            name="AncienNom",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sigle", models.CharField(max_length=30, verbose_name="sigle")),
                ("nom", models.CharField(max_length=150, verbose_name="nom")),
                ("jusque", models.DateField(verbose_name="jusqu’au")),
            ],
            options={
                "db_table": "partners_ancien_nom",
                "ordering": ["-jusque", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="CampagneRevue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("annee", models.PositiveSmallIntegerField(unique=True, verbose_name="année")),
                (
                    "etat",
                    models.CharField(
                        choices=[("ouverte", "en cours"), ("close", "terminée")],
                        default="ouverte",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                (
                    "ouverte_le",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="ouverte le"),
                ),
                ("echeance", models.DateField(verbose_name="à rendre avant la fin du")),
                ("close_le", models.DateTimeField(blank=True, null=True, verbose_name="terminée le")),
            ],
            options={
                "verbose_name": "campagne de revue",
                "db_table": "partners_campagne_revue",
                "ordering": ["-annee"],
            },
        ),
        migrations.CreateModel(
            name="Charte",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(unique=True, verbose_name="version")),
                ("titre", models.CharField(max_length=200, verbose_name="titre")),
                ("corps", models.TextField(verbose_name="texte")),
                ("en_vigueur_depuis", models.DateField(verbose_name="en vigueur depuis le")),
            ],
            options={
                "db_table": "partners_charte",
                "ordering": ["-version"],
            },
        ),
        migrations.CreateModel(
            name="Depart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("depart", "départ de l’organisme"),
                            ("mutation", "changement d’unité"),
                            ("fin", "fin de l’habilitation"),
                        ],
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                ("quand", models.DateTimeField(default=django.utils.timezone.now, verbose_name="le")),
                ("remises", models.JSONField(default=list, verbose_name="travail remis")),
            ],
            options={
                "db_table": "partners_depart",
                "ordering": ["-quand", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="LigneRevue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("a_confirmer", "à confirmer"),
                            ("confirmee", "confirmée"),
                            ("close", "close"),
                            ("suspendue", "suspendue sans réponse"),
                            ("sans_objet", "sans objet"),
                        ],
                        default="a_confirmer",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("decidee_le", models.DateTimeField(blank=True, null=True, verbose_name="décidée le")),
            ],
            options={
                "verbose_name": "ligne de revue",
                "db_table": "partners_ligne_revue",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("effet_le", models.DateField(verbose_name="prend effet le")),
                (
                    "etat",
                    models.CharField(
                        choices=[("prevue", "prévue"), ("en_cours", "en cours"), ("terminee", "terminée")],
                        default="prevue",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "decidee_le",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="décidée le"),
                ),
                ("terminee_le", models.DateTimeField(blank=True, null=True, verbose_name="terminée le")),
                ("habilitations_transferees", models.PositiveIntegerField(default=0)),
                ("habilitations_closes", models.PositiveIntegerField(default=0)),
                ("unites", models.PositiveIntegerField(default=0)),
                ("curseur", models.BigIntegerField(default=0)),
                ("partages", models.PositiveIntegerField(default=0)),
                ("partages_traites", models.PositiveIntegerField(default=0)),
                ("partages_repris", models.PositiveIntegerField(default=0)),
            ],
            options={
                "db_table": "partners_succession",
                "ordering": ["-decidee_le", "-pk"],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="habilitation",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="habilitation",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="habilitation",
            name="habilitation_profil",
        ),
        migrations.AddField(
            model_name="habilitation",
            name="active_depuis",
            field=models.DateField(default=django.utils.timezone.localdate, verbose_name="active depuis le"),
        ),
        migrations.AddField(
            model_name="habilitation",
            name="cause",
            field=models.CharField(
                blank=True,
                choices=[
                    ("decision", "décision de l’administrateur"),
                    ("inutilisee", "longue inutilisation"),
                    ("revue", "revue annuelle sans réponse"),
                ],
                max_length=12,
                verbose_name="suspendue par",
            ),
        ),
        migrations.AddField(
            model_name="habilitation",
            name="demandee_le",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="demandée le"),
        ),
        migrations.AddField(
            model_name="habilitation",
            name="demandee_par",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="habilitations_demandees",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="habilitation",
            name="derniere_utilisation",
            field=models.DateField(
                blank=True, editable=False, null=True, verbose_name="dernière utilisation"
            ),
        ),
        migrations.AddField(
            model_name="habilitation",
            name="remplace",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suites",
                to="partners.habilitation",
            ),
        ),
        migrations.AddField(
            model_name="habilitation",
            name="reprise_demandee_le",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="reprise demandée le"
            ),
        ),
        migrations.AddField(
            model_name="habilitation",
            name="validee_le",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="validée le"),
        ),
        migrations.AddField(
            model_name="habilitation",
            name="validee_par",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="habilitations_validees",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="habilitationevent",
            name="active_depuis",
            field=models.DateField(default=django.utils.timezone.localdate, verbose_name="active depuis le"),
        ),
        migrations.AddField(
            model_name="habilitationevent",
            name="cause",
            field=models.CharField(
                blank=True,
                choices=[
                    ("decision", "décision de l’administrateur"),
                    ("inutilisee", "longue inutilisation"),
                    ("revue", "revue annuelle sans réponse"),
                ],
                max_length=12,
                verbose_name="suspendue par",
            ),
        ),
        migrations.AddField(
            model_name="habilitationevent",
            name="demandee_le",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="demandée le"),
        ),
        migrations.AddField(
            model_name="habilitationevent",
            name="demandee_par",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="habilitationevent",
            name="remplace",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="partners.habilitation",
            ),
        ),
        migrations.AddField(
            model_name="habilitationevent",
            name="reprise_demandee_le",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="reprise demandée le"
            ),
        ),
        migrations.AddField(
            model_name="habilitationevent",
            name="validee_le",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="validée le"),
        ),
        migrations.AddField(
            model_name="habilitationevent",
            name="validee_par",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="habilitation",
            name="profil",
            field=models.CharField(
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
                    ("responsable", "responsable d’habilitations de l’organisme"),
                ],
                max_length=20,
                verbose_name="profil",
            ),
        ),
        migrations.AlterField(
            model_name="habilitationevent",
            name="profil",
            field=models.CharField(
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
                    ("responsable", "responsable d’habilitations de l’organisme"),
                ],
                max_length=20,
                verbose_name="profil",
            ),
        ),
        migrations.AddField(
            model_name="anciennom",
            name="organisme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="anciens_noms",
                to="partners.organisme",
            ),
        ),
        migrations.AddField(
            model_name="campagnerevue",
            name="ouverte_par",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="habilitation",
            name="charte",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.charte",
            ),
        ),
        migrations.AddField(
            model_name="habilitationevent",
            name="charte",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="partners.charte",
            ),
        ),
        migrations.AddIndex(
            model_name="habilitation",
            index=models.Index(
                condition=models.Q(("etat__in", ("demandee", "validee"))),
                fields=["demandee_le", "id"],
                name="habilitation_en_attente",
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
                            "responsable",
                        ],
                    )
                ),
                name="habilitation_profil",
            ),
        ),
        migrations.AddConstraint(
            model_name="habilitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("etat", "validee"), _negated=True),
                    ("validee_par__isnull", False),
                    _connector="OR",
                ),
                name="habilitation_validee_par",
            ),
        ),
        migrations.AddConstraint(
            model_name="habilitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("validee_par__isnull", True),
                        models.Q(("validee_par", models.F("utilisateur")), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        ("accordee_par__isnull", True),
                        models.Q(("accordee_par", models.F("utilisateur")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="habilitation_pas_soi_meme",
            ),
        ),
        migrations.AddConstraint(
            model_name="habilitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("validee_par__isnull", True),
                    ("accordee_par__isnull", True),
                    models.Q(("validee_par", models.F("accordee_par")), _negated=True),
                    _connector="OR",
                ),
                name="habilitation_deux_personnes",
            ),
        ),
        migrations.AddConstraint(
            model_name="habilitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cause", ""), ("cause__in", ["decision", "inutilisee", "revue"]), _connector="OR"
                ),
                name="habilitation_cause",
            ),
        ),
        migrations.AddField(
            model_name="depart",
            name="habilitation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="depart", to="partners.habilitation"
            ),
        ),
        migrations.AddField(
            model_name="depart",
            name="par",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="depart",
            name="successeur",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reprises",
                to="partners.habilitation",
            ),
        ),
        migrations.AddField(
            model_name="depart",
            name="suite",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.habilitation",
            ),
        ),
        migrations.AddField(
            model_name="lignerevue",
            name="campagne",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lignes",
                to="partners.campagnerevue",
            ),
        ),
        migrations.AddField(
            model_name="lignerevue",
            name="decidee_par",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="lignerevue",
            name="habilitation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="revues", to="partners.habilitation"
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="ancien",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="succession",
                to="partners.organisme",
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="par",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.habilitation"
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="successeur",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successions",
                to="partners.organisme",
            ),
        ),
        migrations.AddConstraint(
            model_name="anciennom",
            constraint=models.UniqueConstraint(fields=("organisme", "jusque"), name="ancien_nom_un_par_jour"),
        ),
        migrations.AddConstraint(
            model_name="campagnerevue",
            constraint=models.UniqueConstraint(
                condition=models.Q(("etat", "ouverte")), fields=("etat",), name="campagne_une_ouverte"
            ),
        ),
        migrations.AddConstraint(
            model_name="campagnerevue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("close_le__isnull", True), ("etat", "ouverte")),
                    models.Q(("close_le__isnull", False), ("etat", "close")),
                    _connector="OR",
                ),
                name="campagne_etat",
            ),
        ),
        migrations.AddConstraint(
            model_name="depart",
            constraint=models.CheckConstraint(
                condition=models.Q(("nature__in", ["depart", "mutation", "fin"])), name="depart_nature"
            ),
        ),
        migrations.AddConstraint(
            model_name="lignerevue",
            constraint=models.UniqueConstraint(fields=("campagne", "habilitation"), name="ligne_revue_une"),
        ),
        migrations.AddConstraint(
            model_name="lignerevue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("etat__in", ["a_confirmer", "confirmee", "close", "suspendue", "sans_objet"])
                ),
                name="ligne_revue_etat",
            ),
        ),
        migrations.AddConstraint(
            model_name="lignerevue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decidee_le__isnull", True), ("etat", "a_confirmer")),
                    models.Q(models.Q(("etat", "a_confirmer"), _negated=True), ("decidee_le__isnull", False)),
                    _connector="OR",
                ),
                name="ligne_revue_decidee",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.CheckConstraint(
                condition=models.Q(("ancien", models.F("successeur")), _negated=True),
                name="succession_deux_organismes",
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.CheckConstraint(
                condition=models.Q(("etat__in", ["prevue", "en_cours", "terminee"])), name="succession_etat"
            ),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.CheckConstraint(
                condition=models.Q(("partages_repris__lte", models.F("partages_traites"))),
                name="succession_comptes",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="habilitation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "partners_habilitationevent" ("accordee_par_id", "active_depuis", "cause", "charte_id", "charte_signee_le", "debut", "demandee_le", "demandee_par_id", "etat", "fin", "formation_le", "id", "motif", "organisme_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profil", "programmes", "remplace_id", "reprise_demandee_le", "utilisateur_id", "validee_le", "validee_par_id", "version") VALUES (NEW."accordee_par_id", NEW."active_depuis", NEW."cause", NEW."charte_id", NEW."charte_signee_le", NEW."debut", NEW."demandee_le", NEW."demandee_par_id", NEW."etat", NEW."fin", NEW."formation_le", NEW."id", NEW."motif", NEW."organisme_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."profil", NEW."programmes", NEW."remplace_id", NEW."reprise_demandee_le", NEW."utilisateur_id", NEW."validee_le", NEW."validee_par_id", NEW."version"); RETURN NULL;',
                    hash="248c584eb0f9e282eec8f8b229b035694804fc1c",
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
                    condition='WHEN (OLD."accordee_par_id" IS DISTINCT FROM (NEW."accordee_par_id") OR OLD."active_depuis" IS DISTINCT FROM (NEW."active_depuis") OR OLD."cause" IS DISTINCT FROM (NEW."cause") OR OLD."charte_id" IS DISTINCT FROM (NEW."charte_id") OR OLD."charte_signee_le" IS DISTINCT FROM (NEW."charte_signee_le") OR OLD."debut" IS DISTINCT FROM (NEW."debut") OR OLD."demandee_le" IS DISTINCT FROM (NEW."demandee_le") OR OLD."demandee_par_id" IS DISTINCT FROM (NEW."demandee_par_id") OR OLD."etat" IS DISTINCT FROM (NEW."etat") OR OLD."fin" IS DISTINCT FROM (NEW."fin") OR OLD."formation_le" IS DISTINCT FROM (NEW."formation_le") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."motif" IS DISTINCT FROM (NEW."motif") OR OLD."organisme_id" IS DISTINCT FROM (NEW."organisme_id") OR OLD."profil" IS DISTINCT FROM (NEW."profil") OR OLD."programmes" IS DISTINCT FROM (NEW."programmes") OR OLD."remplace_id" IS DISTINCT FROM (NEW."remplace_id") OR OLD."reprise_demandee_le" IS DISTINCT FROM (NEW."reprise_demandee_le") OR OLD."utilisateur_id" IS DISTINCT FROM (NEW."utilisateur_id") OR OLD."validee_le" IS DISTINCT FROM (NEW."validee_le") OR OLD."validee_par_id" IS DISTINCT FROM (NEW."validee_par_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func='INSERT INTO "partners_habilitationevent" ("accordee_par_id", "active_depuis", "cause", "charte_id", "charte_signee_le", "debut", "demandee_le", "demandee_par_id", "etat", "fin", "formation_le", "id", "motif", "organisme_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profil", "programmes", "remplace_id", "reprise_demandee_le", "utilisateur_id", "validee_le", "validee_par_id", "version") VALUES (NEW."accordee_par_id", NEW."active_depuis", NEW."cause", NEW."charte_id", NEW."charte_signee_le", NEW."debut", NEW."demandee_le", NEW."demandee_par_id", NEW."etat", NEW."fin", NEW."formation_le", NEW."id", NEW."motif", NEW."organisme_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."profil", NEW."programmes", NEW."remplace_id", NEW."reprise_demandee_le", NEW."utilisateur_id", NEW."validee_le", NEW."validee_par_id", NEW."version"); RETURN NULL;',
                    hash="d37b228ff49eff285560f0bc90de07cc01b1b671",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2dea7",
                    table="partners_habilitation",
                    when="AFTER",
                ),
            ),
        ),
    ]
