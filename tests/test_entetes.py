"""Every kind of answer carries the headers of security, and no template needs more than they allow."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests import fabriques

pytestmark = pytest.mark.django_db
PROJET = Path(__file__).parents[1]
GABARITS = [g for g in PROJET.glob("templates/**/*.html") if "courriels" not in g.parts]
SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.I)
STYLE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.I)


@pytest.fixture
def reponses(client):
    """One answer of each kind: public page, form, list, dossier, PDF, JSON, redirection, refusals."""
    gestionnaire = fabriques.habilitation("gestionnaire")
    dossier = fabriques.dossier(par=fabriques.habilitation("correspondant"))
    chez = Client()
    chez.force_login(gestionnaire.utilisateur, backend="allauth.account.auth_backends.AuthenticationBackend")
    publiques = (
        "/",
        "/compte/login/",
        "/nulle-part/",
        "/sante/vivant",
        "/dossiers/",
        "/compte/password/reset/",
    )
    miennes = ("accueil", "mfa_index", "mfa_add_webauthn", "account_reauthenticate", "notifications:liste")
    du_dossier = ("apercu", "pieces", "histoire", "synthese")
    return {
        **{adresse: client.get(adresse) for adresse in publiques},
        **{nom: chez.get(reverse(nom)) for nom in miennes},
        **{nom: chez.get(reverse(f"dossiers:{nom}", args=[dossier.numero])) for nom in du_dossier},
        "nir": chez.post(reverse("dossiers:reveler_nir", args=[dossier.numero])),
        "json": chez.post(reverse("brouillons:retrouver"), {"page": "/"}),
        "csrf": Client(enforce_csrf_checks=True).post("/compte/login/"),
    }


def test_every_kind_of_answer_carries_them(reponses) -> None:
    assert {reponse.status_code for reponse in reponses.values()} == {200, 302, 403, 404}
    for nom, reponse in reponses.items():
        politique = reponse["Content-Security-Policy"]
        assert "unsafe" not in politique, nom
        assert "default-src 'none'" in politique, nom
        assert "script-src 'self'" in politique, nom
        assert "style-src 'self'" in politique, nom
        assert reponse["X-Content-Type-Options"] == "nosniff", nom
        assert reponse["X-Frame-Options"] == "SAMEORIGIN", nom
        assert reponse["Referrer-Policy"] == "same-origin", nom
        assert reponse["Cross-Origin-Opener-Policy"] == "same-origin", nom
        assert reponse["Cross-Origin-Resource-Policy"] == "same-origin", nom
        assert "camera=()" in reponse["Permissions-Policy"], nom
        assert "publickey-credentials-get=(self)" in reponse["Permissions-Policy"], nom
        for cookie in reponse.cookies.values():
            assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax"), (nom, cookie.key)


def test_what_is_read_signed_in_stays_in_no_cache(connexion_gestionnaire) -> None:
    for nom in ("accueil", "mfa_index", "dossiers:liste", "notifications:liste"):
        assert "no-store" in connexion_gestionnaire.get(reverse(nom))["Cache-Control"], nom


@pytest.fixture
def connexion_gestionnaire():
    client = Client()
    personne = fabriques.habilitation("gestionnaire").utilisateur
    client.force_login(personne, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_production_asks_for_https_everywhere() -> None:
    reglages = (PROJET / "dossierunique/settings/production.py").read_text()
    for attendu in (
        'SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)',
        "SECURE_HSTS_INCLUDE_SUBDOMAINS = True",
        "SESSION_COOKIE_SECURE = True", "CSRF_COOKIE_SECURE = True", '"__Host-du_session"', "SECURE_SSL_REDIRECT",
    ):  # fmt: skip
        assert attendu in reglages


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda g: str(g.relative_to(PROJET / "templates")))
def test_no_template_holds_a_script_or_a_style(gabarit) -> None:
    texte = gabarit.read_text()
    # Papers are printed by WeasyPrint: no browser reads them.
    if gabarit.is_relative_to(PROJET / "templates/courriers"):
        return
    assert not SCRIPT.search(texte)
    assert not STYLE.search(texte)


def test_the_scripts_are_ours_and_evaluate_nothing() -> None:
    for script in (PROJET / "static/js").glob("*.js"):
        texte = script.read_text()
        assert not re.search(
            r"\beval\(|new Function|innerHTML|localStorage|sessionStorage|https?://", texte
        ), script.name
