"""Failed sign-ins: growing waits, for whom they are meant and for nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dossierunique.journal.models import LigneJournal
from partners.comptes import actions, appareils, verrou
from partners.comptes.models import EssaisConnexion
from partners.comptes.traitements import lien_mot_de_passe
from tests import fabriques

pytestmark = pytest.mark.django_db
CONNEXION = "/compte/login/"
CASERNE = "192.0.2.10"


def essayer(client, nom, mot_de_passe="faux", adresse=CASERNE, **k):
    return client.post(CONNEXION, {"login": nom, "password": mot_de_passe}, REMOTE_ADDR=adresse, **k)


def entrer(client, nom, adresse=CASERNE):
    return essayer(client, nom, fabriques.MOT_DE_PASSE, adresse)


@pytest.fixture
def nom(gestionnaire) -> str:
    return gestionnaire.utilisateur.username


def test_the_fifth_failure_asks_to_wait_a_minute_and_says_the_way_out(client, nom) -> None:
    statuts = [essayer(client, nom).status_code for _ in range(5)]
    assert statuts == [200, 200, 200, 200, 429]
    page = essayer(client, nom)
    assert "1\u00a0minute" in page.content.decode()
    assert reverse("account_reset_password") in page.content.decode()
    assert 0 < int(page["Retry-After"]) <= 60
    # Even the right password has to wait, a minute and no more.
    assert entrer(client, nom).status_code == 429
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert entrer(client, nom).status_code == 302


def test_waits_double_up_to_a_quarter_of_an_hour(client, nom) -> None:
    instant, attentes = timezone.now(), []
    for _ in range(12):
        with time_machine.travel(instant, tick=False):
            reponse = essayer(client, nom)
            attentes.append(int(reponse.headers.get("Retry-After", 0)))
            instant += timedelta(seconds=attentes[-1] + 1)
    assert attentes[4:9] == [60, 120, 240, 480, 900]
    assert max(attentes) == 900


def test_what_waits_does_not_make_the_wait_longer(client, nom) -> None:
    for _ in range(30):
        essayer(client, nom)
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert entrer(client, nom).status_code == 302


def test_failures_are_forgotten_with_time(client, nom) -> None:
    for _ in range(5):
        essayer(client, nom)
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1)):
        assert [essayer(client, nom).status_code for _ in range(4)] == [200] * 4


def test_thirty_colleagues_behind_one_address_keep_signing_in_while_one_is_attacked(nom, db) -> None:
    collegues = [fabriques.utilisateur().username for _ in range(30)]
    attaquant = Client()
    for rang, collegue in enumerate(collegues):
        for _ in range(8):
            essayer(attaquant, nom)
        reponse = entrer(Client(), collegue)
        assert reponse.status_code == 302, f"collègue {rang}"
    assert essayer(attaquant, nom).status_code == 429


def test_a_hundred_addresses_slow_strangers_and_not_the_owner_on_her_browser(client, nom) -> None:
    assert entrer(client, nom).status_code == 302
    client.post(reverse("account_logout"))
    assert appareils.COOKIE in client.cookies
    statuts = [essayer(Client(), nom, adresse=f"198.51.100.{n}").status_code for n in range(100)]
    assert statuts[:19] == [200] * 19
    assert statuts[-1] == 429
    # A stranger waits, be it with the right password; she does not, even from an address she never used.
    assert entrer(Client(), nom, "203.0.113.7").status_code == 429
    assert entrer(client, nom, "203.0.113.8").status_code == 302


def test_under_attack_the_way_out_is_a_new_password(nom, gestionnaire) -> None:
    for n in range(100):
        essayer(Client(), nom, adresse=f"198.51.100.{n}")
    ailleurs = Client()
    assert entrer(ailleurs, nom).status_code == 429
    formulaire = ailleurs.get(lien_mot_de_passe(gestionnaire.utilisateur), follow=True).redirect_chain[-1][0]
    secret = "girafe patine lucarne 41"
    ailleurs.post(formulaire, {"password1": secret, "password2": secret})
    assert essayer(ailleurs, nom, secret).status_code == 302


def test_a_stolen_browser_cookie_gives_five_tries_like_any_other(client, nom) -> None:
    entrer(client, nom)
    client.post(reverse("account_logout"))
    assert [essayer(client, nom).status_code for _ in range(5)][-1] == 429


def test_a_forged_browser_cookie_is_worth_nothing(client, nom) -> None:
    for n in range(100):
        essayer(Client(), nom, adresse=f"198.51.100.{n}")
    client.cookies[appareils.COOKIE] = "eyJ4IjoieSJ9:1abcde:forge"
    assert entrer(client, nom).status_code == 429


def test_one_address_alone_is_slowed_beyond_a_generous_rate_only_for_unknown_browsers(nom) -> None:
    connu = Client()
    entrer(connu, nom)
    connu.post(reverse("account_logout"))
    for n in range(verrou.ADRESSE.libres):
        essayer(Client(), f"inconnu{n}")
    assert entrer(Client(), fabriques.utilisateur().username).status_code == 429
    assert entrer(connu, nom).status_code == 302


@pytest.mark.parametrize("ecrit", [str.upper, str.title, " {}  ".format])
def test_case_gives_no_more_tries(client, nom, ecrit) -> None:
    for _ in range(5):
        essayer(client, nom)
    assert entrer(client, ecrit(nom)).status_code == 429


def test_no_counter_holds_what_was_typed(client, nom) -> None:
    essayer(client, "284058832102532")
    essayer(client, nom)
    assert all(len(bytes(e.cle)) == 32 for e in EssaisConnexion.objects.all())


def test_the_wait_is_written_once_in_the_journal(client, nom) -> None:
    for _ in range(8):
        essayer(client, nom)
    assert LigneJournal.objects.filter(action="refus", motif__startswith="trop d’essais").count() == 1


def test_a_password_asked_again_is_counted_too(connecter, gestionnaire) -> None:
    client = connecter(gestionnaire)
    statuts = [
        client.post(reverse("account_reauthenticate"), {"password": "faux"}).status_code for _ in range(6)
    ]
    assert statuts[0] == 200
    assert statuts[-1] == 429


def test_old_counters_are_purged(client, nom) -> None:
    essayer(client, nom)
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert verrou.purger() == 3
    assert not EssaisConnexion.objects.exists()


def test_a_new_account_s_link_makes_the_browser_known(client, admin) -> None:
    nouveau = actions.creer_utilisateur(
        admin, identifiant="l.durand", prenom="Léa", nom="Durand-Fictif", courriel="lea@exemple.fr"
    )
    formulaire = client.get(lien_mot_de_passe(nouveau), follow=True).redirect_chain[-1][0]
    client.post(
        formulaire, {"password1": "girafe patine lucarne 41", "password2": "girafe patine lucarne 41"}
    )
    assert appareils.COOKIE in client.cookies
