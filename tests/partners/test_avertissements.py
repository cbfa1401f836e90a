"""What opens an account has changed: its owner is told, whoever did it, by a message that names nobody."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.urls import reverse

from dossierunique.journal.models import LigneJournal
from dossierunique.notifications.models import Envoi, Preference
from dossierunique.notifications.sortie import vider
from partners.comptes.avertissements import FAITS, avertir
from partners.comptes.federation import actions as federation
from partners.comptes.traitements import lien_mot_de_passe
from tests import fabriques

pytestmark = pytest.mark.django_db
NOUVEAU = "une phrase que moi seule connais"


@pytest.fixture
def personne(gestionnaire):
    return gestionnaire.utilisateur


@pytest.fixture
def client_prouve(client, personne):
    """Who has just proved herself again: a sensitive act asks for no other proof."""
    client.post(reverse("account_login"), {"login": personne.username, "password": fabriques.MOT_DE_PASSE})
    client.post(reverse("account_reauthenticate"), {"password": fabriques.MOT_DE_PASSE})
    return client


@pytest.fixture
def poster(client_prouve, django_capture_on_commit_callbacks):
    """Post, with what allauth says once its work is committed."""

    def envoyer(nom: str, **champs) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return client_prouve.post(reverse(nom), champs).status_code

    return envoyer


def messages_a(personne) -> list[str]:
    vider()
    return [m.body.split("\n")[2] for m in mail.outbox if m.to == [personne.email]]


def motifs(personne) -> list[str]:
    lignes = LigneJournal.objects.filter(objet=f"utilisateur {personne.pk}").order_by("pk")
    return list(lignes.values_list("motif", flat=True))


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_an_application_added_then_removed(client_prouve, poster, personne) -> None:
    client_prouve.get(reverse("mfa_activate_totp"))
    secret = client_prouve.session["mfa.totp.secret"]
    assert poster("mfa_activate_totp", code=code(secret)) == 302
    assert Authenticator.objects.filter(user=personne).count() == 2
    assert poster("mfa_deactivate_totp") == 302
    ajout, retrait = messages_a(personne)
    assert "application d’authentification a été ajoutée" in ajout
    assert "a été retirée" in retrait


def test_new_recovery_codes_are_told_and_journalled(client_prouve, poster, personne) -> None:
    TOTP.activate(personne, generate_totp_secret())
    RecoveryCodes.activate(personne)
    assert poster("mfa_generate_recovery_codes") == 302
    (texte,) = messages_a(personne)
    assert "nouveaux codes de secours" in texte
    assert "codes de secours renouvelés" in motifs(personne)


def test_a_password_changed(poster, personne) -> None:
    champs = {"oldpassword": fabriques.MOT_DE_PASSE, "password1": NOUVEAU, "password2": NOUVEAU}
    assert poster("account_change_password", **champs) == 302
    (texte,) = messages_a(personne)
    assert "mot de passe de votre compte a changé" in texte


def test_a_password_chosen_by_the_link(client, personne) -> None:
    page = client.get(lien_mot_de_passe(personne), follow=True).redirect_chain[-1][0]
    client.post(page, {"password1": NOUVEAU, "password2": NOUVEAU})
    personne.refresh_from_db()
    assert personne.check_password(NOUVEAU)
    (texte,) = messages_a(personne)
    assert "mot de passe de votre compte a changé" in texte


def test_a_refused_change_tells_nothing(poster, personne) -> None:
    champs = {"oldpassword": "faux", "password1": NOUVEAU, "password2": NOUVEAU}
    assert poster("account_change_password", **champs) == 200
    assert messages_a(personne) == []


def test_proconnect_linked_and_unlinked(personne, settings) -> None:
    settings.OIDC_EMETTEUR = "https://fournisseur.example"
    federation.rattacher(personne, "sub-1")
    federation.detacher(personne)
    federation.detacher(personne)
    ajout, retrait = messages_a(personne)
    assert "rattaché à une identité ProConnect" in ajout
    assert "n’est plus rattaché" in retrait


@pytest.mark.parametrize("geste", sorted(FAITS))
def test_the_message_names_nobody_and_says_what_to_do(geste, personne) -> None:
    Preference.objects.create(utilisateur=personne, genre="", rythme="portail")
    avertir(personne, geste)
    vider()
    (message,) = mail.outbox
    tout = message.subject + message.body
    for mot in (personne.username, personne.first_name, personne.last_name, personne.email):
        assert mot not in tout
    for chemin in (reverse("account_reset_password"), reverse("mfa_index")):
        assert chemin in message.body
    assert "ferme toutes les sessions" in message.body


def test_what_waits_in_the_outbox_is_a_number(personne) -> None:
    avertir(personne, "codes")
    donnees = Envoi.objects.get().donnees
    assert donnees.keys() == {"utilisateur", "geste", "quand"}
    assert donnees["utilisateur"] == personne.pk


def test_a_closed_account_receives_nothing(personne) -> None:
    avertir(personne, "codes")
    personne.is_active = False
    personne.save()
    assert messages_a(personne) == []
