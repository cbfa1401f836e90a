"""Who writes what: each organisme its entries, the CNMSS any, each person her card; everybody else reads."""

from datetime import date

import pytest
from django.urls import reverse

from annuaire import policies
from annuaire.fiches import actions, ma_fiche
from annuaire.fiches.models import Contact, Service
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from tests import fabriques
from tests.annuaire.fabriques import contact, service

pytestmark = pytest.mark.django_db
PROFILS = (
    "correspondant", "gestionnaire", "medecin", "partenaire", "assistant_social", "superviseur", "dpo", "membre",
)  # fmt: skip


@pytest.mark.parametrize("profil", PROFILS)
def test_everybody_reads_and_these_keep_nothing(profil, entrer):
    habilitation = fabriques.habilitation(profil)
    martin = contact(chez=service("Prestations", habilitation.organisme))
    client = entrer(habilitation)
    for vue, arguments in (
        ("accueil", []), ("qui_s_occupe", []), ("organisme", [habilitation.organisme.code]), ("ma_fiche", []),
        ("service", [martin.service_id]), ("personne", [martin.pk]), ("personne_carte", [martin.pk]),
    ):  # fmt: skip
        assert client.get(reverse(f"annuaire:{vue}", args=arguments)).status_code == 200, vue
    for vue, arguments in (
        ("a_verifier", []), ("listes", []), ("deposer", []), ("service_modifier", [martin.service_id]),
        ("personne_modifier", [martin.pk]), ("service_nouveau", [habilitation.organisme.code]),
    ):  # fmt: skip
        assert client.get(reverse(f"annuaire:{vue}", args=arguments)).status_code == 404, vue
    assert not policies.organismes_tenus(habilitation).exists()


def test_a_responsable_keeps_her_organisme_and_no_other(responsable):
    siens, autres = service("Prestations"), service("Secours", "asd")
    fait = actions.modifier_service(responsable, siens, {"missions": "Aides à domicile"}, 1)
    assert (fait.missions, fait.version) == ("Aides à domicile", 2)
    for geste in (
        lambda: actions.modifier_service(responsable, autres, {"missions": "x"}, 1),
        lambda: actions.creer_service(responsable, autres.organisme, {"nom": "Neuf"}),
        lambda: actions.creer_contact(responsable, {"nom": "X", "service": autres}),
        lambda: actions.confirmer(responsable, autres),
        # one of her people, moved to another organisme
        lambda: actions.modifier_contact(responsable, contact(chez=siens), {"service": autres}, 1),
    ):
        with pytest.raises(AccesRefuse):
            geste()


def test_an_administrateur_keeps_any_and_a_responsable_suspended_keeps_none(admin, responsable):
    secours = service("Secours", "asd")
    assert actions.modifier_service(admin, secours, {"telephone": "01 99 00 00 01"}, 1).telephone
    responsable.etat = "suspendue"
    assert not policies.tient(responsable, responsable.organisme)
    assert not policies.organismes_tenus(responsable).exists()


def test_the_successor_keeps_the_entries_of_the_organisme_that_ceased(responsable):
    ancien = fabriques.organisme("mspp")
    ancien.jusque, ancien.successeur = date(2026, 1, 1), responsable.organisme
    ancien.save()
    vieux = service("Vieux service", ancien)
    assert actions.modifier_service(responsable, vieux, {"visible": False}, 1).visible is False
    assert set(policies.organismes_tenus(responsable)) == {ancien, responsable.organisme}


def test_each_person_changes_her_own_card_and_only_what_is_hers(lecteur):
    sienne = contact(chez=service("Accueil", "cnmss"), utilisateur=lecteur.utilisateur)
    faite = ma_fiche.modifier_ma_fiche(
        lecteur, sienne, {"telephone": "01 99 00 00 02", "nom": "Autre", "visible": False}, 1
    )
    assert (faite.telephone, faite.nom, faite.visible) == ("01 99 00 00 02", "Martin-Fictive", True)
    with pytest.raises(AccesRefuse):
        ma_fiche.modifier_ma_fiche(lecteur, contact(chez=service()), {"telephone": "1"}, 1)


def test_a_card_with_one_s_e_mail_becomes_one_s_own(lecteur, entrer):
    client = entrer(lecteur)
    fiche = contact(chez=service("Accueil", "cnmss"), courriel=lecteur.utilisateur.email.upper())
    ailleurs = contact("Autre", service(), courriel=lecteur.utilisateur.email)
    page = client.get(reverse("annuaire:ma_fiche"))
    assert "cette fiche devient la vôtre" in page.content.decode()
    client.post(reverse("annuaire:ma_fiche"), {"fonction": "gestionnaire", "version": 1})
    assert Contact.objects.get(pk=fiche.pk).utilisateur_id == lecteur.utilisateur_id
    assert Contact.objects.get(pk=ailleurs.pk).utilisateur_id is None


def test_hidden_entries_are_seen_by_who_keeps_them_and_by_the_person(responsable, lecteur, entrer):
    cache = service("Fermé", visible=False)
    dedans = contact(chez=cache)
    masquee = contact("Partie", service("Accueil", "cnmss"), visible=False, utilisateur=lecteur.utilisateur)
    autre = fabriques.habilitation("medecin")
    for qui, attendus in (
        (responsable, [200, 200, 404]),
        (lecteur, [404, 404, 200]),
        (autre, [404, 404, 404]),
    ):
        client = entrer(qui)
        adresses = [
            reverse("annuaire:service", args=[cache.pk]), reverse("annuaire:personne", args=[dedans.pk]),
            reverse("annuaire:personne", args=[masquee.pk]),
        ]  # fmt: skip
        assert [client.get(a).status_code for a in adresses] == attendus


def test_writings_are_journalled_without_a_name(responsable):
    cree = actions.creer_service(responsable, responsable.organisme, {"nom": "Secret du nom"})
    actions.creer_contact(responsable, {"nom": "Nom-Caché", "service": cree})
    lignes = [str(ligne) for ligne in LigneJournal.objects.values_list("action", "objet", "details")]
    assert any(f"annuaire service {cree.pk}" in ligne for ligne in lignes)
    assert not any("Caché" in ligne or "Secret" in ligne for ligne in lignes)


def test_nobody_signed_in_is_sent_to_sign_in(client):
    assert client.get(reverse("annuaire:accueil")).status_code == 302
    assert Service.objects.count() == 0


def test_a_person_sent_twice_is_added_once(responsable, entrer):
    client, chez = entrer(responsable), service("Prestations")
    saisie = {"prenom": "Anaïs", "nom": "Durand-Fictif", "service": chez.pk, "visible": "on"}
    for _ in range(2):
        reponse = client.post(reverse("annuaire:personne_nouvelle", args=["uneo"]), saisie)
        assert reponse["Location"] == reverse("annuaire:personne", args=[Contact.objects.get().pk])
