"""The administration space: for its administrators only, and it does what it says."""

import pytest
from django.urls import reverse

from dossierunique.notifications.models import Envoi
from partners.models import Habilitation, Organisme, Unite, Utilisateur
from tests import fabriques

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(gestionnaire) -> list[str]:
    fabriques.unite()
    pk = gestionnaire.utilisateur_id
    return [
        reverse("administration:accueil"),
        reverse("administration:utilisateurs"),
        reverse("administration:utilisateur_nouveau"),
        reverse("administration:utilisateur", args=[pk]),
        reverse("administration:accorder", args=[pk]),
        reverse("administration:accorder", args=[pk]) + "?organisme=cnmss",
        reverse("administration:changer", args=[gestionnaire.pk, "suspendre"]),
        reverse("administration:organismes"),
        reverse("administration:organisme", args=["cnmss"]),
        reverse("administration:organisme_modifier", args=["cnmss"]),
        reverse("administration:unites"),
        reverse("administration:unite_nouvelle"),
        reverse("administration:unite", args=["1er-rpima"]),
    ]


def test_chaque_page_s_ouvre_a_l_administrateur(pages, client_admin) -> None:
    for page in pages:
        reponse = client_admin.get(page)
        assert reponse.status_code == 200, page
        assert " style=" not in reponse.content.decode(), page


@pytest.mark.parametrize("profil", ["gestionnaire", "correspondant", "dpo", "superviseur", "partenaire"])
def test_aucune_page_ne_s_ouvre_aux_autres(pages, connecter, profil) -> None:
    client = connecter(fabriques.habilitation(profil))
    assert {client.get(page).status_code for page in pages} == {404}


def test_aucune_page_ne_s_ouvre_au_visiteur(pages, client) -> None:
    for page in pages:
        assert client.get(page).headers["Location"].startswith("/compte/login/")


def test_la_liste_se_cherche_sans_accents(client_admin) -> None:
    fabriques.utilisateur(first_name="Éloïse", last_name="N’Guyen-Fictif")
    fabriques.utilisateur(first_name="Paul", last_name="Autre-Fictif")
    contenu = client_admin.get(
        reverse("administration:utilisateurs"), {"q": "eloise nguyen"}
    ).content.decode()
    assert "Autre-Fictif" not in contenu
    contenu = client_admin.get(
        reverse("administration:utilisateurs"), {"q": "ELOISE fictif"}
    ).content.decode()
    assert "N’Guyen-Fictif" in contenu


def test_la_liste_ne_coute_pas_par_ligne(client_admin, django_assert_max_num_queries) -> None:
    for _ in range(20):
        fabriques.habilitation("gestionnaire")
    # Session, user, habilitation, list, habilitations of the list, bell; and the test's savepoint.
    with django_assert_max_num_queries(12):
        client_admin.get(reverse("administration:utilisateurs"))


COMPTE = {
    "prenom": "Léa",
    "nom": "Durand-Fictif",
    "courriel": "lea@exemple.fr",
    "identifiant": "l.durand",
    "telephone": "",
}


def test_ouvrir_un_compte_promet_un_lien(client_admin) -> None:
    reponse = client_admin.post(reverse("administration:utilisateur_nouveau"), COMPTE)
    nouveau = Utilisateur.objects.get(username="l.durand")
    assert reponse.headers["Location"] == reverse("administration:accorder", args=[nouveau.pk])
    envoi = Envoi.objects.get(genre="comptes.invitation")
    assert envoi.donnees == {"utilisateur": nouveau.pk}


@pytest.mark.parametrize(("champ", "valeur"), [("identifiant", "Pas Bon"), ("courriel", "x"), ("nom", "")])
def test_ouvrir_un_compte_mal_rempli(client_admin, champ, valeur) -> None:
    page = client_admin.post(
        reverse("administration:utilisateur_nouveau"), COMPTE | {champ: valeur}
    ).content.decode()
    assert 'role="alert"' in page
    assert not Utilisateur.objects.filter(email="lea@exemple.fr").exists()


def test_un_identifiant_pris_le_dit_pres_du_champ(client_admin) -> None:
    fabriques.utilisateur(username="l.durand")
    page = client_admin.post(reverse("administration:utilisateur_nouveau"), COMPTE).content.decode()
    assert "déjà pris" in page
    assert 'value="Durand-Fictif"' in page


def test_accorder_par_l_ecran(client_admin) -> None:
    personne, unite = fabriques.utilisateur(), fabriques.unite()
    adresse = reverse("administration:accorder", args=[personne.pk]) + "?organisme=armee"
    envoi = {"profil": "correspondant", "unites": [unite.pk], "programmes": ["DU"], "debut": "2026-11-22"}
    page = client_admin.post(adresse, envoi).content.decode()
    assert "formé avant d’être habilité" in page
    client_admin.post(adresse, envoi | {"formation_le": "2026-10-01", "charte_signee_le": "2026-10-02"})
    accordee = personne.habilitations.get()
    assert accordee.unites_ids == {unite.pk}


def test_suspendre_par_l_ecran(client_admin, gestionnaire) -> None:
    adresse = reverse("administration:changer", args=[gestionnaire.pk, "suspendre"])
    client_admin.post(adresse, {"motif": "enquête", "version": 1})
    gestionnaire.refresh_from_db()
    assert gestionnaire.etat == "suspendue"
    page = client_admin.get(
        reverse("administration:utilisateur", args=[gestionnaire.utilisateur_id])
    ).content.decode()
    assert "enquête" in page
    assert "Reprendre" in page


def test_modifiee_depuis_garde_la_saisie(client_admin, gestionnaire) -> None:
    Habilitation.objects.filter(pk=gestionnaire.pk).update(version=7)
    adresse = reverse("administration:changer", args=[gestionnaire.pk, "clore"])
    reponse = client_admin.post(adresse, {"motif": "départ à la retraite", "version": 1})
    page = reponse.content.decode()
    assert reponse.status_code == 409
    assert "modifiée depuis" in page
    assert "départ à la retraite" in page
    assert 'name="version" value="7"' in page


def test_un_geste_inconnu_est_introuvable(client_admin, gestionnaire) -> None:
    assert (
        client_admin.get(reverse("administration:changer", args=[gestionnaire.pk, "effacer"])).status_code
        == 404
    )


def test_sa_propre_fiche_n_offre_aucun_geste(client_admin, admin) -> None:
    page = client_admin.get(
        reverse("administration:utilisateur", args=[admin.utilisateur_id])
    ).content.decode()
    assert "votre propre compte" in page
    assert "/habilitations/" not in page


def test_modifier_un_organisme(client_admin) -> None:
    mutuelle = fabriques.organisme("uneo")
    adresse = reverse("administration:organisme_modifier", args=["uneo"])
    envoi = {
        "nom": "Unéo, la mutuelle",
        "telephone": "05 00 00 00 01",
        "courriel": "",
        "adresse": "",
        "version": 1,
    }
    client_admin.post(adresse, envoi)
    mutuelle.refresh_from_db()
    assert (mutuelle.nom, mutuelle.version) == ("Unéo, la mutuelle", 2)
    reponse = client_admin.post(adresse, envoi | {"nom": "Autre nom"})
    assert reponse.status_code == 409
    assert "Autre nom" in reponse.content.decode()
    assert Organisme.objects.get(code="uneo").nom == "Unéo, la mutuelle"


def test_ajouter_puis_dissoudre_une_unite(client_admin) -> None:
    terre = fabriques.organisme("armee")
    envoi = {
        "organisme": terre.pk,
        "code": "8e-rpima",
        "nom": "8e RPIMa",
        "ville": "Castres",
        "departement": "81",
    }
    client_admin.post(reverse("administration:unite_nouvelle"), envoi | {"active": "on"})
    unite = Unite.objects.get(code="8e-rpima")
    client_admin.post(
        reverse("administration:unite", args=[unite.code]),
        {"nom": "8e RPIMa", "ville": "Castres", "departement": "81", "version": 1},
    )
    unite.refresh_from_db()
    assert (unite.active, unite.version) == (False, 2)


def test_renvoyer_le_lien(client_admin, gestionnaire) -> None:
    adresse = reverse("administration:utilisateur_inviter", args=[gestionnaire.utilisateur_id])
    assert client_admin.get(adresse).status_code == 405
    client_admin.post(adresse)
    assert Envoi.objects.filter(genre="comptes.invitation").count() == 1
