"""The first step of a demande: the need, and for whom."""

from datetime import date

import pytest
from django.urls import reverse

from dossiers.assures.models import AyantDroit
from dossiers.demandes.models import Demande, TypeAide
from tests import fabriques
from tests.dossiers.demandes.saisie.aides import BESOIN, url

pytestmark = pytest.mark.django_db


def test_la_premiere_etape_cree_le_brouillon(client, dossier):
    adresse = reverse("demandes:creer", args=[dossier.numero])
    page = client.get(adresse).content.decode()
    assert "Aide familiale (TISF)" in page
    assert "auprès des enfants" in page  # each aid is described
    aide = TypeAide.objects.get(code="aide-familiale")
    reponse = client.post(adresse, {"type_aide": aide.pk, "ayant_droit": "", "besoin": BESOIN})
    demande = Demande.objects.get()
    assert reponse.url == url("ressources", demande)
    assert (demande.etat, demande.besoin, demande.type_aide) == ("brouillon", BESOIN, aide)


def test_envoyee_deux_fois_la_premiere_etape_cree_un_seul_brouillon(client, dossier):
    adresse = reverse("demandes:creer", args=[dossier.numero])
    donnees = {
        "type_aide": TypeAide.objects.get(code="aide-menagere").pk,
        "ayant_droit": "",
        "besoin": BESOIN,
    }
    premiere, seconde = client.post(adresse, donnees), client.post(adresse, donnees)
    assert premiere.url == seconde.url
    assert Demande.objects.count() == 1


def test_la_premiere_etape_dit_ce_qui_manque(client, dossier):
    reponse = client.post(reverse("demandes:creer", args=[dossier.numero]), {"besoin": BESOIN})
    assert reponse.status_code == 422
    page = reponse.content.decode()
    assert "Choisissez l’aide demandée." in page
    assert BESOIN in page  # what was typed is kept
    assert not Demande.objects.exists()


def test_on_quitte_avec_un_besoin_vide_mais_on_ne_continue_pas(client, dossier):
    adresse = reverse("demandes:creer", args=[dossier.numero])
    donnees = {"type_aide": TypeAide.objects.get(code="aide-menagere").pk, "besoin": ""}
    assert client.post(adresse, {**donnees, "suite": "continuer"}).status_code == 422
    assert client.post(adresse, {**donnees, "suite": "quitter"}).status_code == 302
    assert Demande.objects.get().besoin == ""


def test_un_ayant_droit_s_ajoute_sans_perdre_la_saisie(client, dossier):
    adresse = reverse("demandes:creer", args=[dossier.numero])
    donnees = {
        "type_aide": TypeAide.objects.get(code="aide-menagere").pk,
        "besoin": BESOIN,
        "suite": "ayant_droit",
    }
    ajout = client.post(adresse, donnees).url
    assert "ayants-droit/nouveau" in ajout
    assert client.get(ajout).status_code == 200
    identite = {
        "nom": "D’Almeida-Fictif",
        "prenoms": "Inès",
        "date_naissance": "2019-03-02",
        "lien": "enfant",
    }
    for _ in range(2):  # sent twice, added once
        retour = client.post(ajout, identite).url
    enfant = AyantDroit.objects.get()
    page = client.get(retour)
    assert BESOIN in page.content.decode()
    assert page.context["form"]["ayant_droit"].value() == enfant.pk
    demande = Demande.objects.get()
    client.post(
        url("besoin", demande),
        {
            "type_aide": demande.type_aide_id,
            "ayant_droit": enfant.pk,
            "besoin": BESOIN,
            "version": demande.version,
        },
    )
    demande.refresh_from_db()
    assert demande.beneficiaire == "D’ALMEIDA-FICTIF Inès"


def test_un_ayant_droit_d_une_autre_personne_est_refuse(client, dossier, brouillon):
    autre = AyantDroit.objects.create(
        assure=fabriques.assure(),
        nom="Autre",
        prenoms="Enfant",
        date_naissance=date(2020, 1, 1),
        lien="enfant",
    )
    donnees = {"type_aide": brouillon.type_aide_id, "ayant_droit": autre.pk, "besoin": BESOIN, "version": 1}
    reponse = client.post(url("besoin", brouillon), donnees)
    assert reponse.status_code == 422
    assert "n’est pas un ayant droit" in reponse.content.decode()


def test_une_naissance_a_venir_est_refusee(client, dossier):
    adresse = reverse("demandes:ayant_droit", args=[dossier.numero])
    reponse = client.post(
        adresse, {"nom": "A", "prenoms": "B", "date_naissance": "2999-01-01", "lien": "enfant"}
    )
    assert "dans le futur" in reponse.content.decode()
