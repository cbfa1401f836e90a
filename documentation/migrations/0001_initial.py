import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# French stems on unaccented words: plurals and accents are ignored, in what is written and in what is searched.
FRANCAIS = (
    """
    CREATE TEXT SEARCH CONFIGURATION public.francais (COPY = pg_catalog.french);
    ALTER TEXT SEARCH CONFIGURATION public.francais
      ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, french_stem;
    """,
    "DROP TEXT SEARCH CONFIGURATION public.francais;",
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("fichiers", "0010_coffres"),
        ("dossierunique", "0001_roles"),
        ("partners", "0020_authentification"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(*FRANCAIS),
        migrations.CreateModel(
            name="Rubrique",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=30, unique=True, verbose_name="code")),
                ("nom", models.CharField(max_length=80, verbose_name="nom")),
                ("description", models.CharField(max_length=200, verbose_name="description")),
                ("ordre", models.PositiveSmallIntegerField(default=0, verbose_name="rang")),
            ],
            options={
                "verbose_name": "rubrique",
                "ordering": ["ordre", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="adresse")),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("brouillon", "brouillon"),
                            ("en_relecture", "à relire"),
                            ("publie", "publié"),
                            ("retire", "retiré"),
                        ],
                        default="brouillon",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                (
                    "empreinte",
                    models.CharField(blank=True, max_length=64, verbose_name="empreinte du fichier"),
                ),
                (
                    "modifie_le",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="modifié le"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "organisme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="partners.organisme",
                    ),
                ),
            ],
            options={
                "verbose_name": "article",
                "ordering": ["-modifie_le", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="MotConnu",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mot", models.CharField(max_length=40, unique=True, verbose_name="mot")),
                ("forme", models.CharField(max_length=40, verbose_name="forme sans accent")),
                ("racine", models.CharField(db_index=True, max_length=80, verbose_name="racine")),
                ("nombre", models.PositiveIntegerField(verbose_name="articles")),
            ],
            options={
                "verbose_name": "mot connu",
                "db_table": "documentation_mot",
                "ordering": ["mot"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["forme"], name="mot_connu_trigrammes", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VersionArticle",
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
                            ("article", "article"),
                            ("guide", "guide"),
                            ("fiche", "fiche"),
                            ("texte", "texte officiel"),
                            ("formulaire", "formulaire"),
                            ("actualite", "actualité"),
                        ],
                        default="article",
                        max_length=12,
                        verbose_name="genre",
                    ),
                ),
                ("titre", models.CharField(max_length=150, verbose_name="titre")),
                ("resume", models.CharField(max_length=200, verbose_name="résumé")),
                ("mots", models.CharField(blank=True, max_length=500, verbose_name="autres mots")),
                ("corps", models.TextField(verbose_name="texte")),
                (
                    "profils",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
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
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "programmes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("DU", "Dossier unique"), ("OPEX", "Dossier unique OPEX")], max_length=8
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "organismes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                ("public", models.BooleanField(default=False, verbose_name="lisible sans se connecter")),
                ("parait_le", models.DateField(blank=True, null=True, verbose_name="paraît le")),
                (
                    "expire_le",
                    models.DateField(blank=True, null=True, verbose_name="n’est plus lisible après le"),
                ),
                (
                    "valable_jusqu_au",
                    models.DateField(blank=True, null=True, verbose_name="valable jusqu’au"),
                ),
                ("reference", models.CharField(blank=True, max_length=200, verbose_name="référence")),
                ("date_texte", models.DateField(blank=True, null=True, verbose_name="date du texte")),
                ("source", models.URLField(blank=True, max_length=400, verbose_name="adresse du texte")),
                (
                    "voir",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=80), blank=True, default=list, size=None
                    ),
                ),
                (
                    "ordre",
                    models.PositiveSmallIntegerField(default=100, verbose_name="rang dans la rubrique"),
                ),
                ("numero", models.PositiveIntegerField(verbose_name="numéro")),
                (
                    "redacteurs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("le", models.DateTimeField(default=django.utils.timezone.now, verbose_name="publiée le")),
                ("texte", models.TextField(editable=False, verbose_name="texte sans mise en forme")),
                (
                    "recherche",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.CombinedSearchVector(
                                django.contrib.postgres.search.CombinedSearchVector(
                                    django.contrib.postgres.search.SearchVector(
                                        "titre", config="francais", weight="A"
                                    ),
                                    "||",
                                    django.contrib.postgres.search.SearchVector(
                                        "mots", config="francais", weight="B"
                                    ),
                                    django.contrib.postgres.search.SearchConfig("francais"),
                                ),
                                "||",
                                django.contrib.postgres.search.SearchVector(
                                    "resume", config="francais", weight="C"
                                ),
                                django.contrib.postgres.search.SearchConfig("francais"),
                            ),
                            "||",
                            django.contrib.postgres.search.SearchVector(
                                "texte", config="francais", weight="D"
                            ),
                            django.contrib.postgres.search.SearchConfig("francais"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="documentation.article",
                    ),
                ),
                (
                    "auteur",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "relue_par",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rubrique",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documentation.rubrique",
                    ),
                ),
            ],
            options={
                "verbose_name": "version",
                "ordering": ["-le", "-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LectureArticle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("le", models.DateTimeField(default=django.utils.timezone.now, verbose_name="lue le")),
                (
                    "utilisateur",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lectures",
                        to="documentation.versionarticle",
                    ),
                ),
            ],
            options={
                "verbose_name": "lecture",
                "db_table": "documentation_lecture",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="AvisArticle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("utile", models.BooleanField(verbose_name="utile")),
                ("mots", models.CharField(blank=True, max_length=500, verbose_name="remarque")),
                ("le", models.DateTimeField(default=django.utils.timezone.now, verbose_name="donné le")),
                (
                    "utilisateur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="avis",
                        to="documentation.versionarticle",
                    ),
                ),
            ],
            options={
                "verbose_name": "avis de lecteur",
                "db_table": "documentation_avis",
                "ordering": ["-le", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="publiee",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="en_ligne",
                to="documentation.versionarticle",
            ),
        ),
        migrations.CreateModel(
            name="PieceArticle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "genre",
                    models.CharField(
                        choices=[("document", "document à télécharger"), ("image", "image du texte")],
                        max_length=8,
                        verbose_name="genre",
                    ),
                ),
                ("cle", models.SlugField(max_length=40, verbose_name="nom dans le texte")),
                ("titre", models.CharField(max_length=150, verbose_name="titre")),
                (
                    "ajoutee_le",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="ajoutée le"),
                ),
                ("publiee_le", models.DateTimeField(blank=True, null=True, verbose_name="publiée le")),
                (
                    "a_retirer",
                    models.BooleanField(default=False, verbose_name="à retirer à la prochaine publication"),
                ),
                ("retiree_le", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                (
                    "ajoutee_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pieces",
                        to="documentation.article",
                    ),
                ),
                (
                    "fichier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="fichiers.fichier"
                    ),
                ),
            ],
            options={
                "verbose_name": "pièce jointe",
                "db_table": "documentation_piece",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retiree_le__isnull", True)),
                        fields=("article", "cle"),
                        name="piece_article_cle",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("genre__in", ["document", "image"])), name="piece_article_genre"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Redaction",
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
                            ("article", "article"),
                            ("guide", "guide"),
                            ("fiche", "fiche"),
                            ("texte", "texte officiel"),
                            ("formulaire", "formulaire"),
                            ("actualite", "actualité"),
                        ],
                        default="article",
                        max_length=12,
                        verbose_name="genre",
                    ),
                ),
                ("titre", models.CharField(max_length=150, verbose_name="titre")),
                ("resume", models.CharField(max_length=200, verbose_name="résumé")),
                ("mots", models.CharField(blank=True, max_length=500, verbose_name="autres mots")),
                ("corps", models.TextField(verbose_name="texte")),
                (
                    "profils",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
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
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "programmes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("DU", "Dossier unique"), ("OPEX", "Dossier unique OPEX")], max_length=8
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "organismes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                ("public", models.BooleanField(default=False, verbose_name="lisible sans se connecter")),
                ("parait_le", models.DateField(blank=True, null=True, verbose_name="paraît le")),
                (
                    "expire_le",
                    models.DateField(blank=True, null=True, verbose_name="n’est plus lisible après le"),
                ),
                (
                    "valable_jusqu_au",
                    models.DateField(blank=True, null=True, verbose_name="valable jusqu’au"),
                ),
                ("reference", models.CharField(blank=True, max_length=200, verbose_name="référence")),
                ("date_texte", models.DateField(blank=True, null=True, verbose_name="date du texte")),
                ("source", models.URLField(blank=True, max_length=400, verbose_name="adresse du texte")),
                (
                    "voir",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=80), blank=True, default=list, size=None
                    ),
                ),
                (
                    "ordre",
                    models.PositiveSmallIntegerField(default=100, verbose_name="rang dans la rubrique"),
                ),
                (
                    "redacteurs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "renvoi",
                    models.CharField(blank=True, max_length=500, verbose_name="ce qui est à reprendre"),
                ),
                (
                    "modifiee_le",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="modifiée le"),
                ),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redaction",
                        to="documentation.article",
                    ),
                ),
                (
                    "auteur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rubrique",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documentation.rubrique",
                    ),
                ),
            ],
            options={
                "verbose_name": "rédaction",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("genre__in", ["article", "guide", "fiche", "texte", "formulaire", "actualite"])
                        ),
                        name="redaction_genre",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("public", False),
                            models.Q(("organismes__len", 0), ("profils__len", 0), ("programmes__len", 0)),
                            _connector="OR",
                        ),
                        name="redaction_public_pour_tous",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expire_le__isnull", True),
                            ("parait_le__isnull", True),
                            ("expire_le__gte", models.F("parait_le")),
                            _connector="OR",
                        ),
                        name="redaction_periode",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="versionarticle",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["recherche"], name="version_article_recherche"
            ),
        ),
        migrations.AddIndex(
            model_name="versionarticle",
            index=models.Index(
                condition=models.Q(("valable_jusqu_au__isnull", False)),
                fields=["valable_jusqu_au"],
                name="version_article_validite",
            ),
        ),
        migrations.AddConstraint(
            model_name="versionarticle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("genre__in", ["article", "guide", "fiche", "texte", "formulaire", "actualite"])
                ),
                name="versionarticle_genre",
            ),
        ),
        migrations.AddConstraint(
            model_name="versionarticle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("public", False),
                    models.Q(("organismes__len", 0), ("profils__len", 0), ("programmes__len", 0)),
                    _connector="OR",
                ),
                name="versionarticle_public_pour_tous",
            ),
        ),
        migrations.AddConstraint(
            model_name="versionarticle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expire_le__isnull", True),
                    ("parait_le__isnull", True),
                    ("expire_le__gte", models.F("parait_le")),
                    _connector="OR",
                ),
                name="versionarticle_periode",
            ),
        ),
        migrations.AddConstraint(
            model_name="versionarticle",
            constraint=models.UniqueConstraint(fields=("article", "numero"), name="version_article_numero"),
        ),
        migrations.AddConstraint(
            model_name="versionarticle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("auteur__isnull", True), ("relue_par__isnull", True)),
                    models.Q(
                        ("auteur__isnull", False),
                        ("relue_par__isnull", False),
                        models.Q(("relue_par", models.F("auteur")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="version_article_relue_par_une_autre",
            ),
        ),
        migrations.AddConstraint(
            model_name="lecturearticle",
            constraint=models.UniqueConstraint(
                fields=("utilisateur", "version"), name="lecture_article_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="avisarticle",
            constraint=models.UniqueConstraint(
                fields=("version", "utilisateur"), name="avis_article_un_par_personne"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["organisme", "-modifie_le", "-id"], name="article_organisme"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["-modifie_le", "-id"], name="article_recents"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("etat__in", ["brouillon", "en_relecture", "publie", "retire"])),
                name="article_etat",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("etat", "publie"), _negated=True), ("publiee__isnull", False), _connector="OR"
                ),
                name="article_publie_a_une_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("etat", "retire"), _negated=True), ("publiee__isnull", True), _connector="OR"
                ),
                name="article_retire_ne_se_lit_plus",
            ),
        ),
    ]
