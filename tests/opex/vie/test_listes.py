"""The list of dossiers holds both programmes: each row says which, and the list may be narrowed to one."""

import re

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dossiers.partages import listes_lues
from dossiers.partages.listes import CLES, Filtres, lignes
from tests import fabriques
from tests.opex.fabriques import dossier_opex

pytestmark = pytest.mark.django_db


@pytest.fixture
def fonds(correspondant):
    """Three dossiers uniques, two of the wounded, one of which sleeps."""
    dus = [fabriques.dossier(par=correspondant) for _ in range(3)]
    return dus, [dossier_opex(correspondant, endormi=False), dossier_opex(correspondant)]


def lire(habilitation, filtres: Filtres):
    return listes_lues.lire(habilitation, filtres, RequestFactory().get("/dossiers/"))


@pytest.mark.parametrize("programme", ["", "DU", "OPEX"])
@pytest.mark.parametrize("situation", ["", "sans_demande", "en_cours"])
def test_la_liste_preparee_dit_ce_que_dit_l_orm(
    fonds, gestionnaire, correspondant, uneo, programme, situation
):
    filtres, vus = Filtres(situation=situation, programme=programme), 0
    for habilitation in (gestionnaire, correspondant, uneo):
        attendus = lignes(habilitation, filtres).order_by(*CLES).values_list("dossier__numero", flat=True)
        lue = lire(habilitation, filtres)
        assert [ligne.numero for ligne in lue.page] == list(attendus)
        assert lue.total == len(attendus)
        vus += len(attendus)
    assert bool(vus) is (situation != "en_cours")


def test_chaque_ligne_dit_son_programme_par_les_deux_chemins(fonds, gestionnaire):
    _, [eveille, _] = fonds
    for filtres in (Filtres(), Filtres(mots=eveille.numero), Filtres(programme="OPEX")):
        dits = {ligne.numero: ligne.programme for ligne in lire(gestionnaire, filtres).page}
        assert dits[eveille.numero] == "OPEX"
        assert {numero: dit for numero, dit in dits.items() if not dit} == {
            d.numero: "" for d in fonds[0] if d.numero in dits
        }


def test_un_partenaire_n_y_trouve_pas_ceux_qui_dorment(fonds, uneo):
    assert [ligne.numero for ligne in lire(uneo, Filtres(programme="OPEX")).page] == [fonds[1][0].numero]


def test_la_page_le_dit_et_se_restreint(fonds, connexion, gestionnaire):
    client, adresse = connexion(gestionnaire), reverse("dossiers:liste")
    html = client.get(adresse).content.decode()
    assert len(re.findall(r'· <b class="nobr">OPEX</b>', html)) == 2
    opex = client.get(f"{adresse}?programme=OPEX&situation=sans_demande").content.decode()
    assert [numero in opex for numero in (fonds[0][0].numero, fonds[1][1].numero)] == [False, True]
    assert "2\u00a0dossiers que vous pouvez lire avec ces filtres" in opex
    # Each filter keeps the other.
    assert "situation=sans_demande" in re.findall(r'href="(\?[^"]*programme=DU[^"]*)"', opex)[0]
    assert "programme=OPEX" in re.findall(r'href="(\?[^"]*situation=en_cours[^"]*)"', opex)[0]


def test_qui_n_a_qu_un_programme_n_a_rien_a_choisir(fonds, connexion):
    seul = fabriques.habilitation("gestionnaire", programmes=["DU"])
    client, adresse = connexion(seul), reverse("dossiers:liste")
    html = client.get(adresse).content.decode()
    assert "Tous les programmes" not in html and "OPEX" not in html
    # Asked for by its address, another programme narrows nothing and opens nothing.
    assert fonds[1][0].numero not in client.get(f"{adresse}?programme=OPEX").content.decode()
    assert lire(seul, Filtres(programme="OPEX")).total == 0


def test_sans_une_requete_de_plus(fonds, gestionnaire, connexion):
    client, adresse = connexion(gestionnaire), reverse("dossiers:liste")

    def cout(suite: str) -> int:
        with CaptureQueriesContext(connection) as requetes:
            client.get(adresse + suite)
        return len(requetes)

    cout("")
    assert cout("?programme=OPEX") == cout("?programme=DU") == cout("")
