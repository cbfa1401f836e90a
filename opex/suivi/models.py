"""The wounded person's life with us: where the dossier stands, the wounds, what became of them, what is due next."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from dossiers.partages.models import Dossier
from opex.imprimes.models import Operation
from opex.suivi.etats import TONS, EtatSuivi
from partners.models import Habilitation, Organisme


class Origine(models.TextChoices):
    IMPRIME = "imprime", "imprimé d’identification"
    A_POSTERIORI = "a_posteriori", "ouvert a posteriori"


class Suivi(models.Model):
    """Where an OPEX dossier stands, and who follows it. One a dossier, for life."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, primary_key=True, related_name="suivi")
    etat = models.CharField("état", max_length=10, choices=EtatSuivi, default=EtatSuivi.IDENTIFIE)
    origine = models.CharField("origine", max_length=12, choices=Origine, default=Origine.IMPRIME)
    # Who holds the pen: the cell for the wounded of the army, then the ONaCVG once the person has left the service.
    porteur = models.ForeignKey(Organisme, models.PROTECT, null=True, blank=True, related_name="+")
    referent = models.ForeignKey(Habilitation, models.PROTECT, null=True, blank=True, related_name="+")
    active_le = models.DateTimeField("activé le", null=True, blank=True)
    decede_le = models.DateField("décédé le", null=True, blank=True)
    radie_le = models.DateField("a quitté le service le", null=True, blank=True)
    maj_le = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "opex_suivi"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(etat__in=EtatSuivi.values), name="suivi_etat"),
            models.CheckConstraint(
                condition=~Q(etat="decede") | Q(decede_le__isnull=False), name="suivi_deces_date"
            ),
            models.CheckConstraint(
                condition=Q(etat__in=["identifie", "expire", "radie"]) | Q(active_le__isnull=False),
                name="suivi_activation_datee",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.etat}"

    @property
    def etat_ton(self) -> str:
        return TONS[self.etat]


class Relais(models.Model):
    """A handover: who followed the person, who does from now on. Append-only."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="relais")
    de = models.ForeignKey(Organisme, models.PROTECT, null=True, blank=True, related_name="+")
    vers = models.ForeignKey(Organisme, models.PROTECT, related_name="+")
    referent = models.ForeignKey(Habilitation, models.PROTECT, null=True, blank=True, related_name="+")
    motif = models.CharField("motif", max_length=300)
    par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    quand = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "opex_relais"
        ordering = ["-quand", "-pk"]

    def __str__(self) -> str:
        return f"{self.dossier_id} → {self.vers_id}"


class Circonstances(models.TextChoices):
    COMBAT = "combat", "combat"
    ENGIN = "engin_explosif", "engin explosif"
    ACCIDENT = "accident", "accident"
    MALADIE = "maladie", "maladie"
    PSYCHIQUE = "psychique", "blessure psychique"


class Gravite(models.TextChoices):
    LEGERE = "legere", "légère"
    SERIEUSE = "serieuse", "sérieuse"
    GRAVE = "grave", "grave"
    TRES_GRAVE = "tres_grave", "très grave"


class Evacuation(models.TextChoices):
    AUCUNE = "aucune", "pas d’évacuation"
    THEATRE = "theatre", "vers un hôpital du théâtre"
    METROPOLE = "metropole", "vers la métropole"


class Reconnaissance(models.TextChoices):
    NON_DEMANDEE = "non_demandee", "non demandée"
    DEMANDEE = "demandee", "demandée"
    RECONNUE = "reconnue", "reconnue blessure de guerre"
    REFUSEE = "refusee", "refusée"


class Blessure(models.Model):
    """One wound. There may be several in a life; each is told once and completed, never taken away."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="blessures", db_index=False)
    rang = models.PositiveSmallIntegerField("rang")
    survenue_le = models.DateField("survenue le")
    heure = models.TimeField("heure", null=True, blank=True)
    lieu = models.CharField("lieu", max_length=120, blank=True)
    theatre = models.CharField("théâtre", max_length=80)
    operation = models.ForeignKey(Operation, models.PROTECT, null=True, blank=True, related_name="blessures")
    circonstances = models.CharField("circonstances", max_length=14, choices=Circonstances)
    gravite = models.CharField("gravité", max_length=10, choices=Gravite)
    # In the words of the message: never a diagnosis, which is a medical paper.
    recit = models.CharField("précision, sans terme médical", max_length=500, blank=True)
    message = models.CharField("référence du message", max_length=80, blank=True)
    evacuation = models.CharField("évacuation", max_length=10, choices=Evacuation, default=Evacuation.AUCUNE)
    evacuee_le = models.DateField("évacuée le", null=True, blank=True)
    hopital = models.CharField("hôpital", max_length=120, blank=True)
    reconnaissance = models.CharField(
        "blessure de guerre", max_length=12, choices=Reconnaissance, default=Reconnaissance.NON_DEMANDEE
    )
    reconnue_le = models.DateField("date de la décision", null=True, blank=True)
    a_posteriori = models.BooleanField("signalée a posteriori", default=False)
    signalee_par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    signalee_le = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "opex_blessure"
        ordering = ["rang"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "rang"], name="blessure_une_par_rang"),
            models.CheckConstraint(
                condition=~Q(reconnaissance__in=["reconnue", "refusee"]) | Q(reconnue_le__isnull=False),
                name="blessure_reconnaissance_datee",
            ),
            models.CheckConstraint(
                condition=Q(evacuee_le__isnull=True) | Q(evacuee_le__gte=F("survenue_le")),
                name="blessure_evacuation_apres",
            ),
        ]
        indexes = [models.Index(fields=["survenue_le", "id"], name="blessure_recensement")]

    def __str__(self) -> str:
        return f"blessure du {self.survenue_le:%Y-%m-%d}"


class GenreEvolution(models.TextChoices):
    EVACUATION = "evacuation", "évacuation"
    HOSPITALISATION = "hospitalisation", "hospitalisation"
    SORTIE = "sortie", "sortie d’hôpital"
    CONVALESCENCE = "convalescence", "convalescence"
    REPRISE = "reprise", "reprise du service"
    REEDUCATION = "reeducation", "rééducation"
    CONSOLIDATION = "consolidation", "consolidation"
    RECHUTE = "rechute", "rechute"
    SEJOUR = "sejour", "séjour"
    RECONVERSION = "reconversion", "reconversion"
    AUTRE = "autre", "autre évolution"


class Evolution(models.Model):
    """What became of a wound, in time: a stay, a return to duty. Append-only; a mistake is struck out with a reason."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="evolutions", db_index=False)
    blessure = models.ForeignKey(Blessure, models.PROTECT, related_name="evolutions")
    genre = models.CharField("genre", max_length=16, choices=GenreEvolution)
    depuis = models.DateField("depuis le")
    jusque = models.DateField("jusqu’au", null=True, blank=True)
    lieu = models.CharField("lieu", max_length=120, blank=True)
    precision = models.CharField("précision, sans terme médical", max_length=500, blank=True)
    par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    enregistree_le = models.DateTimeField(default=timezone.now)
    rayee_le = models.DateTimeField(null=True, blank=True)
    rayee_motif = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "opex_evolution"
        ordering = ["-depuis", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(jusque__isnull=True) | Q(jusque__gte=F("depuis")), name="evolution_periode"
            ),
            models.CheckConstraint(
                condition=Q(rayee_le__isnull=True) | ~Q(rayee_motif=""), name="evolution_rayee_motivee"
            ),
        ]
        indexes = [models.Index(fields=["dossier", "-depuis", "-id"], name="evolution_du_dossier")]

    def __str__(self) -> str:
        return f"{self.genre} {self.depuis:%Y-%m-%d}"


class EtatDapias(models.TextChoices):
    EN_COURS = "en_cours", "en cours"
    RENOUVELEE = "renouvelee", "renouvelée"
    CLOSE = "close", "close"


TRANSITIONS_DAPIAS: dict[str, frozenset[str]] = {
    "en_cours": frozenset({"renouvelee", "close"}),
    "renouvelee": frozenset(),
    "close": frozenset(),
}


class Dapias(models.Model):
    """A déclaration d’affection présumée imputable au service: six months, then renewed or closed."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="dapias")
    blessure = models.ForeignKey(Blessure, models.PROTECT, related_name="dapias")
    reference = models.CharField("référence", max_length=60)
    depuis = models.DateField("depuis le")
    jusque = models.DateField("jusqu’au")
    etat = models.CharField("état", max_length=10, choices=EtatDapias, default=EtatDapias.EN_COURS)
    precedente = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="suivante", verbose_name="renouvelle"
    )
    motif_fin = models.CharField("motif de clôture", max_length=200, blank=True)
    par = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "opex_dapias"
        ordering = ["-depuis", "-pk"]
        verbose_name = "DAPIAS"
        verbose_name_plural = "DAPIAS"
        constraints = [
            models.CheckConstraint(condition=Q(jusque__gt=F("depuis")), name="dapias_periode"),
            models.CheckConstraint(
                condition=~Q(etat="close") | ~Q(motif_fin=""), name="dapias_close_motivee"
            ),
        ]
        indexes = [
            models.Index(fields=["jusque", "id"], condition=Q(etat="en_cours"), name="dapias_a_renouveler")
        ]

    def __str__(self) -> str:
        return self.reference


class GenreEcheance(models.TextChoices):
    EPFP = "epfp", "demande à l’EPFP"
    DAPIAS = "dapias", "renouvellement de la DAPIAS"
    LIBRE = "libre", "étape"


class EtatEcheance(models.TextChoices):
    A_FAIRE = "a_faire", "à faire"
    FAITE = "faite", "faite"
    SANS_OBJET = "sans_objet", "sans objet"


TRANSITIONS_ECHEANCE: dict[str, frozenset[str]] = {
    "a_faire": frozenset({"faite", "sans_objet"}),
    "faite": frozenset({"a_faire"}),
    "sans_objet": frozenset({"a_faire"}),
}


class Echeance(models.Model):
    """A next step with its date: the ones that the rules give, and those that the referent writes."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="echeances", db_index=False)
    genre = models.CharField("genre", max_length=8, choices=GenreEcheance, default=GenreEcheance.LIBRE)
    libelle = models.CharField("étape", max_length=160)
    le = models.DateField("avant le")
    etat = models.CharField("état", max_length=10, choices=EtatEcheance, default=EtatEcheance.A_FAIRE)
    blessure = models.ForeignKey(Blessure, models.PROTECT, null=True, blank=True, related_name="echeances")
    dapias = models.ForeignKey(Dapias, models.PROTECT, null=True, blank=True, related_name="echeances")
    prevenue_le = models.DateTimeField(null=True, blank=True)
    par = models.ForeignKey(Habilitation, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "opex_echeance"
        ordering = ["le", "pk"]
        verbose_name = "échéance"
        indexes = [
            models.Index(fields=["dossier", "le", "id"], name="echeance_du_dossier"),
            models.Index(fields=["le", "id"], condition=Q(etat="a_faire"), name="echeance_a_venir"),
        ]

    def __str__(self) -> str:
        return self.libelle
