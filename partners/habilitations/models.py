"""Habilitations: who may act for which organisme, under which profil, where and until when."""

from datetime import date
from functools import cached_property

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from partners.organismes.models import Organisme, Programme, TypeOrganisme, Unite, programmes_par_defaut


class Profil(models.TextChoices):
    CORRESPONDANT = "correspondant", "correspondant d’unité"
    GESTIONNAIRE = "gestionnaire", "gestionnaire CNMSS"
    NUMERISATION = "numerisation", "agent de numérisation"
    SECRETAIRE = "secretaire", "secrétaire de commission"
    MEMBRE = "membre", "membre de commission"
    PRESIDENT = "president", "président de commission"
    MEDECIN = "medecin", "médecin-conseil"
    PARTENAIRE = "partenaire", "gestionnaire partenaire"
    ASSISTANT_SOCIAL = "assistant_social", "assistant de service social"
    DECIDEUR_ASD = "decideur_asd", "décideur ASD"
    REFERENT_OPEX = "referent_opex", "référent OPEX"
    ADMINISTRATEUR = "administrateur", "administrateur des habilitations"
    DPO = "dpo", "délégué à la protection des données"
    SUPERVISEUR = "superviseur", "superviseur"
    RESPONSABLE = "responsable", "responsable d’habilitations de l’organisme"


# Statistics or accounts only; the commission's members will read a sitting's file, not the portal's lists.
PROFILS_SANS_DOSSIER = frozenset(
    {Profil.ADMINISTRATEUR, Profil.SUPERVISEUR, Profil.RESPONSABLE, Profil.MEMBRE, Profil.PRESIDENT}
)
PROFILS_D_UNITE = frozenset({Profil.CORRESPONDANT})


class EtatHabilitation(models.TextChoices):
    DEMANDEE = "demandee", "demandée"
    VALIDEE = "validee", "validée"
    ACTIVE = "active", "active"
    SUSPENDUE = "suspendue", "suspendue"
    CLOSE = "close", "close"


# How each state is shown: the tone of its badge.
TONS = {"demandee": "calme", "validee": "info", "active": "accord", "suspendue": "attente", "close": "calme"}

# Asked for and not yet given.
EN_ATTENTE = ("demandee", "validee")
VIVANTES = ("demandee", "validee", "active", "suspendue")


class CauseSuspension(models.TextChoices):
    """Who stopped it: what only the calendar stopped may be resumed by the organisme's responsable."""

    DECISION = "decision", "décision de l’administrateur"
    INUTILISEE = "inutilisee", "longue inutilisation"
    REVUE = "revue", "revue annuelle sans réponse"


# A direct grant by the CNMSS starts at `active`.
TRANSITIONS = {
    "demandee": frozenset({"validee", "active", "close"}),
    "validee": frozenset({"active", "close"}),
    "active": frozenset({"suspendue", "close"}),
    "suspendue": frozenset({"active", "close"}),
    "close": frozenset(),
}

# Which kinds of organisme may hold which profil [P].
TYPES_PAR_PROFIL: dict[str, frozenset[str]] = {
    Profil.CORRESPONDANT: frozenset({TypeOrganisme.ETAT_MAJOR, TypeOrganisme.SSA}),
    Profil.PARTENAIRE: frozenset(set(TypeOrganisme.values) - {TypeOrganisme.CNMSS, TypeOrganisme.ASD}),
    Profil.ASSISTANT_SOCIAL: frozenset({TypeOrganisme.ASD}),
    Profil.DECIDEUR_ASD: frozenset({TypeOrganisme.ASD}),
    Profil.REFERENT_OPEX: frozenset(set(TypeOrganisme.values) - {TypeOrganisme.CNMSS}),
    Profil.RESPONSABLE: frozenset(set(TypeOrganisme.values) - {TypeOrganisme.CNMSS}),
    Profil.ADMINISTRATEUR: frozenset({TypeOrganisme.CNMSS}),
    Profil.DPO: frozenset({TypeOrganisme.CNMSS}),
    Profil.SUPERVISEUR: frozenset({TypeOrganisme.CNMSS}),
    **{
        profil: frozenset({TypeOrganisme.CNMSS})
        for profil in (
            Profil.GESTIONNAIRE,
            Profil.NUMERISATION,
            Profil.SECRETAIRE,
            Profil.MEMBRE,
            Profil.PRESIDENT,
            Profil.MEDECIN,
        )
    },
}


def _auteur(inverse: str) -> models.ForeignKey:
    """Who did one step of the way."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name=inverse
    )


class HabilitationQuerySet(models.QuerySet["Habilitation"]):
    def en_vigueur(self, jour: date | None = None) -> "HabilitationQuerySet":
        """Active habilitations whose validity covers `jour` (today by default)."""
        jour = jour or timezone.localdate()
        return self.filter(
            Q(fin__isnull=True) | Q(fin__gte=jour),
            etat=EtatHabilitation.ACTIVE,
            debut__lte=jour,
            utilisateur__is_active=True,
        )


class Charte(models.Model):
    """One version of the correspondants' charter, kept for ever: the one accepted stays the one read."""

    version = models.PositiveIntegerField("version", unique=True)
    titre = models.CharField("titre", max_length=200)
    corps = models.TextField("texte")
    en_vigueur_depuis = models.DateField("en vigueur depuis le")

    class Meta:
        db_table = "partners_charte"
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self.titre}, version {self.version}"


@pghistory.track(exclude=["choisie_le", "derniere_utilisation"])
class Habilitation(models.Model):
    """utilisateur × organisme × profil × perimeter × programmes × validity."""

    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="habilitations", verbose_name="utilisateur"
    )
    organisme = models.ForeignKey(
        Organisme, models.PROTECT, related_name="habilitations", verbose_name="organisme"
    )
    profil = models.CharField("profil", max_length=20, choices=Profil)
    unites = models.ManyToManyField(Unite, blank=True, related_name="habilitations", verbose_name="périmètre")
    programmes = ArrayField(
        models.CharField(max_length=8, choices=Programme),
        verbose_name="programmes",
        default=programmes_par_defaut,
    )
    etat = models.CharField(
        "état", max_length=12, choices=EtatHabilitation, default=EtatHabilitation.DEMANDEE
    )
    debut = models.DateField("valable du")
    fin = models.DateField("valable jusqu’au", null=True, blank=True)
    formation_le = models.DateField("formation suivie le", null=True, blank=True)
    charte_signee_le = models.DateField("charte signée le", null=True, blank=True)
    charte = models.ForeignKey(Charte, models.PROTECT, null=True, blank=True, related_name="+")
    demandee_par = _auteur("habilitations_demandees")
    demandee_le = models.DateTimeField("demandée le", null=True, blank=True, editable=False)
    validee_par = _auteur("habilitations_validees")
    validee_le = models.DateTimeField("validée le", null=True, blank=True, editable=False)
    accordee_par = _auteur("habilitations_accordees")
    # The 90 days without use are counted from the later of the two.
    active_depuis = models.DateField("active depuis le", default=timezone.localdate)
    derniere_utilisation = models.DateField("dernière utilisation", null=True, blank=True, editable=False)
    cause = models.CharField("suspendue par", max_length=12, choices=CauseSuspension, blank=True)
    reprise_demandee_le = models.DateTimeField("reprise demandée le", null=True, blank=True, editable=False)
    remplace = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="suites")
    motif = models.CharField("motif du dernier changement", max_length=300, blank=True)
    choisie_le = models.DateTimeField("choisie le", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = HabilitationQuerySet.as_manager()

    class Meta:
        db_table = "partners_habilitation"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gte=F("debut")), name="habilitation_periode"
            ),
            models.CheckConstraint(condition=Q(etat__in=EtatHabilitation.values), name="habilitation_etat"),
            models.CheckConstraint(condition=Q(profil__in=Profil.values), name="habilitation_profil"),
            models.CheckConstraint(condition=Q(programmes__len__gt=0), name="habilitation_un_programme"),
            models.CheckConstraint(
                condition=~Q(profil=Profil.CORRESPONDANT)
                | ~Q(etat__in=[EtatHabilitation.ACTIVE, EtatHabilitation.SUSPENDUE])
                | Q(formation_le__isnull=False, charte_signee_le__isnull=False),
                name="habilitation_correspondant_forme",
            ),
            models.UniqueConstraint(
                fields=["utilisateur", "organisme", "profil"],
                condition=~Q(etat="close"),
                name="habilitation_une_vivante",
            ),
            models.CheckConstraint(
                condition=~Q(etat="validee") | Q(validee_par__isnull=False), name="habilitation_validee_par"
            ),
            # Nobody gives anything to herself, and who validates is not who activates.
            models.CheckConstraint(
                condition=(Q(validee_par__isnull=True) | ~Q(validee_par=F("utilisateur")))
                & (Q(accordee_par__isnull=True) | ~Q(accordee_par=F("utilisateur"))),
                name="habilitation_pas_soi_meme",
            ),
            models.CheckConstraint(
                condition=Q(validee_par__isnull=True)
                | Q(accordee_par__isnull=True)
                | ~Q(validee_par=F("accordee_par")),
                name="habilitation_deux_personnes",
            ),
            models.CheckConstraint(
                condition=Q(cause="") | Q(cause__in=CauseSuspension.values), name="habilitation_cause"
            ),
        ]
        indexes = [
            models.Index(fields=["organisme", "profil"], name="habilitation_organisme"),
            models.Index(
                fields=["demandee_le", "id"],
                condition=Q(etat__in=EN_ATTENTE),
                name="habilitation_en_attente",
            ),
        ]

    def __str__(self) -> str:
        intitule, sigle = self.get_profil_display(), self.organisme.sigle
        return intitule if sigle in intitule else f"{intitule}, {sigle}"

    def en_vigueur(self, jour: date | None = None) -> bool:
        """Whether it may be used on `jour` (today by default)."""
        jour = jour or timezone.localdate()
        return (
            self.etat == EtatHabilitation.ACTIVE
            and self.debut <= jour
            and (self.fin is None or self.fin >= jour)
        )

    @property
    def etat_ton(self) -> str:
        """Tone of the badge that shows its state."""
        return TONS[self.etat]

    @property
    def inutilisee_depuis(self) -> date:
        """The day from which it counts as unused."""
        return max(self.derniere_utilisation or date.min, self.active_depuis, self.debut)

    @property
    def reference(self) -> str:
        """How the journal names it."""
        return f"habilitation {self.pk}"

    @cached_property
    def unites_ids(self) -> frozenset[int]:
        """Its perimeter, read once for each request."""
        return frozenset(
            self.unites.through.objects.filter(habilitation_id=self.pk).values_list("unite_id", flat=True)
        )
