"""What anybody may read: who runs the portal, what it does with data, how to reach it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
PAGES = ("mentions_legales", "confidentialite", "accessibilite", "contact", "plan_du_site")


@pytest.fixture
def coordonnees(settings):
    """Who answers, in these tests."""
    settings.CONTACT_COURRIEL, settings.DPO_COURRIEL = "contact@portail.example", "dpo@portail.example"
    settings.SECURITE_CONTACT, settings.HEBERGEUR = "securite@portail.example", "Un hébergeur, Toulon."
    settings.DIRECTEUR_PUBLICATION, settings.ADRESSE_PUBLIQUE = "la direction", "https://portail.example"


def test_every_page_leads_to_each_of_them(client):
    pied = client.get("/").content.decode().split("<footer")[1]
    for page in PAGES:
        assert f'href="{reverse(page)}"' in pied
    assert "Accessibilité\xa0: non conforme" in pied


@pytest.mark.parametrize(
    ("page", "dit"),
    [
        ("mentions_legales", "Un hébergeur, Toulon."),
        ("mentions_legales", "la direction"),
        ("confidentialite", "mailto:dpo@portail.example"),
        ("confidentialite", "12\xa0mois"),
        ("accessibilite", "mailto:contact@portail.example"),
        ("contact", "mailto:contact@portail.example"),
    ],
)
def test_the_pages_say_what_the_settings_say(client, coordonnees, page, dit):
    assert dit in client.get(reverse(page)).content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_promised_that_the_settings_do_not_give(client, settings, page):
    settings.CONTACT_COURRIEL = settings.DPO_COURRIEL = settings.HEBERGEUR = ""
    lu = client.get(reverse(page)).content.decode()
    assert 'href="mailto:"' not in lu


def test_the_site_map_shows_the_spaces_of_the_person_in_front(client, connexion, correspondant):
    assert "Vos espaces" not in client.get(reverse("plan_du_site")).content.decode()
    plan = connexion(correspondant).get(reverse("plan_du_site")).content.decode().split("<main")[1]
    assert "Vos espaces" in plan and f'href="{reverse("dossiers:liste")}"' in plan


def test_a_weakness_can_be_told_and_the_file_is_in_date(client, coordonnees):
    reponse = client.get("/.well-known/security.txt")
    assert reponse["Content-Type"] == "text/plain; charset=utf-8"
    champs = dict(ligne.split(": ", 1) for ligne in reponse.content.decode().splitlines())
    assert champs["Contact"] == "mailto:securite@portail.example"
    assert champs["Canonical"] == "https://portail.example/.well-known/security.txt"
    reste = datetime.fromisoformat(champs["Expires"]) - datetime.now(UTC)
    assert timedelta(days=150) < reste < timedelta(days=365)


def test_a_form_may_be_the_contact(client, settings):
    settings.SECURITE_CONTACT = "https://portail.example/contact/"
    assert (
        "Contact: https://portail.example/contact/\n"
        in client.get("/.well-known/security.txt").content.decode()
    )
