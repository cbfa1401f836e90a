"""An emergency played by the people: the social worker opens a dossier, the DPO is told and reviews it."""

import re

import pytest
from playwright.sync_api import expect

from dossiers.demonstration.catalogue import MOT_DE_PASSE
from tests.navigateur import gestes

pytestmark = pytest.mark.navigateur
MOTIF = "Appel de la famille : personne introuvable depuis hier soir."


def test_an_emergency_from_its_opening_to_its_review(demonstration, poste):
    numero = demonstration.une(gestes.FERME)
    asd = poste("asd", statuts=(404, 422))
    page = asd.page
    assert asd.statut(f"/dossiers/{numero}/") == 404
    asd.aller("/dossiers/").get_by_role("link", name="Accès d’urgence").click()
    page.locator("input[type=password]").fill(MOT_DE_PASSE)
    gestes.continuer(page, "Continuer")
    gestes.saisie(page, "Numéro du dossier").fill(numero)
    page.get_by_role("radio", name=re.compile("Danger immédiat")).check()
    gestes.saisie(page, "Pourquoi ne pas attendre ?").fill("Trop court")
    page.get_by_role("checkbox", name=re.compile("Je sais que cet accès")).check()
    gestes.continuer(page, "Ouvrir le dossier 60\u00a0minutes")
    expect(page.locator(".champ__erreur")).to_contain_text("20 caractères")
    gestes.saisie(page, "Pourquoi ne pas attendre ?").fill(MOTIF)
    gestes.continuer(page, "Ouvrir le dossier 60\u00a0minutes")
    expect(page).to_have_url(re.compile(rf"/dossiers/{numero}/$"))
    bandeau = page.get_by_role("region", name="Accès d’urgence")
    expect(bandeau).to_contain_text(re.compile(r"encore (60|59)\sminutes"))
    page.get_by_role("link", name="Demandes", exact=True).last.click()
    expect(bandeau).to_be_visible()
    assert asd.statut(f"/dossiers/{numero}/synthese.pdf") == 404
    bandeau.get_by_role("button", name="Terminer maintenant").click()
    expect(page.locator(".messages")).to_contain_text("a pris fin")
    assert asd.statut(f"/dossiers/{numero}/") == 404

    dpo = poste("dpo")
    dpo.aller("/notifications/")
    annonce = dpo.page.get_by_role("link", name=f"Accès d’urgence au dossier {numero}")
    dpo.jusqu_a(lambda: annonce.count() > 0, "l’annonce au délégué")
    annonce.first.click()
    expect(dpo.page.locator("main")).to_contain_text(MOTIF)
    expect(dpo.page.locator("main")).to_contain_text("Demandes")
    dpo.page.get_by_role("radio", name="Justifié", exact=True).check()
    gestes.saisie(dpo.page, "Pourquoi").fill("Appel confirmé par la famille.")
    gestes.continuer(dpo.page, "Enregistrer l’avis")
    expect(dpo.page.locator(".messages")).to_contain_text("jugé justifié")
