"""A genre that cannot wait: its e-mails leave at once, and nobody is offered a choice that would not count."""

import pytest
from django.core import mail
from django.urls import include, path

from dossierunique.notifications import genres
from dossierunique.notifications.centre import notifier, rythmes_de
from dossierunique.notifications.forms import FormulairePreferences
from dossierunique.notifications.models import Envoi, Preference, Rythme
from dossierunique.notifications.sortie import vider

urlpatterns = [path("", include("dossierunique.notifications.urls"))]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def personne(django_user_model):
    qui = django_user_model.objects.create_user("emartin", "e.m@exemple.fr", "x")
    for genre in ("", "alerte"):
        Preference.objects.create(utilisateur=qui, genre=genre, rythme=Rythme.HEBDOMADAIRE)
    return qui


@pytest.fixture
def imposee(monkeypatch):
    monkeypatch.setattr(genres, "_d_office", set())
    monkeypatch.setattr(genres, "_libelles", {"alerte": "Une alerte est donnée", "pieces": "Des pièces"})
    genres.imposer("alerte")


def dire(personne, genre: str) -> None:
    notifier([personne], genre=genre, texte="Une alerte.", url="/", cle=f"{genre}-1")


def test_it_leaves_at_once_whatever_the_person_chose(personne, imposee):
    dire(personne, "alerte")
    vider()
    assert [m.to for m in mail.outbox] == [["e.m@exemple.fr"]]


def test_the_others_still_wait(personne, imposee):
    dire(personne, "pieces")
    assert not Envoi.objects.exists()
    assert rythmes_de([personne.pk], "pieces") == {personne.pk: Rythme.HEBDOMADAIRE}


def test_named_again_it_stays_imposed(imposee):
    genres.declarer("alerte", "Une autre façon de le dire")
    assert genres.est_impose("alerte")


def test_the_page_offers_no_choice_and_says_why(personne, imposee):
    formulaire = FormulairePreferences(utilisateur=personne)
    assert [saisie.name for saisie in formulaire.par_genre] == ["genre_pieces"]
    assert formulaire.imposes == ["Une alerte est donnée"]
