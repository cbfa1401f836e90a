"""The page where the data protection officer reads the journal."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import include, path
from django.utils import timezone

from dossierunique.journal import views
from dossierunique.journal.actes import Acte
from dossierunique.journal.models import LigneJournal

urlpatterns = [
    path("journal/", views.liste),
    path("connexion/", lambda request: HttpResponse(), name="account_login"),
    path("", include("dossierunique.notifications.urls")),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def dpo(client, django_user_model):
    personne = django_user_model.objects.create_user("dpo", "dpo@exemple.fr", "x", last_name="Durand-Fictif")
    client.force_login(personne)
    return personne


def ecrire(n=1, **champs):
    quand = timezone.now() - timedelta(minutes=5)
    for i in range(n):
        LigneJournal.objects.create(
            **{"action": Acte.CONSULTER, "quand": quand - timedelta(seconds=i), **champs}
        )


def numeros(reponse):
    return [ligne.objet for ligne in reponse.context["page"]]


def test_finds_one_dossier_and_shows_who(client, dpo):
    ecrire(objet="DU-2026-0000001-K", acteur_nom="Claire Fictive, gestionnaire CNMSS, CNMSS")
    ecrire(objet="DU-2026-0000002-L")
    reponse = client.get("/journal/", {"numero": "du-2026-0000001-k"})
    assert numeros(reponse) == ["DU-2026-0000001-K"]
    assert "Claire Fictive" in reponse.content.decode()


def test_finds_one_agent_by_name(client, dpo):
    ecrire(objet="DU-2026-0000001-K", utilisateur_id=dpo.pk)
    ecrire(objet="DU-2026-0000002-L", utilisateur_id=dpo.pk + 1)
    assert numeros(client.get("/journal/", {"agent": "durand", "acte": "consulter"})) == ["DU-2026-0000001-K"]
    assert numeros(client.get("/journal/", {"agent": "personne de ce nom"})) == []


def test_finds_by_act_and_period(client, dpo):
    ecrire(objet="DU-2026-0000001-K", action=Acte.IMPRIMER)
    ecrire(objet="DU-2026-0000001-K", action=Acte.IMPRIMER, quand=timezone.now() - timedelta(days=60))
    demande = {"acte": "imprimer", "numero": "DU-2026-0000001-K"}
    assert len(numeros(client.get("/journal/", demande))) == 1
    depuis = (timezone.localdate() - timedelta(days=90)).isoformat()
    assert len(numeros(client.get("/journal/", {**demande, "du": depuis}))) == 2


def test_goes_from_page_to_page_without_losing_nor_repeating_a_row(client, dpo):
    ecrire(120, objet="DU-2026-0000003-M")
    vues, adresse = [], "/journal/?numero=DU-2026-0000003-M"
    while adresse:
        page = client.get(adresse).context["page"]
        vues += [ligne.pk for ligne in page]
        suivant = page.curseur_suivant
        adresse = f"/journal/?numero=DU-2026-0000003-M&apres={suivant}" if suivant else ""
    assert len(vues) == len(set(vues)) == 120


def test_costs_the_same_for_one_row_and_for_fifty(client, dpo):
    def requetes():
        with CaptureQueriesContext(connection) as captees:
            client.get("/journal/", {"numero": "DU-2026-0000003-M"})
        return [r["sql"] for r in captees]

    ecrire(1, objet="DU-2026-0000003-M")
    requetes()  # what is prepared is prepared once
    une = requetes()
    ecrire(50, objet="DU-2026-0000003-M")
    assert len(requetes()) == len(une)
    # It reads the journal once; that it is read is written by a prepared statement.
    assert len([sql for sql in une if "journal_ligne" in sql]) == 1


def test_reading_it_is_journalled(client, dpo):
    client.get("/journal/", {"numero": "DU-2026-0000001-K"})
    ligne = LigneJournal.objects.filter(objet="journal").order_by("-id").first()
    assert (ligne.action, ligne.utilisateur_id) == (Acte.LISTER, dpo.pk)
    assert ligne.details["numero"] == "DU-2026-0000001-K"


@pytest.mark.parametrize("saisie", [{"numero": "284058832102532"}, {"agent": "2 84 05 88 321 025"}])
def test_a_nir_typed_by_mistake_goes_no_further(client, dpo, saisie):
    avant = LigneJournal.objects.filter(objet="journal").count()
    reponse = client.get("/journal/", saisie)
    assert reponse.context["formulaire"].errors
    assert LigneJournal.objects.filter(objet="journal").count() == avant


def test_shows_the_period_that_it_applies(client, dpo):
    formulaire = client.get("/journal/").context["formulaire"]
    attendu = timezone.localdate() - timedelta(days=30)
    assert formulaire["du"].value() == attendu.isoformat()
    assert formulaire.cleaned_data["au"] == timezone.localdate()


@pytest.mark.parametrize("saisie", [{"du": "hier"}, {"au": "2026-13-45"}, {"acte": "voler"}])
def test_nonsense_is_refused_without_reading_anything(client, dpo, saisie):
    assert client.get("/journal/", saisie).context["formulaire"].errors


def test_an_upside_down_period_is_explained(client, dpo):
    reponse = client.get("/journal/", {"du": "2026-11-22", "au": "2026-11-01"})
    assert "La période commence après sa fin." in reponse.content.decode()


def test_an_empty_answer_says_what_to_do(client, dpo):
    assert (
        "Élargissez la période" in client.get("/journal/", {"numero": "DU-1999-0000001-K"}).content.decode()
    )
