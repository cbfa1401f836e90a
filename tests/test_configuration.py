"""Settings: what production refuses, how addresses and keys are read, what every answer carries."""

import os
import subprocess
import sys
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from dossierunique.adresse_client import adresse_client
from dossierunique.settings import adresses, cles
from dossierunique.settings.traces import sans_question

PROJET = Path(__file__).parents[1]


def _cle(octet: int) -> str:
    return urlsafe_b64encode(bytes([octet]) * 32).decode()


COMPLET = {
    "SECRET_KEY": "une-clef-de-quatre-vingts-caracteres-au-moins-pour-signer-les-sessions-0123456789",
    "ALLOWED_HOSTS": "portail.example",
    "ADRESSE_PUBLIQUE": "https://portail.example",
    "DATABASE_URL": "postgres://du_application:x@base/du",
    "REDIS_URL": "redis://courtier:6379/0",
    "CLES_DONNEES": f"1:{_cle(1)},2:{_cle(2)}",
    "CLES_FICHIERS": f"1:{_cle(3)}",
    "CLES_MEDICALES": f"1:{_cle(5)}",
    "CLE_EMPREINTE": _cle(4),
    "CLES_SCEAUX": f"1:{_cle(6)}",
    "EMAIL_URL": "smtp+tls://u:p@smtp.example:587",
    "CONTACT_COURRIEL": "contact@portail.example",
    "DPO_COURRIEL": "dpo@portail.example",
    "SECURITE_CONTACT": "https://portail.example/contact/",
    "HEBERGEUR": "Un hébergeur, 1 rue du Port, Toulon.",
    "DIRECTEUR_PUBLICATION": "la direction",
    "ANTIVIRUS_URL": "tcp://antivirus:3310",
}


def _production(**reglages: str) -> subprocess.CompletedProcess[str]:
    env = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "dossierunique.settings.production",
        **reglages,
    }
    commande = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(commande, cwd=PROJET, env=env, capture_output=True, text=True, check=False)


def test_production_starts_when_all_is_given_and_passes_the_deployment_checks():
    fait = _production(**COMPLET)
    assert fait.returncode == 0, fait.stderr


def test_production_names_everything_that_is_missing_at_once():
    fait = _production()
    assert fait.returncode != 0
    for nom in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL", "CLES_DONNEES", "EMAIL_URL"):
        assert f"{nom} manque" in fait.stderr
    assert "ADRESSE_PUBLIQUE doit commencer par https://" in fait.stderr


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"SECRET_KEY": "courte"}, "SECRET_KEY est trop courte"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS ne peut pas"),
        ({"CLE_EMPREINTE": _cle(1)}, "la même clé sert deux fois"),
        ({"CLES_MEDICALES": f"1:{_cle(3)}"}, "la même clé sert deux fois"),
        ({"CLES_MEDICALES": ""}, "CLES_MEDICALES manque"),
        ({"DATABASE_OWNER_URL": "postgres://du_application:x@base/du"}, "deux rôles différents"),
        ({"CLES_SCEAUX": f"1:{_cle(1)}"}, "la même clé sert deux fois"),
        ({"JOURNAL_MOIS_GARDES": "48"}, "JOURNAL_MOIS_GARDES va de 6 à 36"),
        ({"CLES_FICHIERS": "1:abc"}, "32 octets"),
    ],
)
def test_production_refuses_what_is_weak(change, message):
    fait = _production(**{**COMPLET, **change})
    assert fait.returncode != 0
    assert message in fait.stderr


def test_the_last_key_encrypts_and_the_others_still_decrypt():
    trousseau = cles.trousseau(f"1:{_cle(1)}, 7:{_cle(7)}")
    assert trousseau == {1: b"\x01" * 32, 7: b"\x07" * 32}
    assert cles.courante(trousseau) == 7
    assert cles.courante({}) is None


@pytest.mark.parametrize(
    "texte", ["sans-numero", f"0:{_cle(1)}", f"256:{_cle(1)}", f"1:{_cle(1)},1:{_cle(2)}"]
)
def test_a_bad_set_of_keys_is_refused(texte):
    with pytest.raises(ImproperlyConfigured):
        cles.trousseau(texte)


def test_a_database_behind_a_socket():
    lue = adresses.base("postgres://role@%2Frun%2Fpg/du")
    assert (lue["USER"], lue["HOST"], lue["NAME"]) == ("role", "/run/pg", "du")


def test_without_an_owner_only_the_application_is_known():
    assert set(adresses.bases("postgres://a@h/b", "")) == {"default"}
    assert set(adresses.bases("postgres://a@h/b", "postgres://o@h/b")) == {"default", "proprietaire"}


def test_one_redis_address_in_two_spellings():
    assert adresses.courtier("unix:///run/v.sock") == "redis+socket:///run/v.sock"
    assert adresses.cache("redis+socket:///run/v.sock")["LOCATION"] == "unix:///run/v.sock"
    assert adresses.courtier("redis://h/0") == adresses.cache("redis://h/0")["LOCATION"] == "redis://h/0"


def test_a_storage_address():
    options = adresses.stockage("s3://cle:s%2Fcret@s3.example:9000/seau?region=eu&tls=0", Path("/x"))[
        "OPTIONS"
    ]
    assert options["endpoint_url"] == "http://s3.example:9000"
    assert (options["bucket_name"], options["secret_key"], options["region_name"]) == ("seau", "s/cret", "eu")
    with pytest.raises(ValueError, match="s3://"):
        adresses.stockage("ftp://h/x", Path("/x"))


@pytest.mark.parametrize(
    ("mandataires", "chaine", "attendu"),
    [
        (0, "1.1.1.1", "9.9.9.9"),
        (1, "1.1.1.1, 2.2.2.2", "2.2.2.2"),
        (2, "6.6.6.6, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (1, "", "9.9.9.9"),
        (3, "1.1.1.1", "9.9.9.9"),
    ],
)
def test_what_the_client_writes_in_forwarded_for_is_not_believed(settings, mandataires, chaine, attendu):
    settings.MANDATAIRES = mandataires
    requete = RequestFactory().get("/", REMOTE_ADDR="9.9.9.9", HTTP_X_FORWARDED_FOR=chaine)
    assert adresse_client(requete) == attendu


@pytest.mark.parametrize(
    ("ligne", "attendue"),
    [
        ("Not Found: /dossiers/?q=durand", "Not Found: /dossiers/"),
        ("GET /demandes/DU-1?nom=x&page=2 200", "GET /demandes/DU-1 200"),
        ("est-ce prêt ? oui", "est-ce prêt ? oui"),
    ],
)
def test_query_strings_leave_the_logs(ligne, attendue):
    assert sans_question(None, "info", {"event": ligne})["event"] == attendue


def test_every_answer_carries_the_security_headers(client):
    reponse = client.get("/sante/vivant")
    politique = reponse["Content-Security-Policy"]
    assert "unsafe" not in politique
    for directive in (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ):
        assert directive in politique
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert reponse["X-Frame-Options"] == "SAMEORIGIN"
    assert reponse["Referrer-Policy"] == "same-origin"
    assert reponse["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in reponse["Permissions-Policy"]
