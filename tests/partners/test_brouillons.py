"""What was typed survives the end of a session: encrypted, its author's alone, deleted when it has served."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from partners.comptes import brouillons
from partners.comptes.brouillons import Saisie
from partners.comptes.models import BrouillonFormulaire
from tests import fabriques

pytestmark = pytest.mark.django_db
SECRET = "284058832102532"


@pytest.fixture
def page(gestionnaire):
    dossier = fabriques.dossier(par=fabriques.habilitation("correspondant"))
    return reverse("dossiers:par_nir"), dossier


def apres_la_fin(settings):
    return time_machine.travel(timezone.now() + timedelta(seconds=settings.SESSION_INACTIVITE + 5))


def test_what_is_sent_after_the_end_waits_for_its_author(connecter, gestionnaire, settings) -> None:
    client = connecter(gestionnaire)
    with apres_la_fin(settings):
        fin = client.post("/recherche/?q=x", {"texte": "mille mots", "vide": "", "csrfmiddlewaretoken": "x"})
        brouillon = BrouillonFormulaire.objects.get()
        reprise = reverse("brouillons:reprendre", args=[brouillon.reference])
        assert fin.headers["Location"] == f"/compte/login/?next={reprise.replace('/', '%2F')}"
        assert "est gardée" in client.get(fin.headers["Location"]).content.decode()
        saisie = {
            "login": gestionnaire.utilisateur.username,
            "password": fabriques.MOT_DE_PASSE,
            "next": reprise,
        }
        assert client.post("/compte/login/", saisie).headers["Location"] == reprise
        contenu = client.get(reprise).content.decode()
        assert 'name="texte" value="mille mots"' in contenu
        assert "csrfmiddlewaretoken" in contenu
        assert 'value="x"' not in contenu


def test_somebody_else_at_the_same_desk_finds_nothing(connecter, gestionnaire, settings) -> None:
    client, autre = connecter(gestionnaire), fabriques.habilitation("gestionnaire")
    with apres_la_fin(settings):
        client.post("/recherche/", {"texte": "mille mots"})
        reprise = reverse("brouillons:reprendre", args=[BrouillonFormulaire.objects.get().reference])
        reponse = connecter(autre).get(reprise, follow=True)
        assert "mille mots" not in reponse.content.decode()
        connecter(autre).post(
            reverse("brouillons:effacer", args=[BrouillonFormulaire.objects.get().reference])
        )
        assert BrouillonFormulaire.objects.count() == 1


def test_a_form_of_another_site_is_not_kept(gestionnaire, settings) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(
        gestionnaire.utilisateur, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    with apres_la_fin(settings):
        assert client.post("/recherche/", {"texte": "piège"}).status_code == 302
    assert not BrouillonFormulaire.objects.exists()


def test_nothing_of_it_is_readable_in_the_database(connecter, gestionnaire, settings) -> None:
    client = connecter(gestionnaire)
    with apres_la_fin(settings):
        client.post("/dossiers/nir/?q=durand-fictif", {"nir": SECRET, "motif": "dépression"})
    assert BrouillonFormulaire.objects.count() == 1
    with connection.cursor() as curseur:
        curseur.execute("SELECT t::text FROM partners_brouillon_formulaire t")
        ligne = curseur.fetchone()[0]
        curseur.execute("SELECT encode(contenu, 'escape') FROM partners_brouillon_formulaire")
        ligne += curseur.fetchone()[0]
    for mot in (SECRET, "durand", "dossiers", "pression", SECRET.encode().hex(), b"durand".hex()):
        assert mot not in ligne


@pytest.mark.parametrize(
    "nom", ["password", "password1", "oldpassword", "code", "credential", "csrfmiddlewaretoken"]
)
def test_secrets_are_never_kept(gestionnaire, nom) -> None:
    brouillon = brouillons.garder(
        gestionnaire.utilisateur, Saisie("/a/", "/a/", [(nom, "x"), ("code_postal", "83000")])
    )
    assert brouillons.lire(brouillon).champs == [("code_postal", "83000")]


@pytest.mark.parametrize(
    "adresse",
    ["/compte/login/", "//ailleurs.example/", "https://ailleurs.example/", "/session/prolonger/", ""],
)
def test_nor_the_pages_of_sign_in_nor_another_site(gestionnaire, adresse) -> None:
    assert brouillons.garder(gestionnaire.utilisateur, Saisie(adresse, "/a/", [("x", "y")])) is None
    assert brouillons.garder(gestionnaire.utilisateur, Saisie("/a/", adresse, [("x", "y")])) is None


def test_the_page_saves_finds_again_and_throws_away(connecter, gestionnaire) -> None:
    client = connecter(gestionnaire)
    champs = [["motif", "début de phrase"], ["nature", "autre"]]
    garde = client.post(
        "/brouillons/", {"page": "/a/?b=1", "action": "/a/", "champs": json.dumps(champs)}
    ).json()
    client.post("/brouillons/", {"page": "/a/?b=1", "action": "/a/", "champs": json.dumps(champs[:1])})
    (trouve,) = client.post("/brouillons/page/", {"page": "/a/?b=1"}).json()["brouillons"]
    assert trouve["reference"] == garde["reference"]
    assert trouve["champs"] == champs[:1]
    assert client.post("/brouillons/page/", {"page": "/a/"}).json()["brouillons"] == []
    client.post(reverse("brouillons:effacer", args=[garde["reference"]]))
    assert not BrouillonFormulaire.objects.exists()


@pytest.mark.parametrize("champs", ["", "x", "[1]", '{"a": 1}', "[[1,2,3]]"])
def test_what_is_not_a_form_is_refused(connecter, gestionnaire, champs) -> None:
    reponse = connecter(gestionnaire).post("/brouillons/", {"page": "/a/", "action": "/a/", "champs": champs})
    assert reponse.status_code == 400


def test_success_deletes_it_and_an_error_does_not(connecter, gestionnaire) -> None:
    client = connecter(gestionnaire)
    brouillon = brouillons.garder(gestionnaire.utilisateur, Saisie("/dossiers/", "/a/", [("x", "y")]))
    marque = {"_brouillon": str(brouillon.reference)}
    client.post("/dossiers/nir/", {"nir": "faux", **marque})
    assert BrouillonFormulaire.objects.exists()
    client.post("/habilitation/", {"habilitation": gestionnaire.pk, **marque})
    assert not BrouillonFormulaire.objects.exists()


def test_sent_again_too_late_it_is_kept_again(connecter, gestionnaire, settings) -> None:
    client = connecter(gestionnaire)
    brouillon = brouillons.garder(gestionnaire.utilisateur, Saisie("/dossiers/", "/a/", [("x", "y")]))
    with apres_la_fin(settings):
        client.post("/a/", {"x": "y", "_brouillon": str(brouillon.reference)})
    assert BrouillonFormulaire.objects.get().pk == brouillon.pk


def test_it_lasts_a_week_and_thirty_a_person(connecter, gestionnaire) -> None:
    personne = gestionnaire.utilisateur
    for n in range(35):
        brouillons.garder(personne, Saisie(f"/page/{n}/", "/a/", [("x", "y")]))
    assert BrouillonFormulaire.objects.count() == 30
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert brouillons.purger() == 30


def test_too_much_is_not_kept(gestionnaire) -> None:
    personne = gestionnaire.utilisateur
    assert brouillons.garder(personne, Saisie("/a/", "/a/", [("x", "y" * 100_001)])) is None
    assert brouillons.garder(personne, Saisie("/a/", "/a/", [("x", "y")] * 501)) is None


def test_reading_a_draft_is_refused_to_caches(connecter, gestionnaire) -> None:
    brouillon = brouillons.garder(gestionnaire.utilisateur, Saisie("/dossiers/", "/a/", [("x", "y")]))
    reponse = connecter(gestionnaire).get(reverse("brouillons:reprendre", args=[brouillon.reference]))
    assert re.search("no-store", reponse["Cache-Control"])
