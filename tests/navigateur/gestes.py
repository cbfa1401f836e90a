"""What the people of the main job do with their mouse and keyboard, step by step."""

import re
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.navigateur import documents
from tests.navigateur.postes import Poste

NIR, NAISSANCE = "2 84 05 88 321 025 32", "1984-05-14"
IDENTITE = {
    "Nom de naissance": "O’Hara-Fictive",
    "Prénoms": "Maëlle Anne",
    "Lieu de naissance": "Vittel",
    "Adresse": "12 rue de l’Église\n64100 Bayonne",
    "Téléphone": "05 00 00 00 99",
    "Grade": "caporal-chef",
}


def continuer(page: Page, bouton: str = "Enregistrer et continuer") -> None:
    """Press the main button of a form."""
    page.get_by_role("button", name=bouton, exact=True).click()


def saisie(page: Page | Locator, libelle: str) -> Locator:
    """The field of this label, said optional or not."""
    return page.get_by_label(re.compile(rf"^\s*{re.escape(libelle)}\s*(\(facultatif\))?\s*$"))


def titre(page: Page, texte: Any) -> Locator:
    """A heading that must be there."""
    trouve = page.get_by_role("heading", name=texte).first
    expect(trouve).to_be_visible()
    return trouve


def chercher_personne(correspondant: Poste, nir: str = NIR, naissance: str = NAISSANCE) -> None:
    """First screen of an opening: the NIR and the birth date."""
    page = correspondant.page
    saisie(page, "NIR").fill(nir)
    saisie(page, "Date de naissance").fill(naissance)
    continuer(page, "Continuer")


def saisir_identite(page: Page, identite: dict[str, str] = IDENTITE, statut: str = "activite") -> None:
    """Second screen: who she is; the sex, the birth date and the unit are already there."""
    for libelle, valeur in identite.items():
        saisie(page, libelle).fill(valeur)
    page.locator("#id_statut").select_option(statut)
    continuer(page)
    titre(page, "Faire signer le formulaire")


def recueillir(page: Page, choix: dict[str, str], preuve: FilePayload | Any) -> None:
    """Third screen: what she answered for each organisme, and the signed scan."""
    for sigle, reponse in choix.items():
        ligne = page.locator(".destinataire").filter(has=page.get_by_text(sigle, exact=True))
        ligne.get_by_label(reponse).check()
    saisie(page, "Formulaire signé, numérisé").set_input_files(preuve)
    continuer(page, "Enregistrer et ouvrir le dossier")
    titre(page, "Le dossier est ouvert")


def decrire_besoin(page: Page, aide: str, besoin: str) -> None:
    """First step of a demande."""
    page.locator(".carte-choix").filter(has=page.get_by_text(aide, exact=True)).get_by_role("radio").check()
    saisie(page, "Besoin").fill(besoin)
    continuer(page)


def detailler_budget(page: Page, ressources: tuple[str, ...], charges: tuple[str, ...]) -> None:
    """Second step: an amount for each of the ready lines."""
    for prefixe, montants in (("ressource", ressources), ("charge", charges)):
        for rang, montant in enumerate(montants):
            page.locator(f"[name={prefixe}-{rang}-montant]").fill(montant)
    continuer(page)


def chiffrer(page: Page, cout: str, deja: str, demande: str = "") -> None:
    """Third step: the cost, what is already paid for, and what is asked."""
    saisie(page, "Coût total").fill(cout)
    saisie(page, "Déjà pris en charge").fill(deja)
    saisie(page, "Aide demandée à la CNMSS").fill(demande)
    continuer(page)


def joindre(page: Page, code: str, *fichiers: Any) -> None:
    """Upload files of one kind of paper, and wait until the page shows them."""
    place = page.locator(f"#piece-{code}")
    if not place.count():
        place = page.locator("#autre-piece")
        place.locator("summary").click()
        place.get_by_label("Type de pièce").select_option(code)
    place.locator("input[type=file]").set_input_files(list(fichiers))
    place.get_by_role("button", name="Déposer").click()
    expect(page.get_by_role("status").filter(has_text="dépos")).to_be_visible()
