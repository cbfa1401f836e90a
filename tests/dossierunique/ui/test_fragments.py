"""Parts of the page drawn once, and addresses looked up once."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse, set_script_prefix

from dossierunique.ui import fragments
from dossierunique.ui.adresses import adresse
from dossierunique.ui.navigation import Lien, Menu


class Personne(SimpleNamespace):
    is_authenticated = True

    def __str__(self) -> str:
        return self.nom


def tete(jeton: str = "jeton", **autres) -> str:
    """The header of a signed-in person."""
    contexte = {
        "user": Personne(nom="Camille"),
        "habilitation": None,
        "habilitations_nombre": 1,
        "notifications_non_lues": lambda: 0,
        "navigation": lambda: Menu(entrees=(Lien("Dossiers", "/dossiers/", True),)),
        "recherche_ouverte": False,
        "session_inactivite": 1800,
        "csrf_token": jeton,
        **autres,
    }
    return engines["django"].from_string("{% tete %}").render(contexte)


def test_chaque_personne_a_son_entete_et_son_jeton() -> None:
    une, autre = tete("premier", user=Personne(nom="Une <b>")), tete("second", user=Personne(nom="Autre"))
    assert "Une &lt;b&gt;" in une and "Autre" in autre and "Une" not in autre
    assert 'value="premier"' in une and 'value="second"' in autre
    assert 'value="troisième"' in tete("troisième", user=Personne(nom="Une <b>"))
    assert 'value="premier"' not in tete("troisième", user=Personne(nom="Une <b>"))


def test_ce_qui_change_dans_l_entete_se_voit_aussitot() -> None:
    moi = Personne(nom="Moi")
    assert "2\xa0non lues" in tete(user=moi, notifications_non_lues=lambda: 2)
    assert "non lue" not in tete(user=moi)
    assert "gestionnaire CNMSS" in tete(user=moi, habilitation="gestionnaire CNMSS")
    assert "Changer d’habilitation" in tete(user=moi, habilitations_nombre=2)
    assert "Numéro, nom, NIR, organisme, article" in tete(user=moi, recherche_ouverte=True)
    assert 'aria-current="page"' not in tete(
        user=moi, navigation=lambda: Menu(entrees=(Lien("Dossiers", "/dossiers/", False),))
    )


def test_un_visiteur_n_a_ni_nom_ni_session() -> None:
    anonyme = tete(user=SimpleNamespace(is_authenticated=False))
    assert "Se déconnecter" not in anonyme and "data-session" not in anonyme


def test_un_fragment_ne_voit_que_ce_qu_on_lui_donne(rf: RequestFactory) -> None:
    gabarit = engines["django"].from_string('{% fragment "ui/etapes.html" etapes=etapes %}')
    contexte = {"etapes": (), "evenement": "rien"}
    assert (
        gabarit.render(contexte, rf.get("/"))
        == gabarit.render(contexte)
        == '<ol class="etapes" aria-label="Avancement"></ol>\n'
    )


def test_il_n_est_dessine_qu_une_fois() -> None:
    fragments._dessiner.cache_clear()
    tete(), tete("autre")
    assert fragments._dessiner.cache_info().misses == 1


@pytest.mark.parametrize(
    ("vue", "valeur"),
    [
        ("dossiers:liste", None),
        ("dossiers:apercu", "DU-2026-1"),
        ("pieces:lire", uuid4()),
        ("demandes:detail", "é/ ?"),
    ],
)
def test_une_adresse_est_celle_de_django(vue, valeur) -> None:
    attendue = reverse(vue, args=[] if valeur is None else ["X" if valeur == "é/ ?" else valeur])
    assert adresse(vue, valeur) == attendue.replace("/X/", "/%C3%A9%2F%20%3F/")


def test_une_adresse_suit_le_prefixe_du_portail() -> None:
    try:
        set_script_prefix("/portail/")
        assert adresse("dossiers:liste") == "/portail/dossiers/"
    finally:
        set_script_prefix("/")
    with pytest.raises(NoReverseMatch):
        adresse("dossiers:inconnue")
