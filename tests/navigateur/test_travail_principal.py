"""The main job of the product, played by the people themselves on the served demo; then what it left behind."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import expect

from tests.navigateur import documents, gestes, traces
from tests.navigateur.demonstration import Demonstration
from tests.navigateur.postes import Poste

pytestmark = pytest.mark.navigateur
BESOIN = "Hospitalisation de la mère : accompagner deux enfants matin et soir, six semaines."
MOTIF = "Les ressources du foyer ouvrent droit à la moitié du coût."
REJET = "Le devis n’est pas signé."


@dataclass
class Affaire:
    """What the people handle, as they learn it."""

    demo: Demonstration
    ouvrir: Callable[..., Poste]
    dossier: str = ""
    demande: str = ""
    pieces: dict[str, str] = field(default_factory=dict)
    postes: dict[str, Poste] = field(default_factory=dict)

    def poste(self, compte: str, **options: object) -> Poste:
        """The desk of this account, opened once."""
        if compte not in self.postes:
            self.postes[compte] = self.ouvrir(compte, **options)
        return self.postes[compte]

    @property
    def url(self) -> str:
        return f"/demandes/{self.demande}/"


@pytest.fixture
def affaire(demonstration, poste):
    """A new affair on the demo."""
    return Affaire(demonstration, poste)


def test_main_job(affaire):
    """From a NIR typed at the unit to a decision known by everyone entitled, and by nobody else."""
    ouvrir_le_dossier(affaire)
    deposer_la_demande(affaire)
    recevoir_l_accuse(affaire)
    verifier_les_pieces(affaire)
    repondre(affaire)
    completer_et_prendre(affaire)
    contribuer(affaire)
    ne_rien_voir(affaire)
    decider_et_notifier(affaire)
    apprendre_l_issue(affaire)
    raconter_le_dossier(affaire)
    retirer(affaire)
    traces.base(affaire)
    traces.journal(affaire)
    traces.courriels(affaire)
    traces.nir_nulle_part(affaire)


def ouvrir_le_dossier(affaire):
    """The correspondant: a wrong NIR, then a person nobody knows, her form, her choices, her number."""
    poste = affaire.poste("correspondant")
    page = poste.page
    page.locator("main").get_by_role("link", name="Ouvrir un dossier").click()
    gestes.chercher_personne(poste, nir=gestes.NIR[:-2] + "00")
    expect(page.locator(".champ__erreur")).to_contain_text("La clé (les deux derniers chiffres)")
    gestes.chercher_personne(poste, nir=gestes.NIR.replace("84 05", "84 13"))
    expect(page.locator(".champ__erreur")).to_contain_text("ne peut pas être 13")
    gestes.chercher_personne(poste)
    gestes.titre(page, "Son identité")
    gestes.saisir_identite(page)
    formulaire = documents.texte(
        poste.poster(page.locator("form[target=_blank]").get_attribute("action") or "")
    )
    assert "texte version 1" in formulaire
    for nom in ("Action sociale de la défense", "Unéo", "Mutuelle MSPP", "Association Tégo"):
        assert re.search(rf"{nom}[^|]*?j’accorde je refuse", formulaire), nom
    assert gestes.NIR not in formulaire
    gestes.recueillir(
        page,
        {"ASD": "Accordé", "Unéo": "Accordé", "MSPP": "Refusé"},
        documents.numerisation("consentement.pdf", "Recueil du consentement, signé"),
    )
    affaire.dossier = page.locator(".numero-ouvert").inner_text()
    assert re.fullmatch(r"DU-\d{4}-\d{7}-[A-Z]", affaire.dossier)


def deposer_la_demande(affaire):
    """Every step of the wizard, with one paper missing, then the summary."""
    page = affaire.poste("correspondant").page
    page.get_by_role("link", name="Déposer une demande").click()
    gestes.decrire_besoin(page, "Aide familiale (TISF)", BESOIN)
    gestes.detailler_budget(page, ("1 850,50", "", "320"), ("640", "85,20"))
    gestes.chiffrer(page, "720", "0")
    gestes.joindre(page, "livret-famille", documents.numerisation("livret.pdf", "Livret de famille"))
    gestes.joindre(
        page,
        "avis-imposition",
        documents.pdf("avis.pdf", "Avis d’imposition"),
        documents.pdf("avis2.pdf", "Suite"),
    )
    gestes.joindre(page, "devis", documents.pdf("devis.pdf", "Devis", "Aide familiale", pages=2))
    gestes.joindre(page, "certificat-medical", documents.pdf("certificat.pdf", "Certificat médical"))
    gestes.continuer(page, "Continuer")
    resume = page.locator("main")
    expect(resume).to_contain_text(BESOIN)
    expect(resume).to_contain_text("Il manque 1 pièce : Relevé d’identité bancaire")
    expect(resume).to_contain_text("720,00 €")
    expect(resume).to_contain_text("2 170,50 €")
    gestes.continuer(page, "Déposer la demande")
    gestes.titre(page, "La demande est déposée")
    affaire.demande = re.search(r"DM-\d{4}-\d{7}-[A-Z]", page.url)[0]


def recevoir_l_accuse(affaire):
    """The page shows the acknowledgement by itself when the worker has made it."""
    poste = affaire.poste("correspondant")
    lien = poste.page.get_by_role("link", name="Ouvrir l’accusé de réception")
    expect(lien).to_be_visible(timeout=30_000)
    accuse = documents.texte(poste.octets(lien.get_attribute("href")))
    for attendu in (affaire.demande, "prestations supplémentaires", "60 jours", "Relevé d’identité bancaire"):
        assert attendu in accuse, attendu
    assert "Livret de famille" not in accuse


def verifier_les_pieces(affaire):
    """The gestionnaire finds the demande, reads each paper, rejects one, asks for what is missing."""
    poste = affaire.poste("gestionnaire", statuts=(404, 422))
    page = poste.page
    page.get_by_role("navigation", name="Application").get_by_role("link", name="Demandes").click()
    gestes.trouver_dans_corbeille(page, affaire.demande)
    affaire.pieces = traces.pieces(affaire)
    assert poste.statut(f"/pieces/{affaire.pieces['certificat-medical']}/") == 404
    page.get_by_role("link", name="Vérifier 4 pièces").click()
    for nom in ("Livret de famille", "Dernier avis d’imposition", "Dernier avis d’imposition"):
        gestes.lire_piece(page, nom)
        gestes.continuer(page, "Valider")
    gestes.lire_piece(page, "Devis ou facture")
    gestes.rejeter(page, "Autre raison", REJET)
    expect(page).to_have_url(re.compile(affaire.url))
    gestes.demander_pieces(
        page, {"Relevé d’identité bancaire": "Au nom de la mère.", "Devis ou facture": "Signé."}
    )
    expect(page.locator("main")).to_contain_text("2 pièces demandées")


def repondre(affaire):
    """The correspondant is told, and answers in place."""
    poste = affaire.poste("correspondant")
    page = poste.page
    texte = f"Des pièces sont demandées sur {affaire.demande}."
    page.goto("/notifications/")
    annonce = page.get_by_role("link", name=texte)
    poste.jusqu_a(lambda: annonce.count() == 1, texte)
    annonce.click()
    expect(page).to_have_url(re.compile(affaire.url))
    expect(page.locator("main")).to_contain_text(REJET)
    page.get_by_role("link", name="Déposer les pièces demandées").click()
    gestes.joindre(page, "devis", documents.pdf("devis-signe.pdf", "Devis signé"))
    gestes.joindre(page, "rib", documents.pdf("rib.pdf", "Relevé d’identité bancaire"))
    expect(page).to_have_url(re.compile(affaire.url))


def completer_et_prendre(affaire):
    """The gestionnaire checks the answers, declares the demande complete and takes it."""
    page = affaire.poste("gestionnaire").aller(affaire.url)
    page.get_by_role("link", name="Vérifier 2 pièces").click()
    for nom in ("Devis ou facture", "Relevé d’identité bancaire"):
        gestes.lire_piece(page, nom)
        gestes.continuer(page, "Valider")
    gestes.continuer(page, "Déclarer complète")
    gestes.continuer(page, "Prendre en instruction")
    expect(page.locator("main")).to_contain_text("Vous instruisez cette demande.")


def contribuer(affaire):
    """The ASD and Unéo find the same file, read the shared papers, and each answers for itself."""
    for compte, montant, mot in (("asd", "100", "Secours du mois."), ("uneo", "180", "Forfait famille.")):
        poste = affaire.poste(compte, statuts=(404, 422))
        page = poste.page
        page.get_by_role("navigation", name="Application").get_by_role(
            "link", name="Demandes à étudier"
        ).click()
        gestes.trouver_parmi_les_pages(page, affaire.demande)
        assert "DOCUMENT FICTIF" in documents.texte(
            poste.octets(f"/pieces/{affaire.pieces['avis-imposition']}/fichier/")
        )
        assert poste.statut(f"/pieces/{affaire.pieces['certificat-medical']}/") == 404
        gestes.contribuer(page, "Accord", montant, mot)
        expect(page.locator(".contributions")).to_contain_text(mot)
        expect(page.locator("main")).not_to_contain_text("MSPP")


def ne_rien_voir(affaire):
    """The refused mutuelle: nothing in the lists, in the search, at the addresses."""
    poste = affaire.poste("mspp", statuts=(404,))
    page = poste.page
    for chemin in (
        "/dossiers/?q=O’Hara",
        f"/dossiers/?q={affaire.dossier}",
        "/recherche/?q=O’Hara-Fictive",
        "/contributions/?voir=toutes",
    ):
        page.goto(chemin)
        expect(page.locator("main tbody, main .liste-simple, main .vide").first).to_be_visible()
        expect(page.locator("main").get_by_role("link", name=re.compile("o’hara", re.I))).to_have_count(0)
        for numero in (affaire.demande, affaire.dossier):
            expect(page.locator(f'main a[href*="/{numero}/"]')).to_have_count(0)
    for chemin in (
        f"/recherche/?q={affaire.dossier}",
        f"/recherche/?q={affaire.demande}",
        f"/dossiers/{affaire.dossier}/",
        affaire.url,
        f"/pieces/{affaire.pieces['devis']}/",
    ):
        page.goto(chemin)
        gestes.titre(page, "Page introuvable")
    assert poste.statut(f"/dossiers/{affaire.dossier}/") == poste.statut(affaire.url) == 404


def decider_et_notifier(affaire):
    """The gestionnaire decides after reading the letter; the worker produces it and notifies."""
    poste = affaire.poste("gestionnaire")
    page = poste.aller(affaire.url)
    gestes.decider(page, "Accord partiel", "360", MOTIF)
    lettre = page.get_by_role("link", name="Notification de décision")
    poste.jusqu_a(lambda: lettre.count() == 1, "lettre de notification")
    texte = documents.texte(poste.octets(lettre.get_attribute("href")))
    for attendu in (affaire.demande, "360,00 €", MOTIF, "deux mois", "recours", "O’HARA-FICTIVE"):
        assert attendu in texte, attendu
    assert not re.search(r"2\s?84\s?05", texte)


def apprendre_l_issue(affaire):
    """Everyone entitled is told; the correspondant learns the outcome and no amount."""
    texte = f"La décision est notifiée pour {affaire.demande}."
    for compte in ("correspondant", "asd", "uneo"):
        poste = affaire.poste(compte)
        poste.page.goto("/notifications/")
        annonce = poste.page.get_by_role("link", name=texte)
        poste.jusqu_a(lambda annonce=annonce: annonce.count() == 1, texte)
    page = affaire.poste("correspondant").page
    page.get_by_role("link", name=texte).click()
    expect(page.locator("main")).to_contain_text("accord partiel")
    for montant in ("360,00", "180,00", "100,00", "720,00"):
        expect(page.locator("main")).not_to_contain_text(montant)
    affaire.poste("mspp").page.goto("/notifications/")
    expect(affaire.poste("mspp").page.get_by_role("link", name=texte)).to_have_count(0)


def raconter_le_dossier(affaire):
    """The file's page: one timeline, and a plan whose parts are everyone's."""
    page = affaire.poste("gestionnaire").aller(f"/dossiers/{affaire.dossier}/")
    plan = page.locator(".carte").filter(has=page.get_by_role("heading", name="Plan de financement"))
    for attendu in ("CNMSS", "360,00 €", "Unéo", "180,00 €", "ASD", "100,00 €", "80,00 €", "sur 720,00 €"):
        expect(plan).to_contain_text(attendu)
    page.get_by_role("link", name="Toute l’histoire").click()
    histoire = page.locator(".temps")
    for fait in ("consentement", "demande", "accord, 180,00 €", "accord partiel, 360,00 €", REJET):
        expect(histoire).to_contain_text(fait)


def retirer(affaire):
    """The person changes her mind about Unéo, whose open page closes at once."""
    ouverte = affaire.poste("uneo").aller(f"/dossiers/{affaire.dossier}/")
    expect(ouverte.locator("h1")).to_contain_text("O’HARA-FICTIVE")
    page = affaire.poste("correspondant").aller(f"/dossiers/{affaire.dossier}/consentement/retirer/")
    gestes.retirer_accord(page, "Unéo, mutuelle des forces armées")
    expect(page.locator("main")).to_contain_text("Unéo ne voit plus ce dossier")
    ouverte.reload()
    gestes.titre(ouverte, "Page introuvable")
    ouverte.goto("/dossiers/?q=O’Hara")
    expect(ouverte.locator(f'main a[href*="/{affaire.dossier}/"]')).to_have_count(0)
