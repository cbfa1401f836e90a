"""What the people of the main job do with their mouse and keyboard, step by step."""

import re
import time
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import FilePayload, Locator, Page, expect
from stdnum.fr import nir as stdnum_nir

from tests.navigateur.postes import Poste


def nir_neuf(rang: int) -> str:
    """A woman's NIR, born in May 1984 at Vittel, as it is printed."""
    corps = f"2840588516{rang:03d}"
    groupes = [corps[0], corps[1:3], corps[3:5], corps[5:7], corps[7:10], corps[10:13]]
    return " ".join([*groupes, stdnum_nir.calc_check_digits(corps)])


# Another one at each run: a demo that was left open may be tested again.
NIR, NAISSANCE = nir_neuf(int(time.time()) % 900 + 1), "1984-05-14"
IDENTITE = {
    "Nom de naissance": "O’Hara-Fictive",
    "Prénoms": "Maëlle Anne",
    "Lieu de naissance": "Vittel",
    "Adresse": "12 rue de l’Église\n64100 Bayonne",
    "Téléphone": "05 00 00 00 99",
    "Grade": "caporal-chef",
}


# A dossier that the ASD does not read, with a demande.
FERME = """
SELECT d.numero FROM dossiers_dossier d WHERE NOT EXISTS (
  SELECT FROM dossiers_partage p JOIN partners_organisme o ON o.id = p.organisme_id
   WHERE p.dossier_id = d.id AND p.retire_le IS NULL AND o.code = 'asd')
AND EXISTS (SELECT FROM dossiers_demande m WHERE m.dossier_id = d.id AND m.soumise_le IS NOT NULL)
AND NOT EXISTS (SELECT FROM dossiers_bris_de_glace b WHERE b.dossier_id = d.id) ORDER BY d.id LIMIT 1
"""


def continuer(page: Page, bouton: str = "Enregistrer et continuer") -> None:
    """Press the main button of a form."""
    page.get_by_role("button", name=bouton, exact=True).click()


def saisie(page: Page | Locator, libelle: str) -> Locator:
    """The field of this label, said optional or not."""
    mots = r"\s".join(map(re.escape, libelle.split()))
    return page.get_by_label(re.compile(rf"^\s*{mots}\s*(\(facultatif\))?\s*$"))


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
    """Upload files of one kind of paper, and wait until the portal says that it has this kind."""
    place = page.locator(f"#piece-{code}")
    nom = place.get_by_role("heading").inner_text()
    place.locator("input[type=file]").set_input_files(list(fichiers))
    place.get_by_role("button", name="Déposer").click()
    expect(
        page.get_by_role("status").filter(has_text=re.compile(rf"{re.escape(nom)}\s:.*dépos"))
    ).to_be_visible()


def trouver_dans_corbeille(page: Page, numero: str) -> None:
    """Narrow the basket to a number, and open the row."""
    saisie(page, "Nom ou numéro").fill(numero)
    page.get_by_role("button", name="Filtrer").click()
    ligne = page.locator("tbody tr").filter(has_text=numero)
    expect(ligne).to_have_count(1)
    ligne.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(rf"/demandes/{numero}/$"))


def trouver_parmi_les_pages(page: Page, numero: str) -> None:
    """Turn the pages of a list until the row is there, and open it."""
    ligne = page.locator("tbody tr").filter(has_text=numero)
    while not ligne.count():
        page.get_by_role("link", name="Voir la suite").click()
    ligne.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(rf"/demandes/{numero}/$"))


def lire_piece(page: Page, nom: str) -> None:
    """A paper is open at its first page, whose picture has really come."""
    titre(page, re.compile(f"^{re.escape(nom)}"))
    image = page.locator("img.page").first
    expect(image).to_be_visible()
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("i => i.naturalWidth") > 300


def rejeter(page: Page, motif: str, precision: str) -> None:
    """Reject the paper that is open, with a reason."""
    page.get_by_label(motif).check()
    saisie(page, "Précision").fill(precision)
    page.get_by_role("button", name="Rejeter et prévenir le correspondant").click()


def demander_pieces(page: Page, precisions: dict[str, str]) -> None:
    """Ask for what is missing (already ticked), with a word for some."""
    page.get_by_role("link", name="Demander des pièces").click()
    for nom, mot in precisions.items():
        expect(page.get_by_role("checkbox", name=nom)).to_be_checked()
        page.get_by_label(f"Précision pour « {nom} »").fill(mot)
    continuer(page, "Envoyer la demande de pièces")


def contribuer(page: Page, reponse: str, montant: str, commentaire: str) -> None:
    """Record one's own organisme's answer, decided today."""
    page.get_by_role("link", name="Enregistrer votre contribution").click()
    page.get_by_label(reponse, exact=True).check()
    saisie(page, "Montant").fill(montant)
    saisie(page, "Date de la décision").fill(aujourdhui())
    saisie(page, "Commentaire partagé").fill(commentaire)
    continuer(page, "Enregistrer")


def decider(page: Page, issue: str, montant: str, motif: str) -> None:
    """Record the decision after reading its letter."""
    page.get_by_role("link", name="Enregistrer la décision").click()
    page.get_by_label(issue, exact=True).check()
    saisie(page, "Montant accordé").fill(montant)
    saisie(page, "Motif").fill(motif)
    continuer(page, "Relire le courrier")
    expect(page.locator(".lettre")).to_contain_text(motif)
    continuer(page, "Enregistrer et notifier")


def retirer_accord(page: Page, organisme: str) -> None:
    """Withdraw one organisme at the person's request."""
    saisie(page, "Certains organismes").check()
    saisie(page, organisme).check()
    continuer(page, "Continuer")
    titre(page, "Confirmer le retrait")
    continuer(page, "Enregistrer le retrait")


def aujourdhui() -> str:
    """Today, as a date field takes it."""
    return datetime.now(ZoneInfo("Europe/Paris")).date().isoformat()


def lire_en_urgence(page: Page, numero: str) -> None:
    """Declare an emergency, one's identity proved already, and come to the dossier."""
    page.goto("/acces-urgence/")
    saisie(page, "Numéro du dossier").fill(numero)
    page.get_by_role("radio", name=re.compile("Danger immédiat")).check()
    saisie(page, "Pourquoi ne pas attendre ?").fill("Appel de la famille : personne introuvable depuis hier.")
    page.get_by_role("checkbox", name=re.compile("Je sais que cet accès")).check()
    continuer(page, "Ouvrir le dossier 60\u00a0minutes")
    expect(page.get_by_role("region", name="Accès d’urgence")).to_be_visible()
