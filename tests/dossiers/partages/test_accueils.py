"""The home of every profile: what waits, somewhere to go, never an empty page; its queries do not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documentation.articles.fichiers_source import lire_tous
from dossiers.partages.pistes import PISTES
from partners.habilitations.models import Profil
from tests import fabriques

pytestmark = pytest.mark.django_db
ORGANISMES = {"responsable": "armee", "referent_opex": "asd"}


def principal(client) -> str:
    reponse = client.get("/")
    assert reponse.status_code == 200
    return reponse.content.decode().split("<main")[1].split("<aside")[0]


def habilitation(profil):
    k = {"organisme": ORGANISMES[profil]} if profil in ORGANISMES else {}
    return fabriques.habilitation(profil, **k)


@pytest.mark.parametrize("profil", Profil)
def test_the_home_has_something_to_do_even_with_nothing_in_the_house(connexion, profil):
    page = principal(connexion(habilitation(profil)))
    # A card that lists or says what to do, and a link to go on with.
    assert '<section class="carte"' in page
    assert page.count("href=") >= 2


@pytest.mark.parametrize("profil", Profil)
def test_its_queries_do_not_grow(connexion, profil):
    client = connexion(habilitation(profil))
    etats = ("en_instruction", "incomplete", "soumise")
    for etat in etats:
        fabriques.demande(fabriques.dossier(), etat=etat)
    fabriques.alerte(fabriques.habilitation("correspondant"))
    client.get("/")
    with CaptureQueriesContext(connection) as avant:
        client.get("/")
    for etat in etats:
        fabriques.demande(fabriques.dossier(), etat=etat)
    fabriques.alerte(fabriques.habilitation("correspondant"))
    with CaptureQueriesContext(connection) as apres:
        client.get("/")
    assert len(apres) == len(avant)


def test_the_secretary_finds_what_is_to_be_put_on_a_sitting(connexion):
    demande = fabriques.demande(etat="en_instruction")
    autre = fabriques.demande(etat="soumise")
    page = principal(connexion(fabriques.habilitation("secretaire")))
    assert "À inscrire" in page and demande.numero in page and autre.numero not in page


def test_who_scans_finds_the_papers_that_are_waited_for(connexion):
    demande = fabriques.demande(etat="incomplete")
    page = principal(connexion(fabriques.habilitation("numerisation")))
    assert "Pièces attendues" in page and demande.numero in page


def test_the_dpo_finds_the_alerts_to_examine(connexion):
    alerte = fabriques.alerte(fabriques.habilitation("correspondant"))
    page = principal(connexion(fabriques.habilitation("dpo")))
    assert f"/controle/alertes/{alerte.pk}/" in page


@pytest.mark.parametrize("profil", PISTES)
def test_the_ways_that_are_shown_are_open(connexion, profil):
    articles = {source.slug for source in lire_tous()}
    client = connexion(habilitation(profil))
    for piste in PISTES[profil]:
        assert client.get(piste.url).status_code in (200, 302), piste
        assert piste.vue != "documentation:aide" or piste.valeur in articles
