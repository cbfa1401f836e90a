"""Two people on the same draft: nothing typed is lost, nobody is wrongly accused."""

import pytest

from dossiers.demandes.actions import enregistrer_etape
from tests.dossiers.demandes.saisie.aides import BESOIN, budget, url

pytestmark = pytest.mark.django_db


def test_modifie_depuis_garde_la_saisie_et_le_second_envoi_passe(client, correspondant, brouillon):
    enregistrer_etape(correspondant, brouillon, {"besoin": "Écrit par un collègue."}, 1)
    donnees = {"type_aide": brouillon.type_aide_id, "ayant_droit": "", "besoin": BESOIN, "version": "1"}
    reponse = client.post(url("besoin", brouillon), donnees)
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "Écrit par un collègue." in page
    assert BESOIN in page
    version = reponse.context["form"]["version"].value()
    assert client.post(url("besoin", brouillon), {**donnees, "version": version}).status_code == 302
    brouillon.refresh_from_db()
    assert brouillon.besoin == BESOIN


def test_le_bouton_precedent_du_navigateur_n_accuse_personne(client, correspondant, brouillon):
    donnees = {"type_aide": brouillon.type_aide_id, "ayant_droit": "", "besoin": BESOIN, "version": "1"}
    assert client.post(url("besoin", brouillon), donnees).status_code == 302
    assert client.post(url("ressources", brouillon), budget(2, [("Solde", "1500")], [])).status_code == 302
    # Back to the first page as the browser kept it, with its old version.
    assert client.post(url("besoin", brouillon), {**donnees, "besoin": "Corrigé."}).status_code == 302
    brouillon.refresh_from_db()
    assert (brouillon.besoin, brouillon.version) == ("Corrigé.", 4)
    enregistrer_etape(correspondant, brouillon, {"besoin": "Écrit par un collègue."}, 4)
    assert client.post(url("besoin", brouillon), donnees).status_code == 422


def test_modifie_depuis_sur_les_ressources_garde_les_lignes(client, correspondant, brouillon):
    enregistrer_etape(correspondant, brouillon, {"besoin": "Autre."}, 1)
    reponse = client.post(url("ressources", brouillon), budget(1, [("Solde", "1500")], []))
    assert reponse.status_code == 422
    assert 'value="1500"' in reponse.content.decode()
    assert "modifié" in reponse.content.decode()
