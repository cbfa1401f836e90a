"""The main job without a mouse: every key is really pressed, and the focus is seen wherever it stops."""

import re

import pytest
from playwright.sync_api import expect

from dossiers.demonstration.catalogue import MOT_DE_PASSE
from tests.navigateur import documents, gestes
from tests.navigateur.clavier import Clavier

pytestmark = pytest.mark.navigateur
NIR = gestes.nir_neuf(int(gestes.NIR.replace(" ", "")[10:13]) + 20)
BESOIN = "Sortie d’hôpital : aide aux repas et au ménage, quatre semaines."
# As many as the aid asks for, but one that only the médecin-conseil reads.
PIECES = ("Livret de famille", "Dernier avis d’imposition", "Devis ou facture", "Relevé d’identité bancaire")
MOTIF = "Les ressources du foyer ouvrent droit à la moitié du coût."


def test_the_main_job_is_done_with_the_keyboard_alone(poste):
    unite = poste()
    chez = entrer(unite, "correspondant")
    ouvrir_le_dossier(chez)
    demande = deposer_la_demande(chez)
    recevoir_l_accuse(unite, chez)
    caisse = poste()
    chez = entrer(caisse, "gestionnaire")
    verifier(chez, demande)
    decider(chez)


def entrer(poste, compte):
    """Sign in as one does without a mouse: the name, the password, Enter."""
    page = poste.aller("/compte/login/")
    clavier = Clavier(page)
    clavier.au_contenu()
    clavier.ecrire("Identifiant", compte)
    clavier.ecrire("Mot de passe", MOT_DE_PASSE)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".qui__nom")).to_be_visible()
    return clavier


def ouvrir_le_dossier(clavier):
    """A person nobody knows: her NIR, her identity, her choices one by one, the signed form."""
    clavier.au_contenu()
    clavier.suivre("Ouvrir un dossier")
    clavier.au_contenu()
    clavier.ecrire("NIR", NIR)
    clavier.dater("Date de naissance", gestes.NAISSANCE)
    clavier.presser("Continuer")
    clavier.au_contenu()
    for libelle in ("Nom de naissance", "Prénoms", "Lieu de naissance", "Adresse", "Téléphone"):
        clavier.ecrire(libelle, gestes.IDENTITE[libelle])
    clavier.choisir("Statut", "En a")
    clavier.presser("Enregistrer et continuer")
    gestes.titre(clavier.page, "Faire signer le formulaire")
    clavier.au_contenu()
    clavier.repondre(re.compile("ASD"), "Accordé", "radiogroup")
    clavier.repondre(re.compile("Unéo"), "Refusé", "radiogroup")
    clavier.joindre("Formulaire signé, numérisé", documents.numerisation("signe.pdf", "Consentement signé"))
    clavier.presser("Enregistrer et ouvrir le dossier")
    gestes.titre(clavier.page, "Le dossier est ouvert")
    clavier.au_contenu()
    clavier.suivre("Déposer une demande")


def deposer_la_demande(clavier):
    """The steps of a demande, down to its number."""
    page = clavier.page
    clavier.au_contenu()
    clavier.repondre("Quelle aide est demandée ?", re.compile("Aide familiale"))
    clavier.ecrire("Besoin", BESOIN)
    clavier.presser("Enregistrer et continuer")
    clavier.au_contenu()
    for rubrique, montant in (("Solde ou salaire", "1 850,50"), ("Loyer", "640")):
        clavier.aller(page.get_by_label(re.compile(rf"^Montant par mois.*{rubrique}")))
        page.keyboard.type(montant)
    clavier.presser("Enregistrer et continuer")
    clavier.au_contenu()
    clavier.ecrire("Coût total", "720")
    clavier.ecrire("Déjà pris en charge", "0")
    clavier.presser("Enregistrer et continuer")
    clavier.au_contenu()
    for rang, nom in enumerate(PIECES):
        clavier.joindre(re.compile(rf"^Fichiers\s: {nom}"), documents.pdf(f"piece{rang}.pdf", nom))
        clavier.aller_a("button", f"Déposer {nom}")
        page.keyboard.press("Enter")
        # The answer takes the place of the page: one goes on from the paper just given.
        expect(page.get_by_role("listitem").filter(has_text=nom).first).to_be_focused()
    clavier.presser("Continuer")
    clavier.au_contenu()
    clavier.presser("Déposer la demande")
    gestes.titre(page, "La demande est déposée")
    return re.search(r"DM-\d{4}-\d{7}-[A-Z]", page.url)[0]


def recevoir_l_accuse(poste, clavier):
    """The page shows the acknowledgement by itself; one walks to it and reads it."""
    lien = clavier.page.get_by_role("link", name="Ouvrir l’accusé de réception")
    clavier.au_contenu()
    expect(lien).to_be_visible(timeout=30_000)
    clavier.aller(lien)
    assert "60 jours" in documents.texte(poste.octets(lien.get_attribute("href")))


def verifier(clavier, demande):
    """Found by its number from anywhere, each paper read and accepted; then it is complete, and hers."""
    page = clavier.page
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type(demande)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/demandes/{demande}/$"))
    clavier.au_contenu()
    clavier.suivre(f"Vérifier {len(PIECES)} pièces")
    for nom in PIECES:
        gestes.lire_piece(page, nom)
        clavier.au_contenu()
        clavier.presser("Valider")
    for geste in ("Déclarer complète", "Prendre en instruction"):
        clavier.au_contenu()
        clavier.presser(geste)
    expect(page.get_by_role("main")).to_contain_text("Vous instruisez cette demande.")


def decider(clavier):
    """The decision, recorded after its letter is read; and the way out, by the menu."""
    page = clavier.page
    clavier.au_contenu()
    clavier.suivre("Enregistrer la décision")
    clavier.au_contenu()
    clavier.repondre("Décision", "Accord partiel")
    clavier.ecrire("Montant accordé", "360")
    clavier.ecrire("Motif", MOTIF)
    clavier.presser("Relire le courrier")
    expect(page.locator(".lettre")).to_contain_text(MOTIF)
    clavier.au_contenu()
    clavier.presser("Enregistrer et notifier")
    expect(page.get_by_role("main")).to_contain_text("360,00 €")
