"""A fresh proof of identity before sensitive acts, and nothing lost on the way."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dossiers.controle.models import RegleAlerte
from dossierunique.journal.models import LigneJournal
from partners.comptes.models import BrouillonFormulaire
from partners.models import Habilitation
from tests import fabriques

pytestmark = pytest.mark.django_db
MOT_DE_PASSE = "account_reauthenticate"


@pytest.fixture(autouse=True)
def dix_minutes(settings) -> None:
    settings.RENFORT_MINUTES = 10


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


@pytest.fixture
def dossier(db):
    return fabriques.dossier(par=fabriques.habilitation("correspondant"))


def nir(dossier) -> str:
    return reverse("dossiers:reveler_nir", args=[dossier.numero])


def prouver(client, reponse, **saisie):
    """Follow the redirection to the proof, give it, and come back."""
    adresse = reponse.headers["Location"]
    suite = re.search(r"next=([^&]+)", adresse).group(1)
    from urllib.parse import unquote

    return client.post(adresse.partition("?")[0], {**saisie, "next": unquote(suite)})


def test_a_recent_sign_in_is_proof_enough(client, gestionnaire, dossier) -> None:
    client.post(
        "/compte/login/", {"login": gestionnaire.utilisateur.username, "password": fabriques.MOT_DE_PASSE}
    )
    assert client.post(nir(dossier)).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert client.post(nir(dossier)).headers["Location"].startswith(reverse(MOT_DE_PASSE))


def test_revealing_a_nir_waits_behind_a_button_and_is_journalled_once(
    connecter, gestionnaire, dossier
) -> None:
    client = connecter(gestionnaire)
    demande = client.post(nir(dossier))
    assert demande.status_code == 302
    assert not LigneJournal.objects.filter(action="reveler_nir").exists()
    retour = prouver(client, demande, password=fabriques.MOT_DE_PASSE)
    page = client.get(retour.headers["Location"]).content.decode()
    assert "Afficher le NIR" in page
    assert f'action="{nir(dossier)}"' in page
    assert not LigneJournal.objects.filter(action="reveler_nir").exists()
    brouillon = BrouillonFormulaire.objects.get()
    assert client.post(nir(dossier), {"_brouillon": str(brouillon.reference)}).status_code == 200
    assert LigneJournal.objects.filter(action="reveler_nir", objet=dossier.numero).count() == 1


def test_a_wrong_password_opens_nothing(connecter, gestionnaire, dossier) -> None:
    client = connecter(gestionnaire)
    prouver(client, client.post(nir(dossier)), password="faux")
    assert client.post(nir(dossier)).status_code == 302


def test_who_has_a_second_factor_must_use_it(client, gestionnaire, dossier) -> None:
    secret = generate_totp_secret()
    TOTP.activate(gestionnaire.utilisateur, secret)
    client.force_login(gestionnaire.utilisateur, backend="partners.comptes.backends.Comptes")
    demande = client.post(nir(dossier))
    assert demande.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    # The password alone leads to the code, and proves nothing.
    assert client.get(reverse(MOT_DE_PASSE)).headers["Location"].startswith(reverse("mfa_reauthenticate"))
    retour = prouver(client, demande, code=code(secret))
    assert "reprendre" in retour.headers["Location"]
    assert client.post(nir(dossier)).status_code == 200


def test_the_synthese_comes_right_after_the_proof(connecter, gestionnaire, dossier) -> None:
    client, adresse = connecter(gestionnaire), reverse("dossiers:synthese", args=[dossier.numero])
    retour = prouver(client, client.get(adresse), password=fabriques.MOT_DE_PASSE)
    assert retour.headers["Location"] == adresse
    assert client.get(adresse)["Content-Type"] == "application/pdf"


def test_granting_is_asked_at_the_first_page_and_keeps_what_was_typed_if_it_is_late(connecter, admin) -> None:
    client, nouveau = connecter(admin), fabriques.utilisateur()
    adresse = f"{reverse('administration:accorder', args=[nouveau.pk])}?organisme={fabriques.organisme('cnmss').code}"
    assert client.get(adresse).status_code == 302
    saisie = {"profil": "gestionnaire", "programmes": ["DU"], "debut": "2026-11-22", "unites": []}
    tard = client.post(adresse, saisie, headers={"Referer": f"http://testserver{adresse}"})
    assert not Habilitation.objects.filter(utilisateur=nouveau).exists()
    retour = prouver(client, tard, password=fabriques.MOT_DE_PASSE)
    page = client.get(retour.headers["Location"]).content.decode()
    assert 'name="profil" value="gestionnaire"' in page
    assert "Revenir au formulaire" in page
    reference = str(BrouillonFormulaire.objects.get().reference)
    assert client.post(adresse, {**saisie, "_brouillon": reference}).status_code == 302
    assert Habilitation.objects.filter(utilisateur=nouveau).count() == 1
    assert not BrouillonFormulaire.objects.exists()


def test_asking_for_somebody_else_validates_so_it_asks_too(connecter) -> None:
    """A responsable's request for one of his people is validated at once: an open screen must not be enough."""
    responsable = fabriques.habilitation("responsable", organisme="uneo")
    sien = fabriques.habilitation("partenaire", organisme="uneo").utilisateur
    client, adresse = connecter(responsable), f"{reverse('habilitations:demander')}?personne={sien.pk}"
    saisie = {"profil": "referent_opex", "programmes": ["OPEX"], "debut": "2026-11-22"}
    assert client.post(adresse, saisie).headers["Location"].startswith(reverse(MOT_DE_PASSE))
    assert not Habilitation.objects.filter(utilisateur=sien, profil="referent_opex").exists()
    # For oneself it is only a request: nothing to prove.
    assert client.get(f"{reverse('habilitations:demander')}?organisme=uneo").status_code == 200


def test_putting_the_watch_to_sleep_asks_too(connecter) -> None:
    client, adresse = connecter(fabriques.habilitation("dpo")), reverse("controle:regle", args=["rafale"])
    assert client.post(adresse, {"seuil": 9999, "fenetre": 60, "version": 1}).status_code == 302
    assert RegleAlerte.objects.get(pk="rafale").seuil == 40
    assert client.get(adresse).headers["Location"].startswith(reverse(MOT_DE_PASSE))


@pytest.mark.parametrize("geste", ["suspendre", "clore"])
def test_changing_an_habilitation_asks_too(connecter, admin, gestionnaire, geste) -> None:
    adresse = reverse("administration:changer", args=[gestionnaire.pk, geste])
    assert connecter(admin).get(adresse).headers["Location"].startswith(reverse(MOT_DE_PASSE))


def test_an_unknown_dossier_stays_unknown(connecter, gestionnaire, dossier) -> None:
    client = connecter(fabriques.habilitation("superviseur"))
    prouver(client, client.post(nir(dossier)), password=fabriques.MOT_DE_PASSE)
    assert client.post(nir(dossier)).status_code == 404


def test_nobody_is_asked_before_signing_in(dossier) -> None:
    assert Client().post(nir(dossier)).headers["Location"].startswith("/compte/login/")
    assert AnonymousUser().pk is None


def test_in_the_demo_the_page_says_the_password(connecter, gestionnaire, settings) -> None:
    settings.MODE_DEMO = True
    page = connecter(gestionnaire).get(reverse(MOT_DE_PASSE)).content.decode()
    assert "Dossier-Unique-Demo-2026" in page
    settings.MODE_DEMO = False
    assert "Dossier-Unique" not in connecter(gestionnaire).get(reverse(MOT_DE_PASSE)).content.decode()
