"""A gestionnaire writes, a secretary reads it again and publishes, a correspondant finds it and answers."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.navigateur import documents, gestes

pytestmark = pytest.mark.navigateur
# Another one at each run: a demo that was left open may be tested again.
TITRE = f"Préparer la venue d’une technicienne {int(time.time())}"
CORPS = """## Avant sa venue

Prévenez la famille, puis lisez [les aides](article:les-aides).

## Le jour même

- Remplir la *feuille quadrimestrielle*.

## Ensuite

Rangez [ce qui manque](article:introuvable).
"""


def test_an_article_from_its_first_word_to_its_reader(demonstration, poste):
    auteure, relectrice, lecteur = poste("gestionnaire"), poste("secretaire"), poste("correspondant")
    page = auteure.aller("/documentation/")
    page.get_by_role("link", name="Écrire un article").click()
    gestes.saisie(page, "Titre").fill(TITRE)
    gestes.saisie(page, "Résumé").fill("Ce qu’il faut réunir avant, et ce qui se signe le jour même.")
    gestes.saisie(page, "Texte").press_sequentially(CORPS[:20])
    # As one types, without asking for it.
    expect(page.locator("#apercu h2")).to_have_text("Avant sa venue")
    gestes.saisie(page, "Texte").fill(CORPS)
    expect(page.locator("#apercu .avis--attente")).to_contain_text("article:introuvable")
    gestes.saisie(page, "Texte").fill(CORPS.replace("[ce qui manque](article:introuvable)", "la feuille"))
    gestes.continuer(page, "Aperçu")
    expect(page.locator("#apercu .avis--attente")).to_have_count(0)
    expect(gestes.saisie(page, "Titre")).to_have_value(TITRE)
    page.locator("#id_rubrique").select_option(label="Demandes et pièces")
    gestes.continuer(page, "Enregistrer le brouillon")
    gestes.saisie(page, "Nom").fill("Feuille à signer")
    gestes.saisie(page, "Fichier").set_input_files(documents.pdf("feuille.pdf", "Feuille"))
    gestes.continuer(page, "Joindre")
    expect(page.locator("#pieces")).to_contain_text("paraîtra avec le texte")
    gestes.continuer(page, "Demander la relecture")
    expect(page.get_by_role("button", name="Publier")).to_have_count(0)

    adresse = page.url.removeprefix(auteure.adresse)
    assert lecteur.statut(adresse.replace("redaction/", "")) == 404
    chez = relectrice.aller("/documentation/")
    chez.get_by_role("link", name=re.compile("articles? à relire")).click()
    chez.get_by_role("link", name=TITRE).click()
    gestes.continuer(chez, "Publier")
    expect(chez.locator(".messages")).to_contain_text("est publié")

    lue = lecteur.aller("/documentation/")
    lue.get_by_role("searchbox", name="Rechercher dans la documentation").fill("feuille cadrimestrielle")
    lue.keyboard.press("Enter")
    expect(lue.locator("#t-resultats")).to_contain_text("quadrimestrielle")
    lue.get_by_role("link", name=TITRE).click()
    expect(lue.get_by_role("navigation", name="Sur cette page")).to_contain_text("Le jour même")
    assert lecteur.octets(f"{lue.url.removeprefix(lecteur.adresse)}pdf/").startswith(b"%PDF")
    piece = lue.get_by_role("link", name="Feuille à signer").get_attribute("href")
    assert lecteur.octets(piece).startswith(b"%PDF")
    lue.get_by_role("radio", name="Oui").check()
    gestes.saisie(lue, "Ce qui manque ou n’est pas clair").fill("Très clair.")
    gestes.continuer(lue, "Envoyer ma réponse")
    expect(lue.locator("#utile")).to_contain_text("Vous avez répondu oui")
    auteure.aller(f"{adresse}reponses/")
    expect(page.locator("main")).to_contain_text("Très clair.")
