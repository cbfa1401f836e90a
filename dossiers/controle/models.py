"""What the data protection officer watches: rules as data, the alerts that they raise, and their review."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partners.models import Habilitation, Organisme


class CodeRegle(models.TextChoices):
    RAFALE = "rafale", "Beaucoup de dossiers en peu de temps"
    HOMONYME = "homonyme", "Dossier d’une personne du même nom que l’agent"
    HORS_PERIMETRE = "hors_perimetre", "Dossier lu hors du périmètre habituel"
    REFUS = "refus", "Accès refusés en nombre"
    NUIT = "nuit", "Accès la nuit"
    REVELATIONS = "revelations", "Beaucoup de NIR affichés"
    SORTIES = "sorties", "Beaucoup d’impressions, d’exports ou de téléchargements"
    LISTES = "listes", "Listes parcourues ou recherches en nombre"


# What each rule counts, for one and for several.
COMPTES = {
    "rafale": "dossier différent,dossiers différents",
    "homonyme": "accès à un dossier,accès à un dossier",
    "hors_perimetre": "accès à un dossier,accès à un dossier",
    "refus": "accès refusé,accès refusés",
    "nuit": "accès,accès",
    "revelations": "NIR affiché,NIR affichés",
    "sorties": "document sorti,documents sortis",
    "listes": "page de liste ou recherche,pages de listes ou recherches",
}


class RegleAlerte(models.Model):
    """One rule of unusual access, set by the data protection officer."""

    code = models.CharField(primary_key=True, max_length=16, choices=CodeRegle)
    active = models.BooleanField("active", default=True)
    seuil = models.PositiveIntegerField("à partir de", default=1)
    fenetre = models.PositiveSmallIntegerField("en combien de minutes", null=True, blank=True)
    debut_nuit = models.TimeField("la nuit commence à", null=True, blank=True)
    fin_nuit = models.TimeField("et finit à", null=True, blank=True)
    modifiee_le = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "dossiers_regle_alerte"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(code__in=CodeRegle.values), name="regle_alerte_code"),
            models.CheckConstraint(condition=Q(seuil__gte=1, seuil__lte=10_000), name="regle_alerte_seuil"),
            models.CheckConstraint(
                condition=Q(fenetre__isnull=True) | Q(fenetre__gte=5, fenetre__lte=1440),
                name="regle_alerte_fenetre",
            ),
            models.CheckConstraint(
                condition=~Q(code="nuit")
                | Q(debut_nuit__isnull=False, fin_nuit__isnull=False) & ~Q(debut_nuit=F("fin_nuit")),
                name="regle_alerte_nuit",
            ),
        ]

    def __str__(self) -> str:
        return self.get_code_display()

    @property
    def compte(self) -> str:
        """What it counts, in the two forms that the `pluriel` filter takes."""
        return COMPTES[self.code]


class EtatAlerte(models.TextChoices):
    A_EXAMINER = "a_examiner", "à examiner"
    EN_EXAMEN = "en_examen", "en examen"
    JUSTIFIEE = "justifiee", "justifiée"
    INJUSTIFIEE = "injustifiee", "injustifiée"
    SANS_SUITE = "sans_suite", "sans suite"


CONCLUSIONS = frozenset({EtatAlerte.JUSTIFIEE, EtatAlerte.INJUSTIFIEE, EtatAlerte.SANS_SUITE})
TRANSITIONS: dict[str, frozenset[str]] = {
    "a_examiner": frozenset({"en_examen"}),
    "en_examen": frozenset({"justifiee", "injustifiee", "sans_suite"}),
    "justifiee": frozenset(),
    "injustifiee": frozenset(),
    "sans_suite": frozenset(),
}
TONS = {
    "a_examiner": "attente", "en_examen": "info", "justifiee": "accord", "injustifiee": "refus", "sans_suite": "calme",
}  # fmt: skip


class Alerte(models.Model):
    """An unusual access, once a rule, a subject and a moment; the rows of the journal that it rests on."""

    regle = models.ForeignKey(RegleAlerte, models.PROTECT, related_name="alertes")
    sujet = models.CharField(max_length=60)
    utilisateur = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    habilitation = models.ForeignKey(Habilitation, models.PROTECT, null=True, related_name="+")
    organisme = models.ForeignKey(Organisme, models.PROTECT, null=True, related_name="+")
    # A number, not a key: as in the journal, it outlives the dossier.
    objet = models.CharField(max_length=40, blank=True)
    debut = models.DateTimeField("début")
    fin = models.DateTimeField("fin")
    nombre = models.PositiveIntegerField()
    lignes = ArrayField(models.BigIntegerField(), default=list)
    etat = models.CharField("état", max_length=12, choices=EtatAlerte, default=EtatAlerte.A_EXAMINER)
    creee_le = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "dossiers_alerte"
        ordering = ["-creee_le", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["regle", "sujet", "debut"], name="alerte_unique"),
            models.CheckConstraint(condition=Q(fin__gte=F("debut")), name="alerte_periode"),
            models.CheckConstraint(condition=Q(etat__in=EtatAlerte.values), name="alerte_etat"),
        ]
        indexes = [
            # the list, with and without its filter on the state
            models.Index(fields=["etat", "-creee_le", "-id"], name="alerte_liste_etat"),
            models.Index(fields=["-creee_le", "-id"], name="alerte_liste"),
        ]

    def __str__(self) -> str:
        return f"alerte {self.pk}"

    @property
    def etat_ton(self) -> str:
        """Tone of the badge that shows its state."""
        return TONS[self.etat]

    @property
    def conclue(self) -> bool:
        """Whether its review is over."""
        return self.etat in CONCLUSIONS


class ExamenAlerte(models.Model):
    """One step of the review of an alert. Append-only."""

    alerte = models.ForeignKey(Alerte, models.PROTECT, related_name="examens")
    vers = models.CharField(max_length=12, choices=EtatAlerte)
    commentaire = models.TextField("commentaire", blank=True, max_length=2000)
    par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    quand = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "dossiers_examen_alerte"
        ordering = ["quand", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(vers="en_examen") | ~Q(commentaire=""), name="examen_alerte_motive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alerte_id} {self.vers}"


class RepereSurveillance(models.Model):
    """Up to which seal of the journal the watch has read: one row."""

    sceau = models.BigIntegerField(default=0)

    class Meta:
        db_table = "dossiers_repere_surveillance"

    def __str__(self) -> str:
        return f"sceau {self.sceau}"
