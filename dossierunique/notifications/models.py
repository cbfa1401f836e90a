"""The outbox, the notification centre and each person's preferences."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone


class EtatEnvoi(models.TextChoices):
    A_FAIRE = "a_faire", "à faire"
    FAIT = "fait", "fait"
    MORT = "mort", "abandonné"


class EnvoiQuerySet(models.QuerySet["Envoi"]):
    def dus(self) -> "EnvoiQuerySet":
        """To be done now, oldest first."""
        return self.filter(etat=EtatEnvoi.A_FAIRE, pas_avant__lte=timezone.now()).order_by("pas_avant", "pk")

    def morts(self) -> "EnvoiQuerySet":
        """Given up after too many tries: a technician looks at them."""
        return self.filter(etat=EtatEnvoi.MORT)


class Envoi(models.Model):
    """A job promised by a committed transaction: the row is the promise, the broker only hurries it."""

    genre = models.TextField("genre")
    donnees = models.JSONField("données", default=dict, blank=True, encoder=DjangoJSONEncoder)
    cle = models.TextField("clé")
    etat = models.CharField("état", max_length=8, choices=EtatEnvoi, default=EtatEnvoi.A_FAIRE)
    essais = models.PositiveSmallIntegerField("essais", default=0)
    pas_avant = models.DateTimeField("pas avant", default=timezone.now)
    erreur = models.TextField("erreur", blank=True)
    cree_le = models.DateTimeField("créé le", default=timezone.now, editable=False)
    fait_le = models.DateTimeField("fait le", null=True, editable=False)

    objects = EnvoiQuerySet.as_manager()

    class Meta:
        db_table = "notifications_envoi"
        ordering = ["-pk"]
        verbose_name = "envoi"
        constraints = [
            models.UniqueConstraint(fields=["cle"], name="envoi_unique"),
            models.CheckConstraint(condition=Q(etat__in=EtatEnvoi.values), name="envoi_etat"),
            models.CheckConstraint(condition=~Q(cle="") & ~Q(genre=""), name="envoi_nomme"),
            models.CheckConstraint(
                condition=Q(etat="fait", fait_le__isnull=False) | ~Q(etat="fait") & Q(fait_le__isnull=True),
                name="envoi_fait_le",
            ),
        ]
        indexes = [
            models.Index(fields=["pas_avant", "id"], condition=Q(etat="a_faire"), name="envoi_dus"),
            models.Index(fields=["-id"], condition=Q(etat="mort"), name="envoi_morts"),
        ]

    def __str__(self) -> str:
        return f"{self.genre} n° {self.pk}"


class Rythme(models.TextChoices):
    IMMEDIAT = "immediat", "tout de suite"
    QUOTIDIEN = "quotidien", "un résumé chaque jour"
    HEBDOMADAIRE = "hebdomadaire", "un résumé chaque lundi"
    PORTAIL = "portail", "dans le portail seulement"


class Notification(models.Model):
    """What the portal tells one person. The text names a public number, never a person."""

    # The list's index below begins with the person: one more on her alone would serve nothing.
    destinataire = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", db_index=False
    )
    genre = models.TextField("genre")
    texte = models.TextField("texte")
    url = models.TextField("adresse")
    cle = models.TextField("clé")
    rythme = models.CharField("rythme du courriel", max_length=12, choices=Rythme, default=Rythme.IMMEDIAT)
    cree_le = models.DateTimeField("reçue le", default=timezone.now, editable=False)
    lue_le = models.DateTimeField("lue le", null=True, editable=False)
    courriel_le = models.DateTimeField("courriel envoyé le", null=True, editable=False)

    class Meta:
        db_table = "notifications_notification"
        ordering = ["-cree_le", "-pk"]
        verbose_name = "notification"
        constraints = [
            models.UniqueConstraint(fields=["destinataire", "cle"], name="notification_unique"),
            models.CheckConstraint(condition=Q(rythme__in=Rythme.values), name="notification_rythme"),
            # A path of ours: opening a notification never leads to another site.
            models.CheckConstraint(
                condition=Q(url__regex=r"^/([^/\\]|$)"), name="notification_adresse_interne"
            ),
        ]
        indexes = [
            models.Index(fields=["destinataire", "-cree_le", "-id"], name="notification_liste"),
            models.Index(
                fields=["destinataire"], condition=Q(lue_le__isnull=True), name="notification_non_lues"
            ),
            models.Index(
                fields=["rythme", "destinataire"],
                condition=Q(courriel_le__isnull=True, rythme__in=["quotidien", "hebdomadaire"]),
                name="notification_a_resumer",
            ),
        ]

    def __str__(self) -> str:
        return self.texte

    @property
    def lue(self) -> bool:
        """Whether the person has opened it."""
        return self.lue_le is not None


class Preference(models.Model):
    """How one person wants the e-mails of one genre; an empty genre speaks for all the others."""

    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="preferences_de_notification", db_index=False
    )
    genre = models.TextField("genre", blank=True, default="")
    rythme = models.CharField("rythme", max_length=12, choices=Rythme, default=Rythme.IMMEDIAT)

    class Meta:
        db_table = "notifications_preference"
        ordering = ["pk"]
        verbose_name = "préférence"
        constraints = [
            models.UniqueConstraint(fields=["utilisateur", "genre"], name="preference_unique"),
            models.CheckConstraint(condition=Q(rythme__in=Rythme.values), name="preference_rythme"),
        ]

    def __str__(self) -> str:
        return f"{self.genre or 'toutes'} : {self.get_rythme_display()}"
