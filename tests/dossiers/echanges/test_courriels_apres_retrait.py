"""An e-mail promised before a withdrawal does not leave after it."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements import actions
from dossierunique.notifications import resumes
from dossierunique.notifications.centre import notifier
from dossierunique.notifications.models import Notification, Preference, Rythme
from dossierunique.notifications.sortie import vider
from tests import fabriques

pytestmark = pytest.mark.django_db


def dire(habilitation, dossier, rythme):
    if rythme != Rythme.IMMEDIAT:
        Preference.objects.create(utilisateur=habilitation.utilisateur, rythme=rythme)
    demande = fabriques.demande(dossier, "soumise")
    vider()
    Notification.objects.all().delete()
    mail.outbox.clear()
    notifier(
        [habilitation.utilisateur], genre="essai", texte=f"Essai sur {demande.numero}.",
        url=reverse("demandes:detail", args=[demande.numero]), cle="essai",
    )  # fmt: skip


def envoyer(rythme):
    if rythme != Rythme.IMMEDIAT:
        resumes.preparer(rythme)
    vider()


@pytest.mark.parametrize("rythme", [Rythme.IMMEDIAT, Rythme.QUOTIDIEN])
def test_who_still_reads_is_written_to(uneo, dossier, rythme):
    dire(uneo, dossier, rythme)
    envoyer(rythme)
    assert [m.to for m in mail.outbox] == [[uneo.utilisateur.email]]


@pytest.mark.parametrize("rythme", [Rythme.IMMEDIAT, Rythme.QUOTIDIEN])
@pytest.mark.parametrize("fin", ["retrait", "suspension"])
def test_who_no_longer_reads_is_not(correspondant, uneo, dossier, rythme, fin):
    dire(uneo, dossier, rythme)
    if fin == "retrait":
        actions.retirer_consentement(correspondant, dossier, [uneo.organisme], signe_le=timezone.localdate())
    else:
        type(uneo).objects.filter(pk=uneo.pk).update(etat="suspendue")
    envoyer(rythme)
    assert [m for m in mail.outbox if m.to == [uneo.utilisateur.email]] == []
    restees = Notification.objects.filter(destinataire=uneo.utilisateur, cle="essai")
    # A withdrawal takes back what was not read; a suspended account keeps it in the portal.
    assert [n.rythme for n in restees] == ([] if fin == "retrait" else [Rythme.PORTAIL])
