"""The mandate of each request, and the choice between several."""

from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from dossierunique.notifications.centre import notifier
from partners.comptes.lecture import lire_compte
from partners.habilitations import actions
from partners.habilitations.middleware import habilitation_active
from partners.models import Habilitation
from tests import fabriques

pytestmark = pytest.mark.django_db


def passer(utilisateur, session: dict | None = None):
    requete = RequestFactory().get("/")
    requete.user, requete.session = utilisateur, session or {}
    habilitation_active(lambda r: HttpResponse())(requete)
    return requete


def test_la_seule_est_prise_en_une_requete(gestionnaire, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        requete = passer(gestionnaire.utilisateur)
        assert requete.habilitation == gestionnaire
        assert str(requete.habilitation) == "gestionnaire CNMSS"
        assert requete.user.habilitation_active == gestionnaire


def test_entre_plusieurs_il_faut_choisir(gestionnaire) -> None:
    fabriques.habilitation("secretaire", utilisateur=gestionnaire.utilisateur)
    requete = passer(gestionnaire.utilisateur)
    assert requete.habilitation is None
    assert requete.habilitations_nombre == 2


def test_le_choix_de_la_session_puis_le_dernier_choix(gestionnaire) -> None:
    autre = fabriques.habilitation("secretaire", utilisateur=gestionnaire.utilisateur)
    actions.choisir(gestionnaire.utilisateur, autre.pk)
    assert passer(gestionnaire.utilisateur).habilitation == autre
    assert passer(gestionnaire.utilisateur, {"habilitation_id": gestionnaire.pk}).habilitation == gestionnaire


@pytest.mark.parametrize(
    "changement",
    [
        {"etat": "suspendue"},
        {"fin": date(2026, 1, 31)},
        {"debut": timezone.localdate() + timedelta(days=1)},
    ],
)
def test_hors_vigueur_elle_n_ouvre_rien(gestionnaire, changement) -> None:
    Habilitation.objects.filter(pk=gestionnaire.pk).update(**changement)
    assert passer(gestionnaire.utilisateur, {"habilitation_id": gestionnaire.pk}).habilitation is None


def test_le_perimetre_est_lu_avec_elle(django_assert_num_queries) -> None:
    unites = [fabriques.unite("a"), fabriques.unite("b")]
    correspondant = fabriques.habilitation("correspondant", unites=unites)
    requete = passer(correspondant.utilisateur)
    with django_assert_num_queries(0):
        assert requete.habilitation.unites_ids == {u.pk for u in unites}


def test_le_compte_lu_est_celui_de_l_orm(gestionnaire) -> None:
    fabriques.habilitation("numerisation", utilisateur=gestionnaire.utilisateur, organisme="cnmss")
    notifier([gestionnaire.utilisateur], genre="essai", texte="DU-2026-1", url="/", cle="essai")
    lu = lire_compte(gestionnaire.utilisateur_id)
    attendues = Habilitation.objects.en_vigueur().filter(utilisateur=lu).select_related("organisme")
    assert lu is not None and vars(lu).keys() >= vars(gestionnaire.utilisateur).keys() - {"_password"}
    for champ in lu._meta.concrete_fields:
        assert getattr(lu, champ.attname) == getattr(gestionnaire.utilisateur, champ.attname)
    assert lu.notifications_non_lues == 1
    assert lu.habilitations_en_vigueur == list(attendues) and len(attendues) == 2
    for lue, attendue in zip(lu.habilitations_en_vigueur, attendues, strict=True):
        for objet, modele in ((lue, attendue), (lue.organisme, attendue.organisme)):
            valeurs = {c.attname: getattr(modele, c.attname) for c in modele._meta.concrete_fields}
            assert {nom: getattr(objet, nom) for nom in valeurs} == valeurs
        assert lue.unites_ids == attendue.unites_ids


def test_un_compte_ferme_n_est_plus_celui_de_sa_session(gestionnaire, connecter) -> None:
    client = connecter(gestionnaire)
    assert client.get(reverse("accueil")).context["user"] == gestionnaire.utilisateur
    type(gestionnaire.utilisateur).objects.filter(pk=gestionnaire.utilisateur_id).update(is_active=False)
    assert client.get(reverse("accueil")).context["user"].is_anonymous
    assert lire_compte(-1) is None


def test_la_page_de_choix_bascule(gestionnaire, connecter) -> None:
    autre = fabriques.habilitation("secretaire", utilisateur=gestionnaire.utilisateur)
    client = connecter(gestionnaire)
    page = client.get(reverse("habilitations:choisir"), {"next": "/habilitation/?ici"})
    assert "secrétaire de commission".capitalize() in page.content.decode()
    reponse = client.post(
        reverse("habilitations:choisir"), {"habilitation": autre.pk, "next": "/habilitation/"}
    )
    assert reponse.headers["Location"] == "/habilitation/"
    assert client.session["habilitation_id"] == autre.pk


def test_la_page_de_choix_ne_mene_pas_ailleurs(gestionnaire, connecter) -> None:
    envoi = {"habilitation": gestionnaire.pk, "next": "https://ailleurs.example/"}
    reponse = connecter(gestionnaire).post(reverse("habilitations:choisir"), envoi)
    assert "ailleurs" not in reponse.headers["Location"]


@pytest.mark.parametrize("valeur", ["", "abc", "999999"])
def test_un_choix_impossible_est_introuvable(gestionnaire, connecter, valeur) -> None:
    assert (
        connecter(gestionnaire).post(reverse("habilitations:choisir"), {"habilitation": valeur}).status_code
        == 404
    )


def test_sans_habilitation_la_page_dit_quoi_faire(gestionnaire, connecter) -> None:
    Habilitation.objects.filter(pk=gestionnaire.pk).update(etat="suspendue")
    page = connecter(gestionnaire).get(reverse("habilitations:choisir")).content.decode()
    assert "pas d’habilitation en vigueur" in page


def test_une_suspension_agit_a_la_page_suivante(admin, connecter) -> None:
    client = connecter(admin)
    assert client.get(reverse("administration:accueil")).status_code == 200
    Habilitation.objects.filter(pk=admin.pk).update(etat="suspendue")
    reponse = client.get(reverse("administration:accueil"))
    assert reponse.headers["Location"] == "/habilitation/?next=%2Fadministration%2F"
