"""The kinds of aid, partner by partner: proposed, added, changed, retired."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.refus import AccesRefuse
from opex.contributions.catalogue import HABITUELS
from opex.contributions.genres import ajouter_genre, modifier_genre, proposer_genre, semer
from opex.contributions.models import Forme, GenreContribution
from partners.models import Organisme
from partners.organismes.models import TypeOrganisme
from tests import fabriques
from tests.opex import fabriques as opex

pytestmark = pytest.mark.django_db


@pytest.fixture
def mutuelle(db):
    return fabriques.organisme("uneo")


def test_every_sort_of_partner_has_its_usual_kinds():
    assert set(HABITUELS) == set(TypeOrganisme.values) - {TypeOrganisme.CNMSS}
    for genres in HABITUELS.values():
        assert len({genre.code for genre in genres}) == len(genres)
        assert all(genre.forme == Forme.RENTE for genre in genres if genre.avec_taux)


def test_sowing_twice_adds_nothing(mutuelle):
    assert semer(mutuelle) == 3
    assert semer(mutuelle) == 0
    assert [g.nom for g in mutuelle.genres_opex.all()] == ["Secours d’urgence", "Prêt", "Aide exceptionnelle"]


def test_the_pension_of_the_sdp_carries_a_rate(db):
    sdp = Organisme.objects.create(code="sdp", sigle="SDP", nom="SDP", type="sdp", depuis="2010-01-01")
    semer(sdp)
    pmi = sdp.genres_opex.get(code="pmi")
    assert (pmi.forme, pmi.avec_taux) == ("rente", True)


def test_the_usual_kinds_are_one_gesture(connexion, gestionnaire, mutuelle):
    client, page = connexion(gestionnaire), reverse("aides:genres_de", args=["uneo"])
    assert "Aide exceptionnelle" in client.get(page).content.decode()
    client.post(reverse("aides:proposer", args=["uneo"]))
    assert mutuelle.genres_opex.count() == 3
    reponse = client.post(reverse("aides:proposer", args=["uneo"]), follow=True)
    assert "déjà tous les genres habituels" in reponse.content.decode()


def test_a_kind_is_added_changed_retired_and_taken_up_again(connexion, gestionnaire, mutuelle):
    client, page = connexion(gestionnaire), reverse("aides:genres_de", args=["uneo"])
    client.post(reverse("aides:ajouter_genre", args=["uneo"]), {"nom": "Bourse d’études", "forme": "capital"})
    genre = GenreContribution.objects.get()
    assert (genre.code, genre.actif, genre.organisme) == ("bourse-detudes", True, mutuelle)
    modifier = reverse("aides:modifier_genre", args=["uneo", genre.pk])
    champs = {"nom": "Bourse", "forme": "rente", "avec_taux": "on", "ordre": 4, "version": 1}
    assert client.post(modifier, champs)["Location"] == page
    assert "modifié" in client.post(modifier, champs).context["form"].non_field_errors()[0]
    changer = reverse("aides:changer_genre", args=["uneo", genre.pk])
    client.post(changer, {"actif": "0", "version": 2})
    genre.refresh_from_db()
    assert (genre.nom, genre.forme, genre.avec_taux, genre.ordre, genre.actif) == (
        "Bourse",
        "rente",
        True,
        4,
        False,
    )
    client.post(changer, {"actif": "1", "version": 2})
    client.post(changer, {"actif": "1"})
    genre.refresh_from_db()
    assert (genre.actif, genre.version) == (False, 3)
    client.post(changer, {"actif": "1", "version": 3})
    genre.refresh_from_db()
    assert genre.actif


def test_two_kinds_of_one_partner_have_different_names(connexion, gestionnaire, mutuelle):
    ajouter_genre(gestionnaire, mutuelle, nom="Secours", forme="capital", avec_taux=False)
    reponse = connexion(gestionnaire).post(
        reverse("aides:ajouter_genre", args=["uneo"]), {"nom": "secours", "forme": "nature"}
    )
    assert "déjà un genre de ce nom" in reponse.context["form"].errors["nom"][0]
    assert 'value="secours"' in reponse.content.decode()
    assert ajouter_genre(
        gestionnaire, fabriques.organisme("asd"), nom="Secours", forme="capital", avec_taux=False
    ).pk


def test_a_kind_that_was_given_keeps_its_form(gestionnaire, dossier, secours):
    opex.aide(dossier, genre=secours)
    champs = {"nom": "Secours", "avec_taux": False, "ordre": 0}
    with pytest.raises(ActionRefusee) as refus:
        modifier_genre(gestionnaire, secours, forme="pret", version=1, **champs)
    assert refus.value.champ == "forme"
    with pytest.raises(IntegrityError, match="garde sa forme"), transaction.atomic():
        GenreContribution.objects.filter(pk=secours.pk).update(forme="pret")
    champs["nom"] = "Secours exceptionnel"
    assert modifier_genre(gestionnaire, secours, forme="capital", version=1, **champs).nom == champs["nom"]


def test_nobody_else_touches_the_kinds(connexion, uneo, correspondant, superviseur, mutuelle, secours):
    for autre in (uneo, correspondant, superviseur, fabriques.habilitation("administrateur")):
        with pytest.raises(AccesRefuse):
            ajouter_genre(autre, mutuelle, nom="Autre", forme="capital", avec_taux=False)
        with pytest.raises(AccesRefuse):
            proposer_genre(autre, secours, False, 1)
        assert connexion(autre).get(reverse("aides:genres")).status_code == 404
    du_seul = fabriques.habilitation("gestionnaire", programmes=["DU"])
    assert connexion(du_seul).get(reverse("aides:genres")).status_code == 404


def test_a_stale_version_changes_nothing(gestionnaire, secours):
    proposer_genre(gestionnaire, secours, False, 1)
    with pytest.raises(ModifieDepuis):
        proposer_genre(gestionnaire, secours, True, 1)


def test_an_organisme_outside_the_programme_has_none(connexion, gestionnaire, db):
    fabriques.organisme("mspp")
    fabriques.organisme("cnmss")
    client = connexion(gestionnaire)
    for code in ("mspp", "cnmss", "inconnu"):
        assert client.get(reverse("aides:genres_de", args=[code])).status_code == 404
    ailleurs = opex.genre_aide("asd")
    fabriques.organisme("uneo")
    assert client.get(reverse("aides:modifier_genre", args=["uneo", ailleurs.pk])).status_code == 404
