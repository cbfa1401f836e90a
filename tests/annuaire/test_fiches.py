"""Services, people and absences: what forms accept, what the database holds, what pages show."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from annuaire.fiches import actions, horaires, ma_fiche
from annuaire.fiches.models import Competence, Contact, Service
from annuaire.fiches.rappels import rappeler
from annuaire.fiches.telephones import a_composer, telephone_propre
from annuaire.recherche.qui_s_occupe import Question, repondre
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.notifications.models import Notification
from partners.models import Unite
from tests import fabriques
from tests.annuaire.fabriques import contact, service

pytestmark = pytest.mark.django_db
SEMAINE = {f"jour_{rang}": "9h-12h, 14h-17h30" for rang in range(5)}


def aujourdhui():
    return timezone.localdate()


@pytest.mark.parametrize(
    ("tape", "ecrit", "compose"),
    [
        ("0199001234", "01 99 00 12 34", "+33199001234"), ("+33 (0)1 99 00 12 34", "01 99 00 12 34", "+33199001234"),
        ("0033199001234", "01 99 00 12 34", "+33199001234"), ("199001234", "01 99 00 12 34", "+33199001234"),
        ("01.99.00.12.34", "01 99 00 12 34", "+33199001234"), ("3646", "3646", "3646"), ("", "", ""),
        ("+49 30 901820", "+49 30901820", "+4930901820"),
    ],
)  # fmt: skip
def test_numbers_are_written_one_way(tape, ecrit, compose):
    assert telephone_propre(tape) == ecrit
    assert telephone_propre(ecrit) == ecrit
    assert a_composer(ecrit) == compose


@pytest.mark.parametrize("tape", ["12", "appeler le matin", "01 99 00 12", "+331990012345678"])
def test_what_is_no_number_is_refused(tape):
    with pytest.raises(ValidationError):
        telephone_propre(tape)


def test_hours_are_read_said_and_written_back():
    lues = horaires.lire_jour("9h – 12h, 14:00 à 17 h 30")
    assert lues == [["09:00", "12:00"], ["14:00", "17:30"]]
    semaine = {str(jour): lues for jour in range(5)} | {"5": [["09:00", "12:00"]]}
    assert [(j, h.replace("\u00a0", " ")) for j, h in horaires.en_mots(semaine)] == [
        ("du lundi au vendredi", "9 h – 12 h, 14 h – 17 h 30"), ("le samedi", "9 h – 12 h"),
    ]  # fmt: skip
    assert horaires.lire(horaires.ecrire(semaine)) == semaine
    assert horaires.lire_jour(horaires.plages_en_mots(lues)) == lues
    lundi = timezone.make_aware(timezone.datetime(2026, 11, 23, 14, 5))
    assert horaires.ouvert(semaine, lundi)
    assert not horaires.ouvert(semaine, lundi + timedelta(hours=4)) and not horaires.ouvert({}, lundi)


@pytest.mark.parametrize("faux", ["le matin", "12h-9h", "9h-12h, 11h-14h", "9h-25h"])
def test_hours_that_do_not_hold_are_refused(faux):
    with pytest.raises(ValidationError):
        horaires.lire_jour(faux)


def test_a_service_is_added_by_its_form_and_found_by_what_it_looks_after(responsable, entrer):
    client, unite = entrer(responsable), fabriques.unite()
    saisie = {
        "nom": "Prestations", "telephone": "0199001234", "courriel": "p@uneo.example", "visible": "on",
        "departements": ["83", "2A"], "unites": [unite.pk], "programmes": ["OPEX"], "aides": ["aide-menagere"],
        **SEMAINE,
    }  # fmt: skip
    reponse = client.post(reverse("annuaire:service_nouveau", args=["uneo"]), saisie)
    cree = Service.objects.get()
    assert reponse["Location"] == reverse("annuaire:service", args=[cree.pk])
    assert cree.telephone == "01 99 00 12 34" and cree.verifie_le == aujourdhui()
    page = client.get(reponse["Location"]).content.decode()
    for dit in ("tel:+33199001234", "Var (83)", "Corse-du-Sud (2A)", "Aide ménagère", "Du lundi au vendredi"):
        assert dit in page, dit
    for question in (
        Question(departement="2A"), Question(unite=unite), Question(aide="aide-menagere"), Question(programme="OPEX"),
        Question(departement="83", aide="aide-menagere"),
    ):  # fmt: skip
        assert repondre(question)[0] == [cree], question
    assert repondre(Question(departement="75"))[0] == []
    assert (
        "Prestations" in client.get(reverse("annuaire:qui_s_occupe"), {"unite": unite.code}).content.decode()
    )


def test_who_names_the_unit_comes_before_who_has_its_departement():
    unite = Unite.objects.create(
        code="u", nom="Régiment", departement="64", organisme=fabriques.organisme("armee")
    )
    du_departement = service("A du département", choses=[{"departement": "64"}])
    nommee = service("Z nomme l’unité", choses=[{"unite": unite}])
    sur_place = service("Sur place", "armee", unite=unite)
    assert repondre(Question(unite=unite))[0] == [sur_place, nommee, du_departement]


@pytest.mark.parametrize("chose", [{}, {"departement": "83", "programme": "DU"}])
def test_a_competence_says_exactly_one_thing(chose):
    with pytest.raises(IntegrityError), transaction.atomic():
        Competence.objects.create(service=service(), **chose)


def test_a_competence_is_said_once_and_an_unknown_aid_is_shown_as_it_is(entrer, lecteur):
    tenu = service(choses=[{"aide": "aide-disparue"}])
    with pytest.raises(IntegrityError), transaction.atomic():
        Competence.objects.create(service=tenu, aide="aide-disparue")
    assert (
        "aide-disparue" in entrer(lecteur).get(reverse("annuaire:service", args=[tenu.pk])).content.decode()
    )


def test_two_services_of_an_organisme_bear_two_names(responsable):
    actions.creer_service(responsable, responsable.organisme, {"nom": "Réclamations"})
    with pytest.raises(ActionRefusee) as refus:
        actions.creer_service(responsable, responsable.organisme, {"nom": "RECLAMATIONS"})
    assert refus.value.champ == "nom"


def test_a_bad_field_is_told_beside_it_and_what_was_typed_stays(responsable, entrer):
    client = entrer(responsable)
    saisie = {"nom": "Mon service tapé", "telephone": "12", "jour_0": "le matin", "visible": "on"}
    reponse = client.post(reverse("annuaire:service_nouveau", args=["uneo"]), saisie)
    page = reponse.content.decode()
    assert reponse.status_code == 422 and Service.objects.count() == 0
    assert (
        "Mon service tapé" in page and 'id="id_telephone_erreur"' in page and 'id="id_jour_0_erreur"' in page
    )


def test_two_people_at_once_the_second_is_told_and_loses_nothing(responsable, entrer):
    tenu, client = service("Prestations"), entrer(responsable)
    actions.modifier_service(responsable, tenu, {"missions": "Première"}, 1)
    saisie = {"nom": "Prestations", "missions": "Seconde", "visible": "on", "version": 1}
    reponse = client.post(reverse("annuaire:service_modifier", args=[tenu.pk]), saisie)
    page = reponse.content.decode()
    assert reponse.status_code == 409 and "Première" in page and "Seconde" in page
    with pytest.raises(ModifieDepuis):
        actions.modifier_service(responsable, tenu, {"missions": "x"}, 1)


def test_an_absence_is_announced_with_the_stand_in_then_forgotten(lecteur, entrer):
    chez = service("Accueil", "cnmss", telephone="01 99 00 00 09")
    sienne = contact(chez=chez, utilisateur=lecteur.utilisateur, telephone="01 99 00 00 01")
    collegue = contact("Dupont-Fictif", chez, telephone="01 99 00 00 02")
    client = entrer(lecteur)
    saisie = {
        "telephone": "01 99 00 00 01", "absent_du": aujourdhui().isoformat(),
        "absent_au": (aujourdhui() + timedelta(days=3)).isoformat(), "suppleant": collegue.pk, "version": 1,
    }  # fmt: skip
    assert client.post(reverse("annuaire:ma_fiche"), saisie).status_code == 302
    autre = entrer(fabriques.habilitation("partenaire"))
    page = autre.get(reverse("annuaire:personne", args=[sienne.pk])).content.decode()
    assert "En absence jusqu’au" in page and "Dupont-Fictif" in page and "tel:+33199000002" in page
    Contact.objects.filter(pk=sienne.pk).update(
        absent_du=aujourdhui() - timedelta(days=9), absent_au=aujourdhui() - timedelta(days=2)
    )
    assert "En absence" not in autre.get(reverse("annuaire:personne", args=[sienne.pk])).content.decode()


@pytest.mark.parametrize(
    ("saisie", "champ"),
    [
        ({"absent_du": "2026-12-01"}, "absent_au"), ({"absent_au": "2026-12-01"}, "absent_du"),
        ({"absent_du": "2026-12-05", "absent_au": "2026-12-01"}, "absent_au"),
    ],
)  # fmt: skip
def test_an_absence_has_two_dates_in_their_order(lecteur, entrer, saisie, champ):
    contact(chez=service("Accueil", "cnmss"), utilisateur=lecteur.utilisateur)
    reponse = entrer(lecteur).post(reverse("annuaire:ma_fiche"), {**saisie, "version": 1})
    assert reponse.status_code == 422 and f'id="id_{champ}_erreur"' in reponse.content.decode()


def test_the_database_holds_the_rules_of_an_absence():
    tenue = contact()
    for champs in ({"absent_du": aujourdhui()}, {"suppleant": tenue}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Contact.objects.filter(pk=tenue.pk).update(**champs)


def test_a_first_card_is_made_once_however_often_it_is_sent(lecteur, entrer):
    client, chez = entrer(lecteur), service("Accueil", "cnmss")
    for _ in range(2):
        client.post(reverse("annuaire:ma_fiche"), {"service": chez.pk, "telephone": "0199000003"})
    fiche = Contact.objects.get()
    assert (fiche.utilisateur, fiche.service, fiche.telephone) == (
        lecteur.utilisateur,
        chez,
        "01 99 00 00 03",
    )
    with pytest.raises(ActionRefusee):
        ma_fiche.creer_ma_fiche(fabriques.habilitation("partenaire"), chez, {})


def test_stale_entries_are_flagged_listed_and_confirmed_by_one_button(responsable, entrer, settings):
    vieux = aujourdhui() - timedelta(days=settings.ANNUAIRE_VERIFICATION_JOURS + 1)
    perime, neuf = service("Périmé", verifie_le=vieux), service("Neuf")
    d_ailleurs = service("Ailleurs", "asd", verifie_le=vieux)
    client = entrer(responsable)
    page = client.get(reverse("annuaire:a_verifier")).content.decode()
    assert "Périmé" in page and "Neuf" not in page and "Ailleurs" not in page
    assert (
        "Entrée à vérifier" in client.get(reverse("annuaire:service", args=[d_ailleurs.pk])).content.decode()
    )
    assert "Entrée à vérifier" not in client.get(reverse("annuaire:service", args=[neuf.pk])).content.decode()
    for _ in range(2):
        reponse = client.post(reverse("annuaire:service_exact", args=[perime.pk]), {"retour": "a_verifier"})
        assert reponse["Location"] == reverse("annuaire:a_verifier")
    perime.refresh_from_db()
    assert (perime.verifie_le, perime.version) == (aujourdhui(), 2)
    assert client.post(reverse("annuaire:service_exact", args=[d_ailleurs.pk])).status_code == 404


def test_what_is_up_to_date_is_confirmed_too_from_its_own_page(responsable, entrer):
    tenu, personne = service("Tenu"), contact()
    client = entrer(responsable)
    for nom, entree in (("service", tenu), ("personne", personne)):
        page = client.get(reverse(f"annuaire:{nom}", args=[entree.pk])).content.decode()
        adresse = reverse(f"annuaire:{nom}_{'exact' if nom == 'service' else 'exacte'}", args=[entree.pk])
        assert page.count(f'action="{adresse}"') == 1


def test_keepers_and_people_are_reminded_once_a_month_and_nobody_is_named(responsable, admin, lecteur):
    vieux = aujourdhui() - timedelta(days=400)
    uneo, asd = service("Prestations", verifie_le=vieux), service("Secours", "asd", verifie_le=vieux)
    contact("Oubliée-Fictive", uneo, verifie_le=vieux)
    contact("La-Sienne", service("Accueil", "cnmss"), verifie_le=vieux, utilisateur=lecteur.utilisateur)
    for _ in range(2):
        rappeler()
    dites = {(n.destinataire_id, n.texte.split(" : ")[0]): n for n in Notification.objects.all()}
    assert {cle[0] for cle in dites} == {
        responsable.utilisateur_id,
        admin.utilisateur_id,
        lecteur.utilisateur_id,
    }
    assert "2\u00a0entrées sont à vérifier" in dites[responsable.utilisateur_id, "Annuaire, Unéo"].texte
    # Where nobody keeps the entries, the CNMSS is told.
    assert (admin.utilisateur_id, "Annuaire, ASD") in dites and asd.pk
    assert not any("Fictive" in n.texte or "Sienne" in n.texte for n in dites.values())


def test_an_organisme_that_ceased_shows_its_successor(lecteur, entrer):
    ancien = fabriques.organisme("mspp")
    ancien.jusque, ancien.successeur = aujourdhui() - timedelta(days=9), fabriques.organisme("uneo")
    ancien.save()
    reste = contact(chez=service("Vieux", ancien))
    client = entrer(lecteur)
    for adresse in (
        reverse("annuaire:organisme", args=["mspp"]), reverse("annuaire:service", args=[reste.service_id]),
        reverse("annuaire:personne", args=[reste.pk]),
    ):  # fmt: skip
        page = client.get(adresse).content.decode()
        assert "Son successeur est" in page and reverse("annuaire:organisme", args=["uneo"]) in page
    assert repondre(Question(programme="DU"))[0] == []


def test_the_histories_are_not_rewritten_by_the_application():
    tenu = service()
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM annuaire_serviceevent WHERE pgh_obj_id = %s", [tenu.pk])
        assert curseur.fetchone()[0] == 1
        for table in ("annuaire_serviceevent", "annuaire_contactevent"):
            curseur.execute(
                f"SELECT has_table_privilege('{table}', 'UPDATE'), has_table_privilege('{table}', 'DELETE')"
            )
            assert curseur.fetchone() == (False, False)
