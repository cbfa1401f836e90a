"""The directory: services of the partners, what each looks after, and the people who answer."""

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone

from annuaire.fiches import horaires
from annuaire.fiches.entrees import DERIVES, Entree, derive
from annuaire.fiches.telephones import a_composer
from dossierunique.departements import CHOIX as DEPARTEMENTS
from partners.organismes.models import Organisme, Programme, Unite


@pghistory.track(exclude=DERIVES)
class Service(Entree):
    """A service of an organisme: what one calls when one does not know whom to ask for."""

    organisme = models.ForeignKey(
        Organisme, models.PROTECT, related_name="services", verbose_name="organisme"
    )
    unite = models.ForeignKey(
        Unite,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
        verbose_name="unité où il se trouve",
    )
    nom = models.CharField("nom du service", max_length=120)
    missions = models.TextField("ce qu’il fait", blank=True)
    adresse = models.TextField("adresse", blank=True)
    horaires = models.JSONField("horaires", default=dict, blank=True)
    note_horaires = models.CharField("précision sur les horaires", max_length=200, blank=True)

    mots = derive("annuaire_mots", "nom", "missions")
    chiffres = derive("annuaire_chiffres", "telephone")
    tri = derive("du_sans_accent", "nom")

    class Meta:
        db_table = "annuaire_service"
        ordering = ["tri", "pk"]
        verbose_name = "service"
        constraints = [
            models.CheckConstraint(condition=~Q(nom=""), name="service_nomme"),
            models.UniqueConstraint(fields=["organisme", "tri"], name="service_un_nom_par_organisme"),
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def heures(self) -> list[tuple[str, str]]:
        """Its hours in words."""
        return horaires.en_mots(self.horaires)

    @property
    def ouvert(self) -> bool:
        """Whether its hours say that it answers now."""
        return horaires.ouvert(self.horaires)


@pghistory.track(exclude=DERIVES)
class Contact(Entree):
    """A person of a service, with an account of the portal or without."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="contacts", verbose_name="service")
    prenom = models.CharField("prénom", max_length=60, blank=True)
    nom = models.CharField("nom", max_length=80)
    fonction = models.CharField("fonction", max_length=120, blank=True)
    portable = models.CharField("portable professionnel", max_length=20, blank=True)
    note_horaires = models.CharField("quand vous joindre", max_length=200, blank=True)
    utilisateur = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="fiche_annuaire",
        verbose_name="compte du portail",
    )  # fmt: skip
    absent_du = models.DateField("absence du", null=True, blank=True)
    absent_au = models.DateField("au (compris)", null=True, blank=True)
    suppleant = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="remplace",
        verbose_name="en votre absence, voir",
    )

    mots = derive("annuaire_mots", "prenom", "nom", "fonction")
    chiffres = derive("annuaire_chiffres", "telephone", "portable", entre="/")
    tri = derive("du_sans_accent", "nom", "prenom")

    class Meta:
        db_table = "annuaire_contact"
        ordering = ["tri", "pk"]
        verbose_name = "personne"
        constraints = [
            models.CheckConstraint(condition=~Q(nom=""), name="contact_nomme"),
            models.CheckConstraint(
                condition=Q(absent_du__isnull=True, absent_au__isnull=True)
                | Q(absent_du__isnull=False, absent_au__isnull=False, absent_au__gte=F("absent_du")),
                name="contact_absence",
            ),
            models.CheckConstraint(
                condition=Q(suppleant__isnull=True) | ~Q(suppleant=F("id")), name="contact_pas_son_suppleant"
            ),
        ]
        # The beginning of any word, a word badly typed, a part of a number: recherche/chercher.py.
        indexes = [
            GinIndex(fields=["mots"], opclasses=["gin_trgm_ops"], name="contact_mots"),
            GinIndex(fields=["chiffres"], opclasses=["gin_trgm_ops"], name="contact_chiffres"),
        ]

    def __str__(self) -> str:
        return f"{self.prenom} {self.nom}".strip()

    @property
    def organisme(self) -> Organisme:
        """The one that it answers for."""
        return self.service.organisme

    @property
    def tel_portable(self) -> str:
        """What a `tel:` link dials."""
        return a_composer(self.portable)

    @property
    def absent(self) -> bool:
        """Whether the person is away today."""
        return self.absent_du is not None and self.absent_du <= timezone.localdate() <= self.absent_au

    @property
    def absence_a_venir(self) -> bool:
        """Whether an absence is announced that has not begun."""
        return self.absent_du is not None and self.absent_du > timezone.localdate()


class Competence(models.Model):
    """One thing that a service looks after: a département, a unit, a programme or a kind of aid."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="competences")
    departement = models.CharField("département", max_length=3, choices=DEPARTEMENTS, null=True, blank=True)
    unite = models.ForeignKey(
        Unite, models.PROTECT, null=True, blank=True, related_name="competences", verbose_name="unité"
    )
    programme = models.CharField("programme", max_length=8, choices=Programme, null=True, blank=True)
    # The catalogue belongs to another app (partners.aides): an unknown code is shown as it is.
    aide = models.CharField("aide", max_length=40, null=True, blank=True)

    class Meta:
        db_table = "annuaire_competence"
        ordering = ["pk"]
        verbose_name = "compétence"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    models.lookups.Exact(
                        Func(
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
            models.UniqueConstraint(
                fields=["service", "departement", "unite", "programme", "aide"],
                nulls_distinct=False,
                name="competence_une_fois",
            ),
        ]
        # « Qui s’occupe de… ? » asks by each of them.
        indexes = [
            models.Index(fields=["departement"], condition=Q(departement__isnull=False), name="competence_departement"),
            models.Index(fields=["aide"], condition=Q(aide__isnull=False), name="competence_aide"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return (
            self.departement
            or (str(self.unite) if self.unite_id else "")
            or self.programme
            or self.aide
            or ""
        )
