"""The ready lists of OPEX: what the portal knows of a wound and of a death, without a word of what they hold."""

import pytest
from django.urls import reverse

from dossiers.situations.actions import commencer
from dossiers.situations.avancement import avancements
from opex.suivi.situations import BLESSE, DECES
from tests.opex import fabriques as opex

pytestmark = pytest.mark.django_db


def acquis(habilitation, liste):
    [vue] = avancements(habilitation, [liste])
    return {vu.point.code: vu.fait for vu in vue.points if vu.fait}


def test_a_wound_told_since_the_list_began_and_a_death_are_known(correspondant):
    dossier = opex.dossier_opex(correspondant)
    opex.blessure_inscrite(dossier)
    ancienne = commencer(correspondant, dossier, BLESSE)
    assert "signalee" not in acquis(correspondant, ancienne)
    opex.blessure(dossier, correspondant)
    assert acquis(correspondant, ancienne)["signalee"] == "signalée depuis le début de la liste"
    liste = commencer(correspondant, dossier, DECES)
    assert "enregistre" not in acquis(correspondant, liste)
    opex.deces(dossier, correspondant)
    assert acquis(correspondant, liste)["enregistre"] == "inscrit au dossier"


def test_the_first_page_leads_to_the_lists_of_the_unit_alone(correspondant, gestionnaire, connexion):
    dossier = opex.dossier_opex(correspondant)
    ou = reverse("situations:du_dossier", args=[dossier.numero])
    page = reverse("vie:page", args=[dossier.numero])
    client = connexion(correspondant)
    assert ou in client.get(page).content.decode()
    assert "Blessé en opération" in client.get(ou).content.decode()
    assert ou not in connexion(gestionnaire).get(page).content.decode()
