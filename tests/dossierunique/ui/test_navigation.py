"""The entries of the header, as the rooms register them."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from dossierunique.ui import contexte, navigation
from dossierunique.ui.navigation import Entree


@pytest.fixture(autouse=True)
def sans_fournisseur(monkeypatch) -> None:
    monkeypatch.setattr(navigation, "_fournisseurs", [])


def test_le_prefixe_le_plus_long_est_le_courant() -> None:
    navigation.enregistrer(
        lambda requete: [
            Entree("Connexion", "account_login", "/"),
            Entree("Mot de passe", "account_reset_password", "/compte/password/"),
        ]
    )
    liens = navigation.liens(RequestFactory().get("/compte/password/reset/"))
    assert [(lien.libelle, lien.courant) for lien in liens] == [("Connexion", False), ("Mot de passe", True)]


def test_une_page_absente_n_est_pas_proposee() -> None:
    navigation.enregistrer(lambda requete: [Entree("Rien", "page_qui_n_existe_pas", "/rien/")])
    assert navigation.liens(RequestFactory().get("/")) == []


def test_enregistrer_deux_fois_ne_double_pas() -> None:
    def entrees(requete):
        return [Entree("Connexion", "account_login", "/compte/")]

    navigation.enregistrer(entrees)
    navigation.enregistrer(entrees)
    assert len(navigation.liens(RequestFactory().get("/"))) == 1


def test_les_entrees_sont_celles_de_l_application_et_pas_des_autres_espaces() -> None:
    navigation.enregistrer(
        lambda requete: [
            Entree("Connexion", "account_login", "/compte/"),
            Entree("Contact", "contact", "/contact/", espace=True),
        ]
    )
    ici = navigation.menu(RequestFactory().get("/compte/login/"))
    assert [(lien.libelle, lien.courant) for lien in ici.espaces] == [
        ("Application", True),
        ("Contact", False),
    ]
    assert [lien.libelle for lien in ici.entrees] == ["Connexion"]
    ailleurs = navigation.menu(RequestFactory().get("/contact/"))
    assert [(lien.libelle, lien.courant) for lien in ailleurs.espaces] == [
        ("Application", False),
        ("Contact", True),
    ]
    assert ailleurs.entrees == ()


def test_sans_entree_aucune_rangee() -> None:
    assert navigation.menu(RequestFactory().get("/")) == navigation.Menu()


def test_la_recherche_s_ouvre_a_qui_agit_pour_un_organisme() -> None:
    requete = RequestFactory().get("/")
    assert not contexte.portail(requete)["recherche_ouverte"]
    requete.habilitation = SimpleNamespace(profil="superviseur", organisme="CNMSS")
    assert contexte.portail(requete)["recherche_ouverte"]


def test_un_visiteur_anonyme_ne_coute_aucune_requete() -> None:
    # No database mark: any query would fail.
    valeurs = contexte.portail(RequestFactory().get("/"))
    assert valeurs["notifications_non_lues"]() == 0
    assert valeurs["habilitation"] is None
