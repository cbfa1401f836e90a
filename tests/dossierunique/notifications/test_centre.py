"""Telling people: in the portal, by e-mail at once, in digests; never a name, never a NIR."""

import pytest
import time_machine
from django.urls import include, path
from django.utils import timezone

from dossierunique.notifications import resumes, sortie
from dossierunique.notifications.centre import notifier, rythmes_de
from dossierunique.notifications.models import Envoi, Notification, Preference, Rythme

urlpatterns = [path("", include("dossierunique.notifications.urls"))]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

TEXTE = "Des pièces sont demandées sur le dossier DU-2026-0000001-K."


@pytest.fixture(autouse=True)
def adresse(settings):
    settings.ADRESSE_PUBLIQUE = "https://portail.exemple.fr"


@pytest.fixture
def personne(django_user_model):
    return django_user_model.objects.create_user(
        "emartin", "e.m@exemple.fr", "x", first_name="Éloïse", last_name="Martin-Fictif"
    )


@pytest.fixture
def autre(django_user_model):
    return django_user_model.objects.create_user("pnguyen", "p.n@exemple.fr", "x", last_name="N’Guyen-Fictif")


def dire(*personnes, cle="pieces:1", texte=TEXTE, genre="pieces"):
    notifier(personnes, genre=genre, texte=texte, url="/dossiers/DU-2026-0000001-K/", cle=cle)


def prefere(personne, rythme, genre=""):
    Preference.objects.create(utilisateur=personne, genre=genre, rythme=rythme)


class TestNotifier:
    def test_each_person_is_told_once(self, personne, autre):
        dire(personne, autre, personne)
        dire(personne, autre)
        assert Notification.objects.count() == 2
        assert Envoi.objects.filter(genre="courriel").count() == 2

    def test_a_closed_account_is_not_told(self, personne):
        personne.is_active = False
        dire(personne)
        assert not Notification.objects.exists()

    def test_costs_the_same_for_one_and_for_twenty(self, django_user_model, django_assert_num_queries):
        personnes = [
            django_user_model.objects.create(username=f"u{i}", email=f"u{i}@exemple.fr") for i in range(20)
        ]
        with django_assert_num_queries(5):
            dire(personnes[0], cle="a")
        with django_assert_num_queries(5):
            dire(*personnes, cle="b")

    @pytest.mark.parametrize(
        "nir", ["284058832102532", "2 84 05 88 321 025", "284052A321025", "2.84.05.88.321.025 32"]
    )
    def test_a_nir_is_refused(self, personne, nir):
        with pytest.raises(ValueError) as erreur:
            dire(personne, texte=f"Dossier de {nir}")
        assert nir not in str(erreur.value)
        assert not Notification.objects.exists()

    def test_the_job_carries_ids_only(self, personne):
        dire(personne)
        assert Envoi.objects.get().donnees == {"notification": Notification.objects.get().pk}


class TestRythmes:
    def test_at_once_unless_said_otherwise(self, personne):
        assert rythmes_de([personne.pk], "pieces") == {personne.pk: Rythme.IMMEDIAT}

    def test_the_choice_for_a_genre_wins_over_the_general_one(self, personne, autre):
        prefere(personne, Rythme.QUOTIDIEN)
        prefere(personne, Rythme.PORTAIL, "pieces")
        prefere(autre, Rythme.HEBDOMADAIRE)
        assert rythmes_de([personne.pk, autre.pk], "pieces") == {
            personne.pk: Rythme.PORTAIL,
            autre.pk: Rythme.HEBDOMADAIRE,
        }
        assert rythmes_de([personne.pk], "accord") == {personne.pk: Rythme.QUOTIDIEN}

    @pytest.mark.parametrize("rythme", [Rythme.PORTAIL, Rythme.QUOTIDIEN, Rythme.HEBDOMADAIRE])
    def test_no_e_mail_at_once_for_who_does_not_want_it(self, personne, rythme):
        prefere(personne, rythme)
        dire(personne)
        assert Notification.objects.count() == 1
        assert not Envoi.objects.exists()


class TestCourriel:
    def lire(self, message):
        return "\n".join([message.subject, message.body, *(a.content for a in message.alternatives)])

    def test_holds_a_number_and_a_link_and_nobody(self, personne, mailoutbox):
        dire(personne)
        assert sortie.vider() == 1
        (message,) = mailoutbox
        texte = self.lire(message)
        assert message.to == ["e.m@exemple.fr"]
        assert message.body.count("DU-2026-0000001-K") == 1
        numero = Notification.objects.get().pk
        assert f"https://portail.exemple.fr/notifications/{numero}/ouvrir/" in message.body
        for indiscret in ("Martin", "Éloïse", "emartin", "NIR", "/dossiers/"):
            assert indiscret not in texte
        assert message.extra_headers["Message-ID"] == f"<notification-{numero}@portail.exemple.fr>"
        assert "style=" not in texte

    def test_is_not_sent_twice(self, personne, mailoutbox):
        dire(personne)
        sortie.vider()
        Envoi.objects.update(etat="a_faire", fait_le=None)
        sortie.vider()
        assert len(mailoutbox) == 1

    def test_says_that_the_demo_is_a_demo(self, personne, mailoutbox, settings):
        settings.MODE_DEMO = True
        dire(personne)
        sortie.vider()
        assert mailoutbox[0].subject.startswith("[Démonstration]")
        assert "toutes les personnes sont fictives" in mailoutbox[0].body

    def test_does_not_leave_for_an_account_closed_meanwhile(self, personne, mailoutbox):
        dire(personne)
        personne.is_active = False
        personne.save()
        assert sortie.vider() == 1
        assert mailoutbox == []

    def test_a_mail_server_down_is_tried_again(self, personne, settings, mailoutbox):
        dire(personne)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        assert sortie.vider() == 0
        envoi = Envoi.objects.get()
        assert (envoi.etat, envoi.essais) == ("a_faire", 1)
        assert envoi.erreur.startswith("ConnectionRefusedError")
        assert Notification.objects.get().courriel_le is None


class TestResumes:
    @pytest.fixture
    def quotidienne(self, personne):
        prefere(personne, Rythme.QUOTIDIEN)
        return personne

    def test_gathers_what_is_unread(self, quotidienne, mailoutbox):
        dire(quotidienne, cle="a")
        dire(quotidienne, cle="b", texte="Une décision est rendue sur le dossier DU-2026-0000002-L.")
        assert resumes.preparer(Rythme.QUOTIDIEN) == 1
        sortie.vider()
        (message,) = mailoutbox
        assert message.subject == "Dossier unique\u00a0: 2\u00a0notifications non lues"
        assert "DU-2026-0000001-K" in message.body and "DU-2026-0000002-L" in message.body
        assert "Martin" not in message.body

    def test_is_never_empty(self, quotidienne, mailoutbox):
        assert resumes.preparer(Rythme.QUOTIDIEN) == 0
        dire(quotidienne)
        Notification.objects.update(lue_le=timezone.now())
        assert resumes.preparer(Rythme.QUOTIDIEN) == 0
        assert not Envoi.objects.exists()

    def test_is_not_sent_when_all_was_read_meanwhile(self, quotidienne, mailoutbox):
        dire(quotidienne)
        assert resumes.preparer(Rythme.QUOTIDIEN) == 1
        Notification.objects.update(lue_le=timezone.now())
        assert sortie.vider() == 1
        assert mailoutbox == []

    def test_says_a_thing_once_and_comes_once_a_day(self, quotidienne, mailoutbox):
        with time_machine.travel("2026-11-22 06:00:00+00:00", tick=False):
            dire(quotidienne, cle="a")
            resumes.preparer(Rythme.QUOTIDIEN)
            resumes.preparer(Rythme.QUOTIDIEN)
            sortie.vider()
            dire(quotidienne, cle="b")
            resumes.preparer(Rythme.QUOTIDIEN)
            sortie.vider()
        assert len(mailoutbox) == 1
        with time_machine.travel("2026-11-23 06:00:00+00:00", tick=False):
            assert resumes.preparer(Rythme.QUOTIDIEN) == 1
            sortie.vider()
            assert resumes.preparer(Rythme.QUOTIDIEN) == 0
        assert [m.body.count("DU-2026") for m in mailoutbox] == [1, 1]

    def test_the_weekly_one_takes_only_what_is_weekly(self, quotidienne, autre, mailoutbox):
        prefere(autre, Rythme.HEBDOMADAIRE)
        dire(quotidienne, autre)
        assert resumes.preparer(Rythme.HEBDOMADAIRE) == 1
        sortie.vider()
        assert [m.to for m in mailoutbox] == [["p.n@exemple.fr"]]
        assert "cette semaine" in mailoutbox[0].body

    def test_a_long_one_is_cut_and_says_so(self, quotidienne, mailoutbox):
        for i in range(53):
            dire(quotidienne, cle=f"a{i}")
        resumes.preparer(Rythme.QUOTIDIEN)
        sortie.vider()
        assert mailoutbox[0].body.count("DU-2026") == 50
        assert "3\u00a0autres" in mailoutbox[0].body
        assert "https://portail.exemple.fr/notifications/" in mailoutbox[0].body
