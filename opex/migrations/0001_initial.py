"""The tables of the OPEX programme."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import dossierunique.securite.champs


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("dossiers", "0074_sommeil_et_jours"),
        ("fichiers", "0010_coffres"),
        ("partners", "0004_gardes_des_habilitations"),
    ]

    operations = [
        migrations.CreateModel(
            name="AyantCause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nom", models.CharField(max_length=80, verbose_name="nom")),
                ("prenoms", models.CharField(max_length=120, verbose_name="prénoms")),
                ("date_naissance", models.DateField(blank=True, null=True, verbose_name="date de naissance")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("conjoint", "conjoint, partenaire ou concubin"),
                            ("parent", "père ou mère"),
                            ("enfant", "enfant"),
                            ("fratrie", "frère ou sœur"),
                            ("ami", "ami"),
                            ("autre", "autre"),
                        ],
                        max_length=12,
                        verbose_name="lien",
                    ),
                ),
                ("telephone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                ("adresse", models.TextField(blank=True, verbose_name="adresse")),
                (
                    "representant",
                    models.CharField(blank=True, max_length=160, verbose_name="représentant légal"),
                ),
                ("enregistre_le", models.DateTimeField(default=django.utils.timezone.now)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ayants_cause",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                    ),
                ),
            ],
            options={
                "verbose_name": "ayant cause",
                "db_table": "opex_ayant_cause",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Blessure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rang", models.PositiveSmallIntegerField(verbose_name="rang")),
                ("survenue_le", models.DateField(verbose_name="survenue le")),
                ("heure", models.TimeField(blank=True, null=True, verbose_name="heure")),
                ("lieu", models.CharField(blank=True, max_length=120, verbose_name="lieu")),
                ("theatre", models.CharField(max_length=80, verbose_name="théâtre")),
                (
                    "circonstances",
                    models.CharField(
                        choices=[
                            ("combat", "combat"),
                            ("engin_explosif", "engin explosif"),
                            ("accident", "accident"),
                            ("maladie", "maladie"),
                            ("psychique", "blessure psychique"),
                        ],
                        max_length=14,
                        verbose_name="circonstances",
                    ),
                ),
                (
                    "gravite",
                    models.CharField(
                        choices=[
                            ("legere", "légère"),
                            ("serieuse", "sérieuse"),
                            ("grave", "grave"),
                            ("tres_grave", "très grave"),
                        ],
                        max_length=10,
                        verbose_name="gravité",
                    ),
                ),
                (
                    "recit",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="précision, sans terme médical"
                    ),
                ),
                ("message", models.CharField(blank=True, max_length=80, verbose_name="référence du message")),
                (
                    "evacuation",
                    models.CharField(
                        choices=[
                            ("aucune", "pas d’évacuation"),
                            ("theatre", "vers un hôpital du théâtre"),
                            ("metropole", "vers la métropole"),
                        ],
                        default="aucune",
                        max_length=10,
                        verbose_name="évacuation",
                    ),
                ),
                ("evacuee_le", models.DateField(blank=True, null=True, verbose_name="évacuée le")),
                ("hopital", models.CharField(blank=True, max_length=120, verbose_name="hôpital")),
                (
                    "reconnaissance",
                    models.CharField(
                        choices=[
                            ("non_demandee", "non demandée"),
                            ("demandee", "demandée"),
                            ("reconnue", "reconnue blessure de guerre"),
                            ("refusee", "refusée"),
                        ],
                        default="non_demandee",
                        max_length=12,
                        verbose_name="blessure de guerre",
                    ),
                ),
                ("reconnue_le", models.DateField(blank=True, null=True, verbose_name="date de la décision")),
                ("a_posteriori", models.BooleanField(default=False, verbose_name="signalée a posteriori")),
                ("signalee_le", models.DateTimeField(default=django.utils.timezone.now)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blessures",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "signalee_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                    ),
                ),
            ],
            options={
                "db_table": "opex_blessure",
                "ordering": ["rang"],
            },
        ),
        migrations.CreateModel(
            name="Dapias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=60, verbose_name="référence")),
                ("depuis", models.DateField(verbose_name="depuis le")),
                ("jusque", models.DateField(verbose_name="jusqu’au")),
                (
                    "etat",
                    models.CharField(
                        choices=[("en_cours", "en cours"), ("renouvelee", "renouvelée"), ("close", "close")],
                        default="en_cours",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("motif_fin", models.CharField(blank=True, max_length=200, verbose_name="motif de clôture")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "blessure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dapias", to="opex.blessure"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dapias",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                    ),
                ),
                (
                    "precedente",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suivante",
                        to="opex.dapias",
                        verbose_name="renouvelle",
                    ),
                ),
            ],
            options={
                "verbose_name": "DAPIAS",
                "verbose_name_plural": "DAPIAS",
                "db_table": "opex_dapias",
                "ordering": ["-depuis", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Echeance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "genre",
                    models.CharField(
                        choices=[
                            ("epfp", "demande à l’EPFP"),
                            ("dapias", "renouvellement de la DAPIAS"),
                            ("libre", "étape"),
                        ],
                        default="libre",
                        max_length=8,
                        verbose_name="genre",
                    ),
                ),
                ("libelle", models.CharField(max_length=160, verbose_name="étape")),
                ("le", models.DateField(verbose_name="avant le")),
                (
                    "etat",
                    models.CharField(
                        choices=[("a_faire", "à faire"), ("faite", "faite"), ("sans_objet", "sans objet")],
                        default="a_faire",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("prevenue_le", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "blessure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="echeances",
                        to="opex.blessure",
                    ),
                ),
                (
                    "dapias",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="echeances",
                        to="opex.dapias",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="echeances",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "par",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                    ),
                ),
            ],
            options={
                "verbose_name": "échéance",
                "db_table": "opex_echeance",
                "ordering": ["le", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Evolution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "genre",
                    models.CharField(
                        choices=[
                            ("evacuation", "évacuation"),
                            ("hospitalisation", "hospitalisation"),
                            ("sortie", "sortie d’hôpital"),
                            ("convalescence", "convalescence"),
                            ("reprise", "reprise du service"),
                            ("reeducation", "rééducation"),
                            ("consolidation", "consolidation"),
                            ("rechute", "rechute"),
                            ("sejour", "séjour"),
                            ("reconversion", "reconversion"),
                            ("autre", "autre évolution"),
                        ],
                        max_length=16,
                        verbose_name="genre",
                    ),
                ),
                ("depuis", models.DateField(verbose_name="depuis le")),
                ("jusque", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                ("lieu", models.CharField(blank=True, max_length=120, verbose_name="lieu")),
                (
                    "precision",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="précision, sans terme médical"
                    ),
                ),
                ("enregistree_le", models.DateTimeField(default=django.utils.timezone.now)),
                ("rayee_le", models.DateTimeField(blank=True, null=True)),
                ("rayee_motif", models.CharField(blank=True, max_length=200)),
                (
                    "blessure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evolutions",
                        to="opex.blessure",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evolutions",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                    ),
                ),
            ],
            options={
                "db_table": "opex_evolution",
                "ordering": ["-depuis", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="GenreContribution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("nom", models.CharField(max_length=120, verbose_name="nom")),
                (
                    "forme",
                    models.CharField(
                        choices=[
                            ("capital", "somme versée une fois"),
                            ("rente", "somme périodique (pension, rente)"),
                            ("pret", "prêt, à rembourser"),
                            ("nature", "aide en nature"),
                        ],
                        max_length=8,
                        verbose_name="forme",
                    ),
                ),
                (
                    "avec_taux",
                    models.BooleanField(
                        default=False,
                        help_text="Par exemple une pension d’invalidité.",
                        verbose_name="porte un taux",
                    ),
                ),
                ("actif", models.BooleanField(default=True, verbose_name="proposé")),
                ("ordre", models.PositiveSmallIntegerField(default=0, verbose_name="ordre")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "organisme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="genres_opex",
                        to="partners.organisme",
                    ),
                ),
            ],
            options={
                "verbose_name": "genre de contribution",
                "db_table": "opex_genre_contribution",
                "ordering": ["organisme", "ordre", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ContributionOpex",
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
                            ("promise", "promise"),
                            ("accordee", "accordée"),
                            ("en_versement", "en cours de versement"),
                            ("versee", "versée"),
                            ("annulee", "annulée"),
                        ],
                        default="accordee",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("libelle", models.CharField(blank=True, max_length=160, verbose_name="objet")),
                (
                    "montant",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=10,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.00"))],
                        verbose_name="montant",
                    ),
                ),
                (
                    "periodicite",
                    models.CharField(
                        choices=[
                            ("unique", "une seule fois"),
                            ("mensuelle", "par mois"),
                            ("trimestrielle", "par trimestre"),
                            ("annuelle", "par an"),
                        ],
                        default="unique",
                        max_length=14,
                        verbose_name="périodicité",
                    ),
                ),
                ("debut", models.DateField(verbose_name="date, ou premier versement le")),
                (
                    "fin",
                    models.DateField(blank=True, null=True, verbose_name="dernier versement au plus tard le"),
                ),
                (
                    "taux",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="taux (%)"
                    ),
                ),
                (
                    "commentaire",
                    models.CharField(blank=True, max_length=1000, verbose_name="commentaire partagé"),
                ),
                ("cree_le", models.DateTimeField(default=django.utils.timezone.now)),
                ("maj_le", models.DateTimeField(default=django.utils.timezone.now)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "beneficiaire",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="opex.ayantcause",
                        verbose_name="bénéficiaire",
                    ),
                ),
                (
                    "blessure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="opex.blessure",
                        verbose_name="blessure",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions_opex",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "organisme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions_opex",
                        to="partners.organisme",
                    ),
                ),
                (
                    "pieces",
                    models.ManyToManyField(
                        blank=True, related_name="contributions_opex", to="dossiers.justificatif"
                    ),
                ),
                (
                    "saisie_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                    ),
                ),
                (
                    "genre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="opex.genrecontribution",
                    ),
                ),
            ],
            options={
                "db_table": "opex_contribution",
                "ordering": ["-debut", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Imprime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rang", models.PositiveSmallIntegerField(verbose_name="version")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="référence")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("ecran", "saisi à l’écran"),
                            ("liste", "repris d’une liste"),
                            ("a_posteriori", "ouvert a posteriori"),
                        ],
                        default="ecran",
                        max_length=12,
                    ),
                ),
                (
                    "statut",
                    models.CharField(
                        choices=[("militaire", "militaire"), ("civil", "personnel civil")],
                        default="militaire",
                        max_length=10,
                        verbose_name="statut",
                    ),
                ),
                ("grade", models.CharField(blank=True, max_length=60, verbose_name="grade")),
                ("matricule", models.CharField(blank=True, max_length=30, verbose_name="matricule")),
                (
                    "nationalite",
                    models.CharField(default="française", max_length=60, verbose_name="nationalité"),
                ),
                ("base_defense", models.CharField(blank=True, max_length=80, verbose_name="base de défense")),
                ("depart_le", models.DateField(blank=True, null=True, verbose_name="départ le")),
                ("retour_le", models.DateField(blank=True, null=True, verbose_name="retour prévu le")),
                ("adresse", models.TextField(blank=True, verbose_name="adresse")),
                ("telephone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                (
                    "courriel",
                    models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique"),
                ),
                ("signe_le", models.DateField(blank=True, null=True, verbose_name="signé le")),
                ("signe_a", models.CharField(blank=True, max_length=80, verbose_name="signé à")),
                ("saisi_le", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imprimes",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "saisi_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                    ),
                ),
                (
                    "scan",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="fichiers.fichier",
                    ),
                ),
                (
                    "unite",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.unite",
                        verbose_name="unité",
                    ),
                ),
            ],
            options={
                "verbose_name": "imprimé d’identification",
                "db_table": "opex_imprime",
                "ordering": ["-rang"],
            },
        ),
        migrations.CreateModel(
            name="Contrat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "genre",
                    models.CharField(
                        choices=[
                            ("mutuelle", "mutuelle"),
                            ("accompagnement", "mutuelle d’accompagnement social"),
                            ("prevoyance", "prévoyance"),
                        ],
                        max_length=14,
                        verbose_name="genre",
                    ),
                ),
                ("nom", models.CharField(blank=True, max_length=80, verbose_name="organisme")),
                (
                    "numero",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="numéro d’adhérent ou de contrat"
                    ),
                ),
                (
                    "organisme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.organisme",
                    ),
                ),
                (
                    "imprime",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contrats",
                        to="opex.imprime",
                    ),
                ),
            ],
            options={
                "db_table": "opex_contrat",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Operation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("nom", models.CharField(max_length=80, verbose_name="nom")),
                ("theatre", models.CharField(max_length=80, verbose_name="théâtre")),
                ("debut", models.DateField(verbose_name="début")),
                ("fin", models.DateField(blank=True, null=True, verbose_name="fin")),
            ],
            options={
                "verbose_name": "opération",
                "db_table": "opex_operation",
                "ordering": ["-debut", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fin__isnull", True), ("fin__gte", models.F("debut")), _connector="OR"
                        ),
                        name="operation_periode",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LotImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.UUIDField(editable=False, unique=True)),
                ("nom", models.CharField(max_length=160, verbose_name="fichier")),
                ("depart_le", models.DateField(verbose_name="départ le")),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("a_associer", "colonnes à associer"),
                            ("verifie", "vérifié"),
                            ("en_cours", "en cours de reprise"),
                            ("termine", "terminé"),
                            ("abandonne", "abandonné"),
                        ],
                        default="a_associer",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "lignes",
                    dossierunique.securite.champs.ChampChiffre(
                        blank=True, contexte="opex.LotImport.lignes", verbose_name="lignes"
                    ),
                ),
                ("nombre", models.PositiveIntegerField(default=0, verbose_name="lignes")),
                ("colonnes", models.JSONField(default=dict)),
                ("rapport", models.JSONField(default=list)),
                ("depose_le", models.DateTimeField(default=django.utils.timezone.now)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "depose_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                    ),
                ),
                (
                    "unite",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.unite",
                        verbose_name="unité",
                    ),
                ),
                (
                    "operation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="opex.operation",
                        verbose_name="opération",
                    ),
                ),
            ],
            options={
                "verbose_name": "liste à reprendre",
                "db_table": "opex_lot_import",
                "ordering": ["-depose_le", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="imprime",
            name="operation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="imprimes",
                to="opex.operation",
                verbose_name="opération",
            ),
        ),
        migrations.AddField(
            model_name="blessure",
            name="operation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="blessures",
                to="opex.operation",
            ),
        ),
        migrations.CreateModel(
            name="PersonneAPrevenir",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordre", models.PositiveSmallIntegerField(verbose_name="ordre")),
                ("nom", models.CharField(max_length=80, verbose_name="nom")),
                ("prenoms", models.CharField(max_length=120, verbose_name="prénoms")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("conjoint", "conjoint, partenaire ou concubin"),
                            ("parent", "père ou mère"),
                            ("enfant", "enfant"),
                            ("fratrie", "frère ou sœur"),
                            ("ami", "ami"),
                            ("autre", "autre"),
                        ],
                        max_length=12,
                        verbose_name="lien",
                    ),
                ),
                ("telephone", models.CharField(max_length=20, verbose_name="téléphone")),
                ("adresse", models.TextField(blank=True, verbose_name="adresse")),
                (
                    "imprime",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="a_prevenir",
                        to="opex.imprime",
                    ),
                ),
            ],
            options={
                "db_table": "opex_personne_a_prevenir",
                "ordering": ["ordre"],
            },
        ),
        migrations.CreateModel(
            name="Proche",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nom", models.CharField(max_length=80, verbose_name="nom")),
                ("prenoms", models.CharField(max_length=120, verbose_name="prénoms")),
                ("date_naissance", models.DateField(blank=True, null=True, verbose_name="date de naissance")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("conjoint", "conjoint, partenaire ou concubin"),
                            ("parent", "père ou mère"),
                            ("enfant", "enfant"),
                            ("fratrie", "frère ou sœur"),
                            ("ami", "ami"),
                            ("autre", "autre"),
                        ],
                        max_length=12,
                        verbose_name="lien",
                    ),
                ),
                ("a_charge", models.BooleanField(default=False, verbose_name="à charge")),
                (
                    "imprime",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proches", to="opex.imprime"
                    ),
                ),
            ],
            options={
                "db_table": "opex_proche",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Relais",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("motif", models.CharField(max_length=300, verbose_name="motif")),
                ("quand", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "de",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.organisme",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relais",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                    ),
                ),
                (
                    "referent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                    ),
                ),
                (
                    "vers",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.organisme"
                    ),
                ),
            ],
            options={
                "db_table": "opex_relais",
                "ordering": ["-quand", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Suivi",
            fields=[
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="suivi",
                        serialize=False,
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("identifie", "identifié"),
                            ("active", "activé"),
                            ("en_suivi", "en suivi"),
                            ("en_veille", "en veille"),
                            ("expire", "expiré sans blessure"),
                            ("radie", "radié sans blessure"),
                            ("decede", "décédé"),
                        ],
                        default="identifie",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "origine",
                    models.CharField(
                        choices=[
                            ("imprime", "imprimé d’identification"),
                            ("a_posteriori", "ouvert a posteriori"),
                        ],
                        default="imprime",
                        max_length=12,
                        verbose_name="origine",
                    ),
                ),
                ("active_le", models.DateTimeField(blank=True, null=True, verbose_name="activé le")),
                ("decede_le", models.DateField(blank=True, null=True, verbose_name="décédé le")),
                ("radie_le", models.DateField(blank=True, null=True, verbose_name="a quitté le service le")),
                ("maj_le", models.DateTimeField(default=django.utils.timezone.now)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "porteur",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.organisme",
                    ),
                ),
                (
                    "referent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                    ),
                ),
            ],
            options={
                "db_table": "opex_suivi",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="VersionContributionOpex",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rang", models.PositiveIntegerField()),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("promise", "promise"),
                            ("accordee", "accordée"),
                            ("en_versement", "en cours de versement"),
                            ("versee", "versée"),
                            ("annulee", "annulée"),
                        ],
                        max_length=12,
                    ),
                ),
                ("libelle", models.CharField(blank=True, max_length=160)),
                (
                    "montant",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.00"))],
                        verbose_name="montant",
                    ),
                ),
                (
                    "periodicite",
                    models.CharField(
                        choices=[
                            ("unique", "une seule fois"),
                            ("mensuelle", "par mois"),
                            ("trimestrielle", "par trimestre"),
                            ("annuelle", "par an"),
                        ],
                        max_length=14,
                    ),
                ),
                ("debut", models.DateField()),
                ("fin", models.DateField(blank=True, null=True)),
                ("taux", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ("commentaire", models.CharField(blank=True, max_length=1000)),
                (
                    "motif",
                    models.CharField(blank=True, max_length=200, verbose_name="motif de la correction"),
                ),
                ("enregistree_le", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "auteur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="opex.contributionopex",
                    ),
                ),
                (
                    "genre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="opex.genrecontribution",
                    ),
                ),
            ],
            options={
                "db_table": "opex_version_contribution",
                "ordering": ["-rang"],
            },
        ),
        migrations.CreateModel(
            name="AccordAyantCause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[("accorde", "accordé"), ("refuse", "refusé"), ("retire", "retiré")],
                        max_length=8,
                    ),
                ),
                ("signe_le", models.DateField(verbose_name="signé le")),
                ("effet_le", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.dossier"
                    ),
                ),
                (
                    "enregistre_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.habilitation",
                    ),
                ),
                (
                    "organisme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.organisme"
                    ),
                ),
                (
                    "preuve",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="fichiers.fichier",
                    ),
                ),
                (
                    "ayant_cause",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accords",
                        to="opex.ayantcause",
                    ),
                ),
            ],
            options={
                "db_table": "opex_accord_ayant_cause",
                "ordering": ["-effet_le", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["ayant_cause", "organisme", "-effet_le", "-id"],
                        name="accord_ayant_cause_courant",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["accorde", "refuse", "retire"])),
                        name="accord_ayant_cause_decision",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="dapias",
            index=models.Index(
                condition=models.Q(("etat", "en_cours")), fields=["jusque", "id"], name="dapias_a_renouveler"
            ),
        ),
        migrations.AddConstraint(
            model_name="dapias",
            constraint=models.CheckConstraint(
                condition=models.Q(("jusque__gt", models.F("depuis"))), name="dapias_periode"
            ),
        ),
        migrations.AddConstraint(
            model_name="dapias",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("etat", "close"), _negated=True),
                    models.Q(("motif_fin", ""), _negated=True),
                    _connector="OR",
                ),
                name="dapias_close_motivee",
            ),
        ),
        migrations.AddIndex(
            model_name="echeance",
            index=models.Index(fields=["dossier", "le", "id"], name="echeance_du_dossier"),
        ),
        migrations.AddIndex(
            model_name="echeance",
            index=models.Index(
                condition=models.Q(("etat", "a_faire")), fields=["le", "id"], name="echeance_a_venir"
            ),
        ),
        migrations.AddIndex(
            model_name="evolution",
            index=models.Index(fields=["dossier", "-depuis", "-id"], name="evolution_du_dossier"),
        ),
        migrations.AddConstraint(
            model_name="evolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("jusque__isnull", True), ("jusque__gte", models.F("depuis")), _connector="OR"
                ),
                name="evolution_periode",
            ),
        ),
        migrations.AddConstraint(
            model_name="evolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rayee_le__isnull", True), models.Q(("rayee_motif", ""), _negated=True), _connector="OR"
                ),
                name="evolution_rayee_motivee",
            ),
        ),
        migrations.AddConstraint(
            model_name="genrecontribution",
            constraint=models.UniqueConstraint(fields=("organisme", "code"), name="genre_opex_un_par_code"),
        ),
        migrations.AddIndex(
            model_name="contributionopex",
            index=models.Index(fields=["dossier", "-debut", "-id"], name="contribution_opex_du_dossier"),
        ),
        migrations.AddConstraint(
            model_name="contributionopex",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("etat__in", ["promise", "accordee", "en_versement", "versee", "annulee"])
                ),
                name="contribution_opex_etat",
            ),
        ),
        migrations.AddConstraint(
            model_name="contributionopex",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fin__isnull", True),
                    models.Q(
                        ("fin__gte", models.F("debut")), models.Q(("periodicite", "unique"), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="contribution_opex_periode",
            ),
        ),
        migrations.AddConstraint(
            model_name="contributionopex",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("etat", "en_versement"), _negated=True),
                    models.Q(("periodicite", "unique"), _negated=True),
                    _connector="OR",
                ),
                name="contribution_opex_en_versement",
            ),
        ),
        migrations.AddConstraint(
            model_name="contributionopex",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("etat", "versee"), _negated=True),
                    ("periodicite", "unique"),
                    ("fin__isnull", False),
                    _connector="OR",
                ),
                name="contribution_opex_versee_finie",
            ),
        ),
        migrations.AddConstraint(
            model_name="contributionopex",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taux__isnull", True), models.Q(("taux__gt", 0), ("taux__lte", 100)), _connector="OR"
                ),
                name="contribution_opex_taux",
            ),
        ),
        migrations.AddConstraint(
            model_name="contrat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("organisme__isnull", False), models.Q(("nom", ""), _negated=True), _connector="OR"
                ),
                name="contrat_nomme",
            ),
        ),
        migrations.AddIndex(
            model_name="lotimport",
            index=models.Index(fields=["unite", "-depose_le", "-id"], name="lot_de_l_unite"),
        ),
        migrations.AddConstraint(
            model_name="imprime",
            constraint=models.UniqueConstraint(fields=("dossier", "rang"), name="imprime_un_par_rang"),
        ),
        migrations.AddConstraint(
            model_name="imprime",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("retour_le__isnull", True),
                    models.Q(("depart_le__isnull", False), ("retour_le__gte", models.F("depart_le"))),
                    _connector="OR",
                ),
                name="imprime_periode",
            ),
        ),
        migrations.AddIndex(
            model_name="blessure",
            index=models.Index(fields=["survenue_le", "id"], name="blessure_recensement"),
        ),
        migrations.AddConstraint(
            model_name="blessure",
            constraint=models.UniqueConstraint(fields=("dossier", "rang"), name="blessure_une_par_rang"),
        ),
        migrations.AddConstraint(
            model_name="blessure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reconnaissance__in", ["reconnue", "refusee"]), _negated=True),
                    ("reconnue_le__isnull", False),
                    _connector="OR",
                ),
                name="blessure_reconnaissance_datee",
            ),
        ),
        migrations.AddConstraint(
            model_name="blessure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("evacuee_le__isnull", True),
                    ("evacuee_le__gte", models.F("survenue_le")),
                    _connector="OR",
                ),
                name="blessure_evacuation_apres",
            ),
        ),
        migrations.AddConstraint(
            model_name="personneaprevenir",
            constraint=models.UniqueConstraint(fields=("imprime", "ordre"), name="a_prevenir_un_par_ordre"),
        ),
        migrations.AddConstraint(
            model_name="suivi",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "etat__in",
                        ["identifie", "active", "en_suivi", "en_veille", "expire", "radie", "decede"],
                    )
                ),
                name="suivi_etat",
            ),
        ),
        migrations.AddConstraint(
            model_name="suivi",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("etat", "decede"), _negated=True), ("decede_le__isnull", False), _connector="OR"
                ),
                name="suivi_deces_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="suivi",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("etat__in", ["identifie", "expire", "radie"]),
                    ("active_le__isnull", False),
                    _connector="OR",
                ),
                name="suivi_activation_datee",
            ),
        ),
        migrations.AddConstraint(
            model_name="versioncontributionopex",
            constraint=models.UniqueConstraint(
                fields=("contribution", "rang"), name="version_opex_un_par_rang"
            ),
        ),
    ]
