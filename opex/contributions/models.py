"""What each partner gives after a wound, over a life: kinds as data, amounts once or periodic, paid or promised."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from dossiers.demandes.models import champ_montant
from dossiers.justificatifs.models import Justificatif
from dossiers.partages.models import Dossier
from opex.suivi.ayants_cause import AyantCause
from opex.suivi.models import Blessure
from partners.models import Habilitation, Organisme


class Forme(models.TextChoices):
    """How a kind is given, which says how it counts."""

    CAPITAL = "capital", "somme versée une fois"
    RENTE = "rente", "somme périodique (pension, rente)"
    PRET = "pret", "prêt, à rembourser"
    NATURE = "nature", "aide en nature"


class GenreContribution(models.Model):
    """A kind of contribution of one partner. Data: each partner has its own."""

    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="genres_opex", db_index=False)
    code = models.SlugField("code", max_length=40)
    nom = models.CharField("nom", max_length=120)
    forme = models.CharField("forme", max_length=8, choices=Forme)
    avec_taux = models.BooleanField(
        "porte un taux", default=False, help_text="Par exemple une pension d’invalidité."
    )
    actif = models.BooleanField("proposé", default=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "opex_genre_contribution"
        ordering = ["organisme", "ordre", "pk"]
        verbose_name = "genre de contribution"
        constraints = [models.UniqueConstraint(fields=["organisme", "code"], name="genre_opex_un_par_code")]

    def __str__(self) -> str:
        return self.nom


class EtatContributionOpex(models.TextChoices):
    PROMISE = "promise", "promise"
    ACCORDEE = "accordee", "accordée"
    EN_VERSEMENT = "en_versement", "en cours de versement"
    VERSEE = "versee", "versée"
    ANNULEE = "annulee", "annulée"


TRANSITIONS: dict[str, frozenset[str]] = {
    "promise": frozenset({"accordee", "en_versement", "versee", "annulee"}),
    "accordee": frozenset({"promise", "en_versement", "versee", "annulee"}),
    "en_versement": frozenset({"accordee", "versee", "annulee"}),
    "versee": frozenset({"accordee", "en_versement", "annulee"}),
    "annulee": frozenset(),
}
TONS = {
    "promise": "attente",
    "accordee": "info",
    "en_versement": "accord",
    "versee": "accord",
    "annulee": "refus",
}


class PeriodiciteOpex(models.TextChoices):
    UNIQUE = "unique", "une seule fois"
    MENSUELLE = "mensuelle", "par mois"
    TRIMESTRIELLE = "trimestrielle", "par trimestre"
    ANNUELLE = "annuelle", "par an"


class ContributionOpex(models.Model):
    """One aid of one partner, which alone writes it, or the CNMSS on its behalf. A correction is a new version."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="contributions_opex", db_index=False)
    blessure = models.ForeignKey(
        Blessure, models.PROTECT, null=True, blank=True, related_name="contributions", verbose_name="blessure"
    )
    organisme = models.ForeignKey(Organisme, models.PROTECT, related_name="contributions_opex")
    genre = models.ForeignKey(GenreContribution, models.PROTECT, related_name="contributions")
    beneficiaire = models.ForeignKey(
        AyantCause, models.PROTECT, null=True, blank=True, related_name="contributions",
        verbose_name="bénéficiaire",
    )  # fmt: skip
    etat = models.CharField(
        "état", max_length=12, choices=EtatContributionOpex, default=EtatContributionOpex.ACCORDEE
    )
    libelle = models.CharField("objet", max_length=160, blank=True)
    # An aid in kind may have no amount: it is then counted, and adds nothing.
    montant = champ_montant("montant", default=0)
    periodicite = models.CharField(
        "périodicité", max_length=14, choices=PeriodiciteOpex, default=PeriodiciteOpex.UNIQUE
    )
    # The day of the payment or of the decision; of a periodic amount, its first instalment.
    debut = models.DateField("date, ou premier versement le")
    fin = models.DateField("dernier versement au plus tard le", null=True, blank=True)
    taux = models.DecimalField("taux (%)", max_digits=5, decimal_places=2, null=True, blank=True)
    commentaire = models.CharField("commentaire partagé", max_length=1000, blank=True)
    pieces = models.ManyToManyField(Justificatif, blank=True, related_name="contributions_opex")
    saisie_par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    cree_le = models.DateTimeField(default=timezone.now)
    maj_le = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "opex_contribution"
        ordering = ["-debut", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(etat__in=EtatContributionOpex.values), name="contribution_opex_etat"
            ),
            models.CheckConstraint(condition=Q(montant__gte=0), name="contribution_opex_montant"),
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gte=F("debut")) & ~Q(periodicite="unique"),
                name="contribution_opex_periode",
            ),
            # What is being paid is periodic; what is paid up has an end.
            models.CheckConstraint(
                condition=~Q(etat="en_versement") | ~Q(periodicite="unique"),
                name="contribution_opex_en_versement",
            ),
            models.CheckConstraint(
                condition=~Q(etat="versee") | Q(periodicite="unique") | Q(fin__isnull=False),
                name="contribution_opex_versee_finie",
            ),
            models.CheckConstraint(
                condition=Q(taux__isnull=True) | Q(taux__gt=0, taux__lte=100), name="contribution_opex_taux"
            ),
        ]
        indexes = [
            models.Index(fields=["dossier", "-debut", "-id"], name="contribution_opex_du_dossier"),
        ]

    def __str__(self) -> str:
        return f"{self.organisme_id} {self.genre_id} {self.debut:%Y-%m-%d}"

    @property
    def etat_ton(self) -> str:
        return TONS[self.etat]


class VersionContributionOpex(models.Model):
    """One state of a contribution as it was recorded. Append-only."""

    contribution = models.ForeignKey(
        ContributionOpex, models.PROTECT, related_name="versions", db_index=False
    )
    rang = models.PositiveIntegerField()
    genre = models.ForeignKey(GenreContribution, models.PROTECT, related_name="+")
    blessure = models.ForeignKey(Blessure, models.PROTECT, null=True, blank=True, related_name="+")
    etat = models.CharField(max_length=12, choices=EtatContributionOpex)
    libelle = models.CharField(max_length=160, blank=True)
    montant = champ_montant("montant")
    periodicite = models.CharField(max_length=14, choices=PeriodiciteOpex)
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)
    taux = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    commentaire = models.CharField(max_length=1000, blank=True)
    motif = models.CharField("motif de la correction", max_length=200, blank=True)
    auteur = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    enregistree_le = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "opex_version_contribution"
        ordering = ["-rang"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "rang"], name="version_opex_un_par_rang")
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} v{self.rang}"
