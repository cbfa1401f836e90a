"""A correspondant is trained, and accepts the charter in force."""

from datetime import date

import pytest
from django.urls import reverse

from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.refus import AccesRefuse
from partners.habilitations import parcours
from partners.habilitations.models import Charte
from tests import fabriques
from tests.partners.parcours.aides import JOUR, correspondant, demander

pytestmark = pytest.mark.django_db


def test_un_correspondant_accepte_la_charte_avant_d_etre_active(admin) -> None:
    demande = correspondant()
    with pytest.raises(ActionRefusee) as refus:
        parcours.activer(admin, demande)
    assert refus.value.champ == "charte_signee_le"
    with pytest.raises(AccesRefuse):
        parcours.accepter_charte(admin.utilisateur, demande, parcours.charte_en_vigueur())
    parcours.accepter_charte(demande.utilisateur, demande, parcours.charte_en_vigueur())
    demande = parcours.activer(admin, demande)
    assert (demande.etat, demande.charte.version) == ("active", 1)


def test_une_charte_remplacee_ne_s_accepte_plus(admin) -> None:
    demande, ancienne = correspondant(), parcours.charte_en_vigueur()
    Charte.objects.create(version=2, titre="Charte", corps="Nouvelle.", en_vigueur_depuis=date(2026, 11, 1))
    with pytest.raises(ActionRefusee, match="vient de changer"):
        parcours.accepter_charte(demande.utilisateur, demande, ancienne)


@pytest.mark.parametrize("manque", [{"unites": []}, {"formation_le": None}])
def test_un_correspondant_est_forme_des_la_demande(manque, db) -> None:
    champs = {"unites": [fabriques.unite()], "formation_le": JOUR} | manque
    with pytest.raises(ActionRefusee):
        demander(profil="correspondant", organisme="armee", **champs)


def test_la_charte_se_lit_et_s_accepte(connecter, admin) -> None:
    demande = correspondant()
    tenue = fabriques.habilitation("referent_opex", organisme="armee", utilisateur=demande.utilisateur)
    client = connecter(tenue)
    page = reverse("habilitations:charte", args=[demande.pk])
    assert "Je garde le secret" in client.get(page).content.decode()
    client.post(page)
    demande.refresh_from_db()
    assert (demande.charte_signee_le is not None, demande.charte.version) == (True, 1)
    assert connecter(admin).get(page).status_code == 404


def miennes(connecter, tenue) -> str:
    return connecter(tenue).get(reverse("habilitations:miennes")).content.decode()


def test_une_nouvelle_version_se_presente_a_qui_a_accepte_l_ancienne(connecter) -> None:
    tenue = fabriques.habilitation("correspondant")
    parcours.accepter_charte(tenue.utilisateur, tenue, parcours.charte_en_vigueur())
    page = reverse("habilitations:charte", args=[tenue.pk])
    assert "reste à accepter" not in miennes(connecter, tenue)
    assert "Vous avez accepté cette version" in connecter(tenue).get(page).content.decode()
    Charte.objects.create(version=2, titre="Charte", corps="Nouvelle.", en_vigueur_depuis=date(2026, 11, 1))
    assert "reste à accepter" in miennes(connecter, tenue)
    assert "J’ai lu et j’accepte" in connecter(tenue).get(page).content.decode()
    connecter(tenue).post(page)
    assert "reste à accepter" not in miennes(connecter, tenue)


@pytest.mark.parametrize(("jour", "reste"), [(date(2026, 2, 1), False), (date(2025, 2, 1), True)])
def test_une_signature_sur_papier_vaut_pour_la_version_de_son_jour(jour, reste) -> None:
    tenue = fabriques.habilitation("correspondant", charte_signee_le=jour)
    assert parcours.reste_a_accepter(tenue, parcours.charte_en_vigueur()) is reste


def test_la_charte_passe_avant_une_nouvelle_demande(connecter) -> None:
    """One filled button a screen: the one that unblocks."""
    demande = correspondant()
    tenue = fabriques.habilitation("referent_opex", organisme="armee", utilisateur=demande.utilisateur)
    avant = miennes(connecter, tenue)
    assert avant.count("bouton--fort") == 1
    assert f'bouton--fort" href="{reverse("habilitations:charte", args=[demande.pk])}"' in avant
    parcours.accepter_charte(demande.utilisateur, demande, parcours.charte_en_vigueur())
    assert f'bouton--fort" href="{reverse("habilitations:demander")}"' in miennes(connecter, tenue)
