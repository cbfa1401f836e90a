"""Signing in: right and wrong passwords, lockout, the demo's one-click accounts, limits of the session."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from dossierunique.notifications.sortie import vider
from partners.comptes import actions, demo
from tests import fabriques

pytestmark = pytest.mark.django_db
CONNEXION = "/compte/login/"


def essayer(client, personne, mot_de_passe=fabriques.MOT_DE_PASSE):
    return client.post(CONNEXION, {"login": personne.username, "password": mot_de_passe})


def test_se_connecter(client, gestionnaire) -> None:
    reponse = essayer(client, gestionnaire.utilisateur)
    assert reponse.headers["Location"] == reverse("accueil")
    assert client.session["_auth_user_id"] == str(gestionnaire.utilisateur_id)


def test_un_mauvais_mot_de_passe_ne_dit_pas_lequel_est_faux(client, gestionnaire) -> None:
    connu = essayer(client, gestionnaire.utilisateur, "faux").content.decode()
    inconnu = client.post(CONNEXION, {"login": "personne", "password": "faux"}).content.decode()
    assert 'role="alert"' in connu
    motif = re.compile(r'class="erreurs".*?</div>', re.S)
    assert motif.search(connu).group() == motif.search(inconnu).group()


@pytest.mark.parametrize("dernier", [str.upper, str.title, " {}  ".format])
def test_la_casse_ne_rend_pas_d_essais(client, gestionnaire, dernier) -> None:
    nom = gestionnaire.utilisateur.username
    for ecrit in (nom, nom.upper(), nom.capitalize(), f" {nom}", nom.title()):
        reponse = client.post(CONNEXION, {"login": ecrit, "password": "faux"})
    assert reponse.status_code == 429
    bon = {"login": dernier(nom), "password": fabriques.MOT_DE_PASSE}
    assert client.post(CONNEXION, bon).status_code == 429


def test_la_casse_n_empeche_pas_d_entrer(client, gestionnaire) -> None:
    saisie = {"login": gestionnaire.utilisateur.username.upper(), "password": fabriques.MOT_DE_PASSE}
    assert client.post(CONNEXION, saisie).status_code == 302


def test_les_codes_du_second_facteur_sont_comptes_par_compte(client, gestionnaire) -> None:
    TOTP.activate(gestionnaire.utilisateur, generate_totp_secret())
    essayer(client, gestionnaire.utilisateur)
    codes = reverse("mfa_authenticate")
    pages = [
        client.post(codes, {"code": f"00000{n}"}, REMOTE_ADDR=f"10.0.0.{n}").content.decode()
        for n in range(7)
    ]
    assert "Trop" in pages[-1]
    assert "Trop" not in pages[0]


@pytest.mark.parametrize("chemin", ["signup/", "email/", "confirm-email/", "password/set/"])
def test_les_pages_que_le_portail_n_ouvre_pas(client, connecter, gestionnaire, chemin) -> None:
    assert client.get(f"/compte/{chemin}").status_code == 404
    assert connecter(gestionnaire).get(f"/compte/{chemin}").status_code == 404


@pytest.mark.parametrize("compte", demo.COMPTES, ids=lambda c: c.identifiant)
def test_hors_demo_aucun_compte_en_un_clic(client, compte) -> None:
    fabriques.utilisateur(username=compte.identifiant)
    assert client.post(reverse("demo_connexion", args=[compte.identifiant])).status_code == 404
    assert "_auth_user_id" not in client.session
    assert "Comptes de la démonstration" not in client.get(CONNEXION).content.decode()


@pytest.mark.parametrize("compte", demo.COMPTES, ids=lambda c: c.identifiant)
def test_en_demo_un_clic_suffit(client, settings, compte) -> None:
    settings.MODE_DEMO = True
    personne = fabriques.utilisateur(username=compte.identifiant)
    adresse = reverse("demo_connexion", args=[compte.identifiant])
    assert adresse in client.get(CONNEXION).content.decode()
    assert client.get(adresse).status_code == 405
    assert client.post(adresse, {"next": "https://ailleurs.example/"}).headers["Location"] == reverse(
        "accueil"
    )
    assert client.session["_auth_user_id"] == str(personne.pk)


def test_en_demo_seuls_les_comptes_de_la_liste(client, settings) -> None:
    settings.MODE_DEMO = True
    fabriques.utilisateur(username="technicien")
    assert client.post(reverse("demo_connexion", args=["technicien"])).status_code == 404


def test_les_treize_comptes() -> None:
    attendus = (
        "correspondant correspondant2 gestionnaire medecin secretaire president asd uneo mspp opex "
        "superviseur dpo admin"
    )
    assert [c.identifiant for c in demo.COMPTES] == attendus.split()


def test_l_inactivite_ferme_la_session(connecter, gestionnaire, settings) -> None:
    client = connecter(gestionnaire)
    with time_machine.travel(timezone.now() + timedelta(seconds=settings.SESSION_INACTIVITE + 5)):
        reponse = client.get("/habilitation/?x=1")
        assert reponse.headers["Location"] == "/compte/login/?next=%2Fhabilitation%2F%3Fx%3D1"
        assert "_auth_user_id" not in client.session


def test_prolonger_la_session(connecter, gestionnaire, settings) -> None:
    client, depart = connecter(gestionnaire), timezone.now()
    with time_machine.travel(depart + timedelta(seconds=settings.SESSION_INACTIVITE - 60)):
        assert client.post(reverse("prolonger_session")).status_code == 204
    with time_machine.travel(depart + timedelta(seconds=settings.SESSION_INACTIVITE + 60)):
        assert client.get("/habilitation/").status_code == 200


def test_la_duree_absolue_ferme_la_session_la_plus_active(connecter, gestionnaire, settings) -> None:
    settings.SESSION_ABSOLUE = 3600
    client, depart = connecter(gestionnaire), timezone.now()
    for minutes in range(10, 60, 10):
        with time_machine.travel(depart + timedelta(minutes=minutes)):
            assert client.get("/habilitation/").status_code == 200
    with time_machine.travel(depart + timedelta(minutes=61)):
        assert client.get("/habilitation/").status_code == 302


def test_htmx_est_mene_a_la_connexion(connecter, gestionnaire) -> None:
    client = connecter(gestionnaire)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        reponse = client.get("/habilitation/", headers={"HX-Request": "true"})
    assert (reponse.status_code, reponse.headers["HX-Redirect"][:14]) == (204, "/compte/login/")


def test_sans_second_facteur_tout_mene_a_son_activation(connecter, gestionnaire, settings) -> None:
    settings.SECOND_FACTEUR_EXIGE = True
    client = connecter(gestionnaire)
    assert client.get("/habilitation/").headers["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


def test_avec_second_facteur_on_passe(connecter, gestionnaire, settings) -> None:
    settings.SECOND_FACTEUR_EXIGE = True
    TOTP.activate(gestionnaire.utilisateur, generate_totp_secret())
    client = connecter(gestionnaire)
    assert client.get("/habilitation/").status_code == 200
    assert client.session["second_facteur"] is True


def test_l_invitation_mene_a_un_mot_de_passe_et_sert_une_fois(client, admin) -> None:
    nouveau = actions.creer_utilisateur(
        admin, identifiant="l.durand", prenom="Léa", nom="Durand-Fictif", courriel="lea@exemple.fr"
    )
    assert vider() >= 1
    message = next(m for m in mail.outbox if m.to == ["lea@exemple.fr"])
    assert "Durand" not in message.body + message.subject
    chemin = re.search(r"https?://[^/]+(/\S+)", message.body).group(1)
    page = client.get(chemin, follow=True)
    formulaire = page.redirect_chain[-1][0]
    secret = "une phrase que moi seule connais"
    client.post(formulaire, {"password1": secret, "password2": secret})
    nouveau.refresh_from_db()
    assert nouveau.check_password(secret)
    client.logout()
    assert "Ce lien ne sert plus" in client.get(chemin, follow=True).content.decode()


def test_mot_de_passe_oublie(client, gestionnaire) -> None:
    client.post(reverse("account_reset_password"), {"email": gestionnaire.utilisateur.email})
    # Not in the request: its duration would tell a known address.
    assert not mail.outbox
    assert vider() == 1
    message = mail.outbox[-1]
    assert message.subject == "Choisir un nouveau mot de passe"
    assert gestionnaire.utilisateur.username not in message.body
    chemin = re.search(r"https?://[^/]+(/\S+)", message.body).group(1)
    assert client.get(chemin, follow=True).status_code == 200


def test_mot_de_passe_oublie_d_une_adresse_inconnue(client, gestionnaire) -> None:
    client.post(reverse("account_reset_password"), {"email": "personne@exemple.fr"})
    assert vider() == 0
    assert not mail.outbox


def test_un_superutilisateur_n_ouvre_aucun_dossier(gestionnaire) -> None:
    technicien = fabriques.utilisateur(is_superuser=True, is_staff=True)
    dossier = fabriques.dossier(par=fabriques.habilitation("correspondant"))
    assert technicien.has_perm("auth.view_group")
    assert not technicien.has_perm("dossiers.consulter", dossier)
    gestionnaire.utilisateur.habilitation_active = gestionnaire
    assert gestionnaire.utilisateur.has_perm("dossiers.consulter", dossier)


def test_les_pages_gardees_ne_restent_pas_dans_le_navigateur(connecter, gestionnaire) -> None:
    for adresse in ("/dossiers/", "/demandes/", "/"):
        assert connecter(gestionnaire).get(adresse).headers["Cache-Control"] == "private, no-store", adresse


def test_pages_du_compte(connecter, gestionnaire) -> None:
    client = connecter(gestionnaire)
    for nom in ("mfa_index", "account_change_password", "account_logout", "account_reauthenticate"):
        assert client.get(reverse(nom)).status_code == 200, nom
