"""ProConnect, played with a real OpenID provider whose userinfo is a signed JWT."""

import json
import time
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.test import Client
from django.urls import reverse

from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.models import LigneJournal
from partners.comptes.federation import actions
from partners.comptes.federation import client as oidc
from partners.comptes.models import IdentiteFederee, Utilisateur
from tests import fabriques
from tests.navigateur.demonstration import port_libre
from tests.oidc.service import FournisseurReel, Visiteur, exiger_node

pytestmark = pytest.mark.django_db
PARTIR, RETOUR = "/compte/proconnect/", "/compte/proconnect/retour/"


@pytest.fixture(scope="module")
def reel():
    exiger_node()
    fournisseur = FournisseurReel(port_libre(), "http://testserver")
    yield fournisseur
    fournisseur.arreter()


@pytest.fixture
def fournisseur(reel, settings):
    cache.clear()
    reel.regler(settings)
    return reel


@pytest.fixture
def elodie(gestionnaire, fournisseur) -> Utilisateur:
    """Somebody who has linked her account; another account has the e-mail that the provider asserts."""
    actions.rattacher(gestionnaire.utilisateur, "sub-elodie")
    return gestionnaire.utilisateur


def aller(client, adresse=PARTIR, sub="sub-elodie", niveau="simple", **k):
    """The whole way: to the provider, through its pages, and back with its answer."""
    depart = client.get(adresse, k)
    assert depart.status_code == 302, depart.content
    retour = Visiteur().s_identifier(depart.headers["Location"], sub, niveau)
    return client.get(retour.removeprefix("http://testserver"))


def test_the_button_appears_when_a_provider_is_set(client, fournisseur, settings) -> None:
    assert PARTIR in client.get("/compte/login/?next=/dossiers/").content.decode()
    settings.OIDC_ACTIF = False
    assert "ProConnect" not in client.get("/compte/login/").content.decode()
    assert client.get(PARTIR).status_code == client.get(RETOUR).status_code == 404


def test_the_request_carries_state_nonce_and_pkce(client, fournisseur) -> None:
    demande = parse_qs(urlsplit(client.get(PARTIR).headers["Location"]).query)
    assert {"state", "nonce", "code_challenge"} <= set(demande)
    assert demande["code_challenge_method"] == ["S256"]
    assert demande["redirect_uri"] == [f"http://testserver{RETOUR}"]


def test_signing_in_by_sub_comes_back_where_one_was_going(client, elodie) -> None:
    retour = aller(client, next="/habilitation/")
    assert retour.headers["Location"] == "/habilitation/"
    assert client.session["_auth_user_id"] == str(elodie.pk)
    assert IdentiteFederee.objects.get().vue_le
    assert LigneJournal.objects.filter(action="connexion", utilisateur_id=elodie.pk).count() == 1
    assert "ProConnect" in client.get(reverse("mfa_index")).content.decode()


def test_an_unknown_sub_opens_nothing_even_with_a_known_address(client, fournisseur) -> None:
    # The provider asserts this very address: it must count for nothing.
    connu = fabriques.utilisateur(email="elodie.lefevre@exemple.fr")
    avant = Utilisateur.objects.count()
    retour = aller(client, sub="sub-inconnu")
    assert retour.status_code == 403
    assert "n’est rattachée à aucun compte" in retour.content.decode()
    assert "_auth_user_id" not in client.session
    assert Utilisateur.objects.count() == avant
    assert not connu.identites_federees.exists()
    ligne = LigneJournal.objects.get(action="refus", objet="connexion")
    assert "sub-inconnu" not in json.dumps(ligne.details) + ligne.motif


def test_a_closed_account_stays_closed(client, elodie) -> None:
    Utilisateur.objects.filter(pk=elodie.pk).update(is_active=False)
    assert aller(client).status_code == 403
    assert "_auth_user_id" not in client.session


def test_our_second_factor_is_asked_unless_the_provider_asked_for_two(client, elodie, settings) -> None:
    TOTP.activate(elodie, generate_totp_secret())
    assert aller(client).headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    client.cookies.clear()
    assert aller(client, niveau="double").headers["Location"] == reverse("accueil")
    settings.SECOND_FACTEUR_EXIGE = True
    assert client.get("/habilitation/").status_code == 200


def test_a_weak_level_leads_to_a_second_factor_where_one_is_required(client, elodie, settings) -> None:
    settings.SECOND_FACTEUR_EXIGE = True
    aller(client)
    assert client.get("/habilitation/").headers["Location"] == reverse("mfa_activate_totp")


def test_the_signed_in_person_links_her_own_account(client, fournisseur, gestionnaire, settings) -> None:
    settings.RENFORT_MINUTES = 10
    client.force_login(gestionnaire.utilisateur, backend="partners.comptes.backends.Comptes")
    rattacher = reverse("federation:rattacher")
    assert client.post(rattacher).headers["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": fabriques.MOT_DE_PASSE})
    depart = client.post(rattacher)
    retour = Visiteur().s_identifier(depart.headers["Location"], "sub-neuf", "simple")
    client.get(retour.removeprefix("http://testserver"))
    assert gestionnaire.utilisateur.identites_federees.get().sub == "sub-neuf"
    assert LigneJournal.objects.filter(motif="ProConnect : rattachement").count() == 1
    client.post(reverse("federation:detacher"))
    assert not gestionnaire.utilisateur.identites_federees.exists()


def test_no_link_starts_from_another_site(client, fournisseur, gestionnaire) -> None:
    """Whoever makes a browser open an address must not give the account one more way in: his own identity."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(gestionnaire.utilisateur, backend="partners.comptes.backends.Comptes")
    rattacher = reverse("federation:rattacher")
    assert client.get(rattacher).status_code == 405
    assert client.post(rattacher).status_code == 403
    assert "oidc_states" not in client.session


def test_who_comes_back_as_somebody_else_does_not_go_on_under_the_former_one(client, elodie) -> None:
    """A shared workstation: what the second person reads is not written under the first one's name."""
    autre = fabriques.habilitation("gestionnaire").utilisateur
    client.force_login(autre, backend="partners.comptes.backends.Comptes")
    ouverte = client.session.session_key
    assert aller(client, next="/habilitation/").status_code == 302
    assert client.session["_auth_user_id"] == str(elodie.pk)
    assert client.session.session_key != ouverte


def test_one_identity_is_one_account_s(elodie) -> None:
    with pytest.raises(ActionRefusee):
        actions.rattacher(fabriques.utilisateur(), "sub-elodie")
    with pytest.raises(ActionRefusee):
        actions.rattacher(elodie, "sub-autre")


def test_who_came_from_the_provider_proves_herself_there(client, elodie, settings) -> None:
    settings.RENFORT_MINUTES = 10
    aller(client)
    dossier = fabriques.dossier(par=fabriques.habilitation("correspondant"))
    revelation = reverse("dossiers:reveler_nir", args=[dossier.numero])
    assert client.post(revelation).status_code == 200
    _vieillir(client)
    demande = client.post(revelation)
    assert demande.headers["Location"].startswith(reverse("federation:confirmer"))
    vers = client.get(demande.headers["Location"]).headers["Location"]
    assert parse_qs(urlsplit(vers).query)["prompt"] == ["login"]
    retour = aller(client, demande.headers["Location"])
    assert "reprendre" in retour.headers["Location"]
    assert client.post(revelation).status_code == 200


def test_somebody_else_s_proof_is_not_hers(client, elodie, settings) -> None:
    settings.RENFORT_MINUTES = 10
    aller(client)
    _vieillir(client)
    assert aller(client, reverse("federation:confirmer"), sub="sub-autre").status_code == 403


def test_a_weak_proof_there_does_not_replace_a_second_factor_held_here(client, elodie, settings) -> None:
    """Her password at the provider opens less than the key or the code that her account asks for."""
    settings.RENFORT_MINUTES = 10
    TOTP.activate(elodie, generate_totp_secret())
    aller(client, niveau="double")
    _vieillir(client)
    revelation = reverse("dossiers:reveler_nir", args=[fabriques.dossier().numero])
    assert aller(client, reverse("federation:confirmer")).status_code == 403
    assert client.post(revelation).headers["Location"].startswith(reverse("mfa_reauthenticate"))
    assert aller(client, reverse("federation:confirmer"), niveau="double").status_code == 302
    assert client.post(revelation).status_code == 200


def _vieillir(client) -> None:
    session = client.session
    for preuve in session["account_authentication_methods"]:
        preuve["at"] -= 3600
    session.save()


def test_signing_out_ends_the_provider_s_session_too(client, elodie, fournisseur) -> None:
    aller(client)
    sortie = client.post(reverse("account_logout")).headers["Location"]
    assert sortie.startswith(f"{fournisseur.emetteur}/session/end?id_token_hint=")
    page = requests.get(sortie, timeout=10)
    assert page.status_code == 200
    assert "_auth_user_id" not in client.session


def test_who_signed_in_by_password_does_not_leave_by_the_provider(client, elodie) -> None:
    client.post("/compte/login/", {"login": elodie.username, "password": fabriques.MOT_DE_PASSE})
    assert client.post(reverse("account_logout")).headers["Location"] == "/compte/login/"


def test_an_answer_serves_once_and_only_in_the_browser_that_asked(client, elodie) -> None:
    depart = client.get(PARTIR).headers["Location"]
    retour = Visiteur().s_identifier(depart, "sub-elodie").removeprefix("http://testserver")
    assert type(client)().get(retour).status_code == 400
    assert client.get(retour).status_code == 302
    client.logout()
    assert client.get(retour).status_code == 400


def test_a_made_up_code_or_a_refusal_opens_nothing(client, elodie) -> None:
    state = parse_qs(urlsplit(client.get(PARTIR).headers["Location"]).query)["state"][0]
    assert client.get(RETOUR, {"state": state, "code": "invente"}).status_code == 400
    state = parse_qs(urlsplit(client.get(PARTIR).headers["Location"]).query)["state"][0]
    assert client.get(RETOUR, {"state": state, "error": "access_denied"}).status_code == 400
    assert "_auth_user_id" not in client.session


def test_a_code_without_its_verifier_is_refused_by_the_provider(client, elodie) -> None:
    depart = client.get(PARTIR).headers["Location"]
    retour = Visiteur().s_identifier(depart, "sub-elodie").removeprefix("http://testserver")
    session = client.session
    for demande in session["oidc_states"].values():
        demande["code_verifier"] = "x" * 64
    session.save()
    assert client.get(retour).status_code == 400


def test_a_nonce_of_another_sign_in_is_refused(client, elodie) -> None:
    depart = client.get(PARTIR).headers["Location"]
    retour = Visiteur().s_identifier(depart, "sub-elodie").removeprefix("http://testserver")
    session = client.session
    for demande in session["oidc_states"].values():
        demande["nonce"] = "autre"
    session.save()
    assert client.get(retour).status_code == 400
    assert "_auth_user_id" not in client.session


def test_a_silent_provider_leaves_the_password(client, settings) -> None:
    cache.clear()
    settings.OIDC_ACTIF, settings.OIDC_EMETTEUR = True, f"http://127.0.0.1:{port_libre()}"
    assert client.get(PARTIR).status_code == 503
    assert client.get("/compte/login/").status_code == 200


def test_an_issuer_that_is_not_the_one_set_is_not_believed(client, fournisseur, settings) -> None:
    settings.OIDC_EMETTEUR = fournisseur.emetteur.replace("127.0.0.1", "localhost")
    assert client.get(PARTIR).status_code == 503


# What a sound provider never answers: forged here, with a key of ours that it would publish, or not.


@pytest.fixture
def faussaire(fournisseur, monkeypatch):
    """Answer the userinfo with these claims; `publiee` says whether the provider publishes the key."""
    cle = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    vraies = requests.get(f"{fournisseur.emetteur}/jwks", timeout=10).json()

    def repondre(corps: str | None = None, publiee=True, type_mime="application/jwt", **revendications):
        propres = {
            "iss": fournisseur.emetteur,
            "aud": "dossier-unique",
            "sub": "sub-elodie",
            **revendications,
        }
        jeton = corps or jwt.encode(propres, cle, "RS256", headers={"kid": "faux"})
        publique = {
            **json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(cle.public_key())),
            "kid": "faux",
            "alg": "RS256",
        }
        trousseau = {"keys": [*vraies["keys"], *([publique] if publiee else [])]}

        def get(adresse, **_):
            reponse = requests.Response()
            reponse.status_code = 200
            est_trousseau = adresse.endswith("/jwks")
            reponse._content = (json.dumps(trousseau) if est_trousseau else jeton).encode()
            reponse.headers["Content-Type"] = "application/json" if est_trousseau else type_mime
            return reponse

        fournisseur_lu = oidc.Fournisseur()
        monkeypatch.setattr(oidc.requests, "get", get)
        return fournisseur_lu.get_userinfo("jeton", "", {"sub": "sub-elodie"})

    return repondre


def test_a_sound_userinfo_is_read(faussaire) -> None:
    assert faussaire()["sub"] == "sub-elodie"


@pytest.mark.parametrize(
    "mensonge",
    [
        {"iss": "https://ailleurs.example"}, {"aud": "un-autre-client"}, {"sub": "sub-autre"}, {"publiee": False},
        {"exp": int(time.time()) - 3600}, {"type_mime": "application/json"},
        {"corps": jwt.encode({"sub": "sub-elodie"}, "x" * 40, "HS256", headers={"kid": "faux"})},
        {"corps": jwt.encode({"sub": "sub-elodie"}, None, "none", headers={"kid": "faux"})},
    ],
    ids=lambda m: ",".join(m),
)  # fmt: skip
def test_a_userinfo_that_lies_is_refused(faussaire, mensonge) -> None:
    with pytest.raises(SuspiciousOperation):
        faussaire(**mensonge)
