"""Writing in the journal, and the refusals."""

import uuid
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import path

from dossierunique.journal.actes import Acte
from dossierunique.journal.ecriture import journaliser
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse


def refuser(request, objet):
    journaliser(None, Acte.CONSULTER, objet)
    raise AccesRefuse(objet, motif="pas de partage")


def numero(request):
    journaliser(None, Acte.CONSULTER, "DU-2026-0000009-X")
    return HttpResponse()


urlpatterns = [path("refuser/<str:objet>/", refuser), path("numero/", numero)]


class Mandat(SimpleNamespace):
    def __str__(self):
        return "gestionnaire CNMSS, CNMSS"


@pytest.fixture
def acteur():
    return Mandat(pk=7, utilisateur_id=3, organisme_id=1, utilisateur="Claire Fictive")


@pytest.fixture
def objet():
    """Rows committed by a test stay for ever: each test speaks of its own object."""
    return str(uuid.uuid4())


def lignes_de(objet):
    return LigneJournal.objects.filter(objet=objet)


@pytest.mark.django_db
class TestJournaliser:
    def test_writes_one_row_with_one_query(self, acteur, objet, django_assert_num_queries):
        with django_assert_num_queries(1):
            journaliser(acteur, Acte.CONSULTER, objet, motif="instruction", details={"page": 2})
        ligne = lignes_de(objet).get()
        assert (ligne.habilitation_id, ligne.utilisateur_id, ligne.organisme_id) == (7, 3, 1)
        assert ligne.acteur_nom == "Claire Fictive, gestionnaire CNMSS, CNMSS"
        assert (ligne.action, ligne.motif, ligne.details) == ("consulter", "instruction", {"page": 2})
        assert ligne.sceau is None

    def test_keeps_the_numbers_that_a_list_showed(self, acteur, objet):
        journaliser(acteur, Acte.LISTER, objet, objets=("DU-2026-0000001-K", "DU-2026-0000002-L"))
        assert lignes_de(objet).get().objets == ["DU-2026-0000001-K", "DU-2026-0000002-L"]

    def test_nobody_may_act(self, objet):
        journaliser(None, Acte.CONSULTER, objet)
        ligne = lignes_de(objet).get()
        assert (ligne.utilisateur_id, ligne.acteur_nom) == (None, "")

    def test_is_undone_with_the_act(self, acteur, objet):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            journaliser(acteur, Acte.MODIFIER, objet)
            raise ZeroDivisionError
        assert not lignes_de(objet).exists()


@pytest.mark.urls(__name__)
class TestRefus:
    @pytest.mark.django_db(transaction=True)
    def test_answers_404_and_its_row_survives_the_rollback(self, client, objet, settings):
        settings.DATABASES["default"]["ATOMIC_REQUESTS"] = True
        assert client.get(f"/refuser/{objet}/").status_code == 404
        ligne = lignes_de(objet).get()
        assert (ligne.action, ligne.motif) == ("refus", "pas de partage")

    @pytest.mark.django_db
    def test_names_the_person_who_was_refused(self, client, objet, django_user_model):
        personne = django_user_model.objects.create_user(
            "emartin", "e@exemple.fr", "x", last_name="Martin-Fictif"
        )
        client.force_login(personne)
        client.get(f"/refuser/{objet}/")
        assert lignes_de(objet).filter(action=Acte.REFUS).get().utilisateur_id == personne.pk

    def test_says_nothing_in_its_message(self):
        assert str(AccesRefuse("DU-2026-0000001-K", motif="x")) == ""

    @pytest.mark.django_db
    def test_the_row_has_the_number_of_the_request(self, client):
        reponse = client.get("/numero/")
        assert LigneJournal.objects.filter(requete_id=reponse["X-Request-ID"]).count() == 1
