"""Sign-in in a real browser: waits, passkeys, step-up, sessions, the end of a session, ProConnect.

Served by this process rather than by the demo: the settings that these tests change (a session of half a minute, a
provider) are read at each request.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from dossierunique.journal.models import LigneJournal
from partners.comptes.models import BrouillonFormulaire, IdentiteFederee, SessionOuverte, Utilisateur
from tests import fabriques
from tests.navigateur.demonstration import port_libre
from tests.navigateur.postes import Poste
from tests.oidc.service import FournisseurReel, exiger_node

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.navigateur]


@pytest.fixture
def portail(live_server, settings) -> str:
    """The address of the portal, on localhost: passkeys refuse an address in figures."""
    settings.RENFORT_MINUTES = 10
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def chez(navigateur: Browser, portail: str) -> Iterator[Callable[..., Poste]]:
    """Open a desk of this portal; at the end none may have had an incident."""
    ouverts: list[Poste] = []

    def ouvrir(**options: Any) -> Poste:
        ouverts.append(Poste(navigateur, portail, **options))
        return ouverts[-1]

    yield ouvrir
    incidents = [incident for poste in ouverts for incident in poste.quitter()]
    assert not incidents, "\n".join(incidents)


@pytest.fixture
def personne(transactional_db) -> Utilisateur:
    return fabriques.habilitation("gestionnaire").utilisateur


def entrer(poste: Poste, personne: Utilisateur, mot_de_passe: str = fabriques.MOT_DE_PASSE) -> Page:
    page = poste.aller("/compte/login/")
    page.get_by_label("Identifiant").fill(personne.username)
    page.get_by_label("Mot de passe", exact=True).fill(mot_de_passe)
    page.get_by_role("button", name="Se connecter").click()
    return page


def entree(poste: Poste, personne: Utilisateur) -> Page:
    page = entrer(poste, personne)
    expect(page.locator(".qui__nom")).to_be_visible()
    return page


def cle_virtuelle(page: Page) -> Any:
    """A security key with a fingerprint reader, plugged into this browser."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return cdp


def test_five_failures_make_this_account_wait_and_no_colleague(chez, personne) -> None:
    poste = chez(statuts=(429,))
    for _ in range(5):
        entrer(poste, personne, "faux")
    expect(poste.page.get_by_role("heading", level=1)).to_have_text("Encore un instant")
    expect(poste.page.locator("main")).to_contain_text("1\u00a0minute")
    poste.page.get_by_role("link", name="Choisir un nouveau mot de passe").click()
    expect(poste.page.get_by_role("heading", level=1)).to_have_text("Mot de passe oublié")
    entree(chez(), fabriques.habilitation("gestionnaire").utilisateur)


def test_a_passkey_is_added_renamed_used_and_removed(chez, personne) -> None:
    poste = chez()
    page = entree(poste, personne)
    cle_virtuelle(page)
    page.goto(reverse("mfa_index"))
    page.get_by_role("link", name="Ajouter une clé").click()
    page.get_by_label("Mot de passe").fill(fabriques.MOT_DE_PASSE)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Nom de cette clé").fill("Clé du bureau")
    page.get_by_label("Me connecter avec cette clé seule").check()
    page.get_by_role("button", name="Enregistrer la clé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    assert len(page.locator("li.code").all()) == 10

    # As a second factor, after the password.
    _sortir(page)
    entrer(poste, personne)
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    expect(page.locator(".qui__nom")).to_be_visible()

    # Alone, without a password.
    _sortir(page)
    page.goto("/compte/login/")
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    expect(page.locator(".qui__nom")).to_be_visible()
    assert SessionOuverte.objects.get().moyen == "clé d’accès"

    page.goto(reverse("mfa_list_webauthn"))
    page.get_by_role("link", name="Renommer Clé du bureau").click()
    # Signing in is not proving oneself for the page of the keys: the key is asked again.
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    page.get_by_label("Nom de cette clé").fill("Clé de secours")
    page.get_by_role("button", name="Renommer").click()
    page.get_by_role("link", name="Retirer Clé de secours").click()
    page.get_by_role("button", name="Retirer la clé").click()
    expect(page.locator("main")).to_contain_text("Aucune clé d’accès")
    ecrites = LigneJournal.objects.filter(utilisateur_id=personne.pk, action="modifier")
    assert {"clé d’accès : ajout", "clé d’accès : retrait"} <= set(ecrites.values_list("motif", flat=True))


def test_a_key_is_added_once(chez, personne) -> None:
    page = entree(chez(), personne)
    cle_virtuelle(page)
    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_label("Mot de passe").fill(fabriques.MOT_DE_PASSE)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Enregistrer la clé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_role("button", name="Enregistrer la clé").click()
    expect(page.get_by_role("alert")).to_have_text("Cette clé est déjà enregistrée pour votre compte.")


def _sortir(page: Page) -> None:
    page.locator(".qui summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("heading", name="Connexion", exact=True)).to_be_visible()


def test_revealing_a_nir_asks_for_the_password_then_comes_back(chez, personne) -> None:
    dossier = fabriques.dossier(par=fabriques.habilitation("correspondant"))
    poste = chez()
    page = entree(poste, personne)
    _vieillir(personne)
    page.goto(f"/dossiers/{dossier.numero}/")
    page.get_by_role("button", name="révéler").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmez que c’est bien vous")
    page.get_by_label("Mot de passe").fill(fabriques.MOT_DE_PASSE)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Afficher le NIR").click()
    expect(page.locator(".bandeau")).to_contain_text(re.compile(r"\d\s\d\d\s\d\d\s\d\d\s\d{3}"))
    assert LigneJournal.objects.filter(action="reveler_nir").count() == 1
    assert not BrouillonFormulaire.objects.exists()


def _vieillir(personne: Utilisateur) -> None:
    """The sign-in of her session becomes an hour older."""
    magasin = SessionStore(SessionOuverte.objects.get(utilisateur=personne).cle)
    for preuve in magasin["account_authentication_methods"]:
        preuve["at"] -= 3600
    magasin.save()


def test_a_session_is_ended_from_another_desk(chez, personne) -> None:
    bureau, maison = chez(), chez()
    entree(bureau, personne)
    page = entree(maison, personne)
    page.goto(reverse("mfa_index"))
    expect(page.locator(".ligne-session")).to_have_count(2)
    page.get_by_role("button", name=re.compile("^Fermer la session")).click()
    expect(page.locator(".message")).to_contain_text("La session est fermée")
    bureau.aller("/dossiers/")
    expect(bureau.page).to_have_url(re.compile("/compte/login/"))


def test_the_end_is_announced_and_staying_works_in_every_tab(chez, personne, settings) -> None:
    settings.SESSION_INACTIVITE = 20
    poste = chez()
    page = entree(poste, personne)
    onglet = poste.contexte.new_page()
    onglet.goto("/")
    recherche = page.get_by_role("searchbox")
    page.keyboard.press("/")
    expect(recherche).to_be_focused()
    boite = page.get_by_role("alertdialog")
    expect(boite).to_contain_text("prend fin", timeout=14_000)
    expect(boite.get_by_role("button", name="Rester connecté")).to_be_focused()
    expect(onglet.get_by_role("alertdialog")).to_be_visible()
    page.keyboard.press("Enter")
    expect(boite).to_have_count(0)
    expect(recherche).to_be_focused()
    expect(onglet.get_by_role("alertdialog")).to_have_count(0)
    page.wait_for_timeout(8_000)
    page.goto("/habilitation/")
    expect(page.locator(".qui__nom")).to_be_visible()


@pytest.fixture
def redaction(transactional_db):
    """A correspondant in the middle of a demande."""
    par = fabriques.habilitation("correspondant")
    demande = fabriques.demande(fabriques.dossier(par=par), etat="brouillon")
    return par.utilisateur, reverse("demandes:besoin", args=[demande.numero])


def test_what_is_typed_survives_the_end_of_the_session(chez, redaction, settings) -> None:
    settings.SESSION_INACTIVITE = 16
    personne, adresse = redaction
    poste = chez()
    page = entree(poste, personne)
    page.goto(adresse)
    page.locator("main textarea").first.select_text()
    page.keyboard.type("Trois heures d’aide par semaine, après l’opération.")
    page.wait_for_timeout(5_000)
    assert BrouillonFormulaire.objects.count() == 1
    expect(page.get_by_role("link", name="Se reconnecter")).to_be_visible(timeout=25_000)
    page.get_by_role("link", name="Se reconnecter").click()
    entrer_sur_place(page, personne)
    page.get_by_role("button", name="Reprendre ma saisie").click()
    expect(page.locator("main textarea").first).to_have_value(
        "Trois heures d’aide par semaine, après l’opération."
    )


def test_what_is_sent_after_the_end_is_kept_without_any_script(chez, redaction, settings) -> None:
    settings.SESSION_INACTIVITE = 6
    personne, adresse = redaction
    page = entree(chez(java_script_enabled=False), personne)
    page.goto(adresse)
    page.locator("main textarea").first.fill("Écrit sans script.")
    page.wait_for_timeout(8_000)
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page.locator(".message")).to_contain_text("votre saisie est gardée")
    settings.SESSION_INACTIVITE = 600
    entrer_sur_place(page, personne)
    page.get_by_role("button", name="Envoyer ma saisie").click()
    expect(page).to_have_url(re.compile("/ressources/$"))
    page.goto(adresse)
    expect(page.locator("main textarea").first).to_have_value("Écrit sans script.")
    assert not BrouillonFormulaire.objects.exists()


def entrer_sur_place(page: Page, personne: Utilisateur) -> None:
    page.get_by_label("Identifiant").fill(personne.username)
    page.get_by_label("Mot de passe", exact=True).fill(fabriques.MOT_DE_PASSE)
    page.get_by_role("button", name="Se connecter").click()


def test_advice_stands_beside_a_new_password(chez, personne) -> None:
    page = entree(chez(), personne)
    page.goto(reverse("account_change_password"))
    champ, avis = page.get_by_label("Nouveau mot de passe"), page.locator(".champ__force")
    for mot, attendu in (
        ("court", "Encore 7 caractères"),
        ("toutenminuscule", "Allongez-le"),
        (f"{personne.username}-Ab3!x", "votre nom"),
        ("Xk9!qzVb2?wM", "Assez long"),
    ):
        champ.fill(mot)
        expect(avis).to_contain_text(attendu)


def test_proconnect_from_the_button_to_the_portal(navigateur, portail, personne, settings) -> None:
    exiger_node()
    cache.clear()
    fournisseur = FournisseurReel(port_libre(), portail)
    try:
        fournisseur.regler(settings)
        IdentiteFederee.objects.create(utilisateur=personne, emetteur=fournisseur.emetteur, sub="sub-elodie")
        contexte = navigateur.new_context(base_url=portail, locale="fr-FR")
        page = contexte.new_page()
        page.goto("/compte/login/?next=/habilitation/")
        page.get_by_role("link", name="Se connecter avec ProConnect").click()
        page.get_by_label("Compte").fill("sub-elodie")
        page.get_by_role("button", name="Continuer").click()
        expect(page).to_have_url(f"{portail}/habilitation/")
        expect(page.locator(".qui__nom")).to_be_visible()
        page.locator(".qui summary").click()
        page.get_by_role("button", name="Se déconnecter").click()
        expect(page).to_have_url(re.compile(re.escape(f"{fournisseur.emetteur}/session/end")))
        contexte.close()
    finally:
        fournisseur.arreter()
    assert not SessionOuverte.objects.exists()
