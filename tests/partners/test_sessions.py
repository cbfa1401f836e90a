"""My sessions: recognised, ended at once, and what ends them by itself."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dossierunique.journal.models import LigneJournal
from partners.comptes import sessions, tasks
from partners.comptes.models import BrouillonFormulaire, EssaisConnexion, SessionOuverte, Utilisateur
from tests import fabriques

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"
TERMINER = "/compte/sessions/"


@pytest.fixture
def personne(gestionnaire) -> Utilisateur:
    return gestionnaire.utilisateur


def entrer(personne, agent=FIREFOX, adresse="192.0.2.1") -> Client:
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=adresse)
    client.post("/compte/login/", {"login": personne.username, "password": fabriques.MOT_DE_PASSE})
    return client


def ouverte(client) -> bool:
    return client.get("/habilitation/").status_code == 200


def test_the_page_lists_each_session_and_says_which_is_this_one(personne) -> None:
    ici = entrer(personne)
    entrer(
        personne,
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
        "192.0.2.77",
    )
    page = ici.get(reverse("mfa_index")).content.decode()
    assert "Firefox sous Linux" in page
    assert "Edge sous Windows" in page
    assert "192.0.2.77" in page
    assert page.count("ce poste") == 1
    assert "mot de passe" in page


def test_ending_one_acts_at_its_next_request(personne) -> None:
    ici, ailleurs = entrer(personne), entrer(personne, adresse="192.0.2.77")
    ligne = SessionOuverte.objects.get(adresse="192.0.2.77")
    ici.post(TERMINER, {"session": ligne.pk})
    assert not ouverte(ailleurs)
    assert ouverte(ici)
    assert LigneJournal.objects.filter(action="deconnexion", motif="fermée à distance").count() == 1


def test_ending_all_the_others_keeps_mine(personne) -> None:
    ici, autres = entrer(personne), [entrer(personne) for _ in range(3)]
    ici.post(TERMINER, {"session": "autres"})
    assert [ouverte(c) for c in (ici, *autres)] == [True, False, False, False]
    assert LigneJournal.objects.filter(motif="fermées à distance").get().details == {"sessions": 3}


@pytest.mark.parametrize("numero", ["0", "abc", ""])
def test_a_session_that_is_not_there_is_not_found(personne, numero) -> None:
    assert entrer(personne).post(TERMINER, {"session": numero}).status_code == 404


def test_nobody_ends_somebody_else_s(personne) -> None:
    voisin = entrer(fabriques.habilitation("gestionnaire").utilisateur)
    ici = entrer(personne)
    ligne = SessionOuverte.objects.exclude(utilisateur=personne).get()
    assert ici.post(TERMINER, {"session": ligne.pk}).status_code == 404
    assert ouverte(voisin)


def test_a_new_password_ends_the_others_and_not_this_one(personne) -> None:
    ici, ailleurs = entrer(personne), entrer(personne)
    secret = "girafe patine lucarne 41"
    saisie = {"oldpassword": fabriques.MOT_DE_PASSE, "password1": secret, "password2": secret}
    assert ici.post(reverse("account_change_password"), saisie).status_code == 302
    assert ouverte(ici)
    assert not ouverte(ailleurs)
    assert SessionOuverte.objects.get().cle == ici.session.session_key
    assert LigneJournal.objects.filter(motif="mot de passe changé", action="modifier").count() == 1


def test_a_closed_account_is_out_at_once(personne) -> None:
    client = entrer(personne)
    Utilisateur.objects.filter(pk=personne.pk).update(is_active=False)
    assert not ouverte(client)


def test_all_can_be_ended_for_somebody(personne) -> None:
    client = entrer(personne)
    assert sessions.terminer_toutes(personne, "compte fermé") == 1
    assert not ouverte(client)
    assert sessions.terminer_toutes(personne, "compte fermé") == 0


def test_signing_out_leaves_the_list(personne) -> None:
    client = entrer(personne)
    client.post(reverse("account_logout"))
    assert not SessionOuverte.objects.exists()


def test_a_session_left_idle_leaves_the_list(personne, settings) -> None:
    client = entrer(personne)
    with time_machine.travel(timezone.now() + timedelta(seconds=settings.SESSION_INACTIVITE + 5)):
        assert not ouverte(client)
    assert not SessionOuverte.objects.exists()


def test_following_a_session_costs_nothing_within_a_minute(personne, django_assert_num_queries) -> None:
    client = entrer(personne)
    ouverte(client)
    avant = _ecritures(client)
    assert avant == []
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert sorted(_ecritures(client)) == ["UPDATE django_session", "UPDATE partners_session_ouverte"]


def _ecritures(client) -> list[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as requetes:
        client.get("/habilitation/")
    mots = (
        r["sql"].replace('"', "").split()
        for r in requetes
        if r["sql"].startswith(("UPDATE", "INSERT", "DELETE"))
    )
    return [" ".join(m[:2]) for m in mots]


def test_the_page_tells_what_happened_to_my_account_and_to_nobody_else_s(personne) -> None:
    entrer(fabriques.habilitation("gestionnaire").utilisateur)
    client = entrer(personne)
    Client().post("/compte/login/", {"login": personne.username, "password": "faux"})
    page = client.get(reverse("mfa_index")).content.decode().split("changements récents")[1]
    assert page.count("S’est connecté") == 1
    assert "identifiant ou mot de passe refusé" in page


def test_a_name_for_each_browser() -> None:
    assert sessions.nom_du_navigateur(FIREFOX) == "Firefox sous Linux"
    assert sessions.nom_du_navigateur("curl/8") == "navigateur inconnu"


def test_the_night_forgets_what_no_longer_serves(personne, settings) -> None:
    client = entrer(personne)
    Client().post("/compte/login/", {"login": personne.username, "password": "faux"})
    client.post("/brouillons/", {"page": "/a/", "action": "/a/", "champs": '[["x","y"]]'})
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert tasks.menage() == {"brouillons": 1, "sessions": 1, "essais": 3}
    for modele in (BrouillonFormulaire, SessionOuverte, EssaisConnexion, Session):
        assert not modele.objects.exists(), modele


@pytest.mark.parametrize("numero", ["²", "9" * 30, "-1", "autre", ""])
def test_a_number_that_is_none_is_nobody_s_session(numero, personne, client) -> None:
    client.force_login(personne, backend="partners.comptes.backends.Comptes")
    assert client.post(TERMINER, {"session": numero}).status_code == 404
