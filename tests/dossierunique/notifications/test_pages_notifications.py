"""The pages: my notifications, my preferences, the supervision, the demo's mailbox."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, reverse
from django.utils import timezone

from dossierunique.journal.models import LigneJournal
from dossierunique.notifications import genres, sortie
from dossierunique.notifications.centre import notifier, rythmes_de
from dossierunique.notifications.models import Envoi, Notification, Preference, Rythme

urlpatterns = [
    path("connexion/", lambda request: HttpResponse(), name="account_login"),
    path("", include("dossierunique.notifications.urls")),
    path("", include("dossierunique.notifications.urls_demo")),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def personne(django_user_model):
    return django_user_model.objects.create_user("emartin", "e@exemple.fr", "x", last_name="Martin-Fictif")


@pytest.fixture
def autre(django_user_model):
    return django_user_model.objects.create_user("pnguyen", "p@exemple.fr", "x")


@pytest.fixture
def connectee(client, personne):
    client.force_login(personne)
    return client


def dire(personne, n=1):
    for i in range(n):
        notifier([personne], genre="pieces", texte=f"Pièce n° {i}", url=f"/dossiers/{i}/", cle=f"pieces:{i}")
    return list(Notification.objects.filter(destinataire=personne).order_by("pk"))


class TestListe:
    def test_shows_mine_newest_first(self, connectee, personne, autre):
        dire(personne, 3)
        dire(autre, 1)
        reponse = connectee.get("/notifications/")
        assert [n.texte for n in reponse.context["page"]] == ["Pièce n° 2", "Pièce n° 1", "Pièce n° 0"]

    def test_goes_by_pages_of_25(self, connectee, personne):
        dire(personne, 30)
        premiere = connectee.get("/notifications/").context["page"]
        suite = connectee.get("/notifications/", {"apres": premiere.curseur_suivant}).context["page"]
        assert (len(premiere), len(suite)) == (25, 5)

    def test_costs_the_same_for_one_and_for_twenty_five(self, connectee, personne):
        def requetes():
            with CaptureQueriesContext(connection) as captees:
                connectee.get("/notifications/")
            return len(captees)

        dire(personne, 1)
        une = requetes()
        dire(personne, 25)
        assert requetes() == une

    def test_empty_it_says_what_will_come(self, connectee):
        assert "Vous serez averti ici" in connectee.get("/notifications/").content.decode()
        assert "Vous avez tout lu" in connectee.get("/notifications/?voir=non-lues").content.decode()

    def test_a_stranger_signs_in_first(self, client):
        assert client.get("/notifications/").headers["Location"].startswith("/connexion/")


class TestLire:
    def test_opening_marks_as_read_and_leads_there(self, connectee, personne):
        (notification,) = dire(personne)
        reponse = connectee.get(reverse("notifications:ouvrir", args=[notification.pk]))
        assert reponse.headers["Location"] == "/dossiers/0/"
        notification.refresh_from_db()
        lue_le = notification.lue_le
        assert lue_le is not None
        connectee.get(reverse("notifications:ouvrir", args=[notification.pk]))
        notification.refresh_from_db()
        assert notification.lue_le == lue_le

    def test_marks_one_then_all(self, connectee, personne):
        premiere, *_ = dire(personne, 3)
        connectee.post(reverse("notifications:lire", args=[premiere.pk]))
        assert len(connectee.get("/notifications/?voir=non-lues").context["page"]) == 2
        connectee.post(reverse("notifications:tout_lire"))
        assert len(connectee.get("/notifications/?voir=non-lues").context["page"]) == 0

    @pytest.mark.parametrize("geste", ["ouvrir", "lire"])
    def test_that_of_somebody_else_does_not_exist(self, connectee, autre, geste):
        (notification,) = dire(autre)
        adresse = reverse(f"notifications:{geste}", args=[notification.pk])
        assert (connectee.get if geste == "ouvrir" else connectee.post)(adresse).status_code == 404
        notification.refresh_from_db()
        assert notification.lue_le is None

    def test_marking_all_leaves_those_of_others(self, connectee, personne, autre):
        dire(personne)
        (notification,) = dire(autre)
        connectee.post(reverse("notifications:tout_lire"))
        notification.refresh_from_db()
        assert notification.lue_le is None

    @pytest.mark.parametrize("nom", ["lire", "tout_lire"])
    def test_a_link_marks_nothing(self, connectee, personne, nom):
        (notification,) = dire(personne)
        args = [notification.pk] if nom == "lire" else []
        assert connectee.get(reverse(f"notifications:{nom}", args=args)).status_code == 405

    @pytest.mark.parametrize(
        "url", ["https://ailleurs.fr/", "//ailleurs.fr", "/\\ailleurs.fr", "javascript:x", ""]
    )
    def test_it_cannot_lead_out_of_the_portal(self, personne, url):
        from django.db.utils import IntegrityError

        with pytest.raises(IntegrityError, match="notification_adresse_interne"):
            notifier([personne], genre="pieces", texte="x", url=url, cle="a")


class TestPreferences:
    @pytest.fixture(autouse=True)
    def declares(self, monkeypatch):
        monkeypatch.setattr(genres, "_libelles", {})
        genres.declarer("pieces", "Des pièces sont demandées")

    def test_keeps_the_general_choice_and_those_that_differ(self, connectee, personne):
        connectee.post("/notifications/preferences/", {"general": "quotidien", "genre_pieces": "immediat"})
        assert rythmes_de([personne.pk], "pieces")[personne.pk] == Rythme.IMMEDIAT
        assert rythmes_de([personne.pk], "autre")[personne.pk] == Rythme.QUOTIDIEN
        formulaire = connectee.get("/notifications/preferences/").context["formulaire"]
        assert [saisie.initial for saisie in formulaire] == ["quotidien", "immediat"]

    def test_changes_its_mind_without_leaving_a_trace(self, connectee, personne):
        connectee.post("/notifications/preferences/", {"general": "quotidien", "genre_pieces": "immediat"})
        connectee.post("/notifications/preferences/", {"general": "portail", "genre_pieces": "general"})
        assert list(Preference.objects.values_list("genre", "rythme")) == [("", "portail")]

    def test_a_choice_that_does_not_exist_is_refused(self, connectee):
        reponse = connectee.post("/notifications/preferences/", {"general": "toutes les heures"})
        assert reponse.context["formulaire"].errors
        assert not Preference.objects.exists()

    def test_touches_mine_only(self, connectee, autre):
        Preference.objects.create(utilisateur=autre, rythme="portail")
        connectee.post("/notifications/preferences/", {"general": "quotidien", "genre_pieces": "general"})
        assert Preference.objects.get(utilisateur=autre).rythme == "portail"


class TestSupervision:
    @pytest.fixture
    def mort(self):
        return Envoi.objects.create(
            genre="courriel", cle="a", etat="mort", essais=8, erreur="OSError (x.py, ligne 3)"
        )

    @pytest.fixture
    def technicien(self, connectee, personne):
        personne.is_staff = True
        personne.save()
        return connectee

    def test_does_not_exist_for_the_others_who_are_journalled(self, connectee, mort, personne):
        assert connectee.get("/supervision/envois/").status_code == 404
        assert connectee.post(reverse("notifications:renvoyer", args=[mort.pk])).status_code == 404
        refus = LigneJournal.objects.filter(action="refus", utilisateur_id=personne.pk)
        assert refus.count() == 2
        mort.refresh_from_db()
        assert mort.etat == "mort"

    def test_shows_what_was_given_up_and_sends_again(self, technicien, mort, monkeypatch):
        assert 'href="/supervision/envois/"' in technicien.get("/notifications/").content.decode()
        assert "OSError (x.py, ligne 3)" in technicien.get("/supervision/envois/").content.decode()
        technicien.post(reverse("notifications:renvoyer", args=[mort.pk]))
        mort.refresh_from_db()
        assert (mort.etat, mort.essais) == ("a_faire", 0)
        assert "Aucun envoi abandonné" in technicien.get("/supervision/envois/").content.decode()

    def test_sends_again_only_what_was_given_up(self, technicien):
        envoi = sortie.deposer("courriel", {"notification": 0}, "b")
        assert technicien.post(reverse("notifications:renvoyer", args=[envoi.pk])).status_code == 404


class TestBoiteDeDemonstration:
    @pytest.fixture
    def boite(self, settings, tmp_path):
        settings.MODE_DEMO = True
        settings.EMAIL_FILE_PATH = str(tmp_path / "courriels")
        return get_connection("dossierunique.notifications.courriels_demo.EmailBackend")

    def envoyer(self, boite, objet="Une notification", a="e@exemple.fr"):
        message = EmailMultiAlternatives(
            objet, "Bonjour,\n\nhttps://portail.exemple.fr/n/1/", to=[a], connection=boite
        )
        message.attach_alternative("<p>Bonjour</p><script>alert(1)</script>", "text/html")
        message.send()

    def test_shows_the_latest_first_and_each_in_full(self, client, boite):
        self.envoyer(boite, "Première « à lire »")
        self.envoyer(boite, "Seconde <b>")
        courriels = client.get("/demo/courriels/").context["courriels"]
        assert [c.objet for c in courriels] == ["Seconde <b>", "Première « à lire »"]
        assert abs(timezone.now() - courriels[0].date) < timedelta(minutes=1)
        page = client.get(reverse("demo_courriel", args=[courriels[0].nom])).content.decode()
        assert "Seconde &lt;b&gt;" in page
        assert '<a href="https://portail.exemple.fr/n/1/"' in page
        assert "alert(1)" not in page

    def test_finds_those_of_one_address(self, client, boite):
        self.envoyer(boite, a="e@exemple.fr")
        self.envoyer(boite, a="p@exemple.fr")
        courriels = client.get("/demo/courriels/", {"a": "P@exemple"}).context["courriels"]
        assert [c.destinataire for c in courriels] == ["p@exemple.fr"]

    def test_empty_it_says_what_to_do(self, client, boite):
        assert "Faites avancer une demande" in client.get("/demo/courriels/").content.decode()

    @pytest.mark.parametrize("nom", ["x", "0" * 20 + "-" + "0" * 12, "passwd"])
    def test_what_is_not_a_message_does_not_exist(self, client, boite, nom):
        assert client.get(f"/demo/courriels/{nom}/").status_code == 404

    def test_is_closed_outside_the_demo(self, client, boite, settings):
        self.envoyer(boite)
        nom = client.get("/demo/courriels/").context["courriels"][0].nom
        settings.MODE_DEMO = False
        assert client.get("/demo/courriels/").status_code == 404
        assert client.get(reverse("demo_courriel", args=[nom])).status_code == 404

    def test_does_not_exist_when_e_mails_go_to_a_real_server(self, client, settings):
        settings.MODE_DEMO = True
        settings.EMAIL_FILE_PATH = None
        assert client.get("/demo/courriels/").status_code == 404
