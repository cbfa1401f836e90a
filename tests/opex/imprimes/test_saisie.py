"""A version of the form: what is kept, what is refused, rows by plain buttons, and what it does to the dossier."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.consentements.actions import retirer_consentement
from dossiers.echanges.models import Evenement, Genre
from dossierunique.erreurs import ActionRefusee, ModifieDepuis
from dossierunique.journal.models import LigneJournal
from dossierunique.journal.refus import AccesRefuse
from opex.imprimes.actions import enregistrer_imprime
from opex.imprimes.codes import lire_code
from opex.models import Imprime, Suivi
from tests import fabriques
from tests.opex import fabriques as opex
from tests.opex.imprimes.saisies import ENFANT, MUTUELLE, PERSONNE, champs, formulaire, personne

pytestmark = pytest.mark.django_db


@pytest.fixture
def adresse(dossier):
    return reverse("imprimes:nouveau", args=[dossier.numero])


def test_a_first_version_leads_to_the_consent_when_there_is_none(connexion, correspondant):
    dossier = opex.dossier_opex(correspondant, accordes=())
    adresse = reverse("imprimes:nouveau", args=[dossier.numero])
    donnees = formulaire(proches=(ENFANT,), contrats=(MUTUELLE,), operation=opex.operation().pk)
    reponse = connexion(correspondant).post(adresse, donnees)
    assert reponse["Location"] == reverse("consentements:enregistrer", args=[dossier.numero])
    imprime = Imprime.objects.get()
    assert (imprime.rang, imprime.source, imprime.depart_le) == (1, "ecran", date(2026, 12, 5))
    assert re.fullmatch(r"IM-[A-HJ-NPR-Z]{8}", imprime.reference)
    assert [str(p) for p in imprime.a_prevenir.all()] == ["MARTIN-FICTIF Claire"]
    assert imprime.proches.get().a_charge is True
    assert str(imprime.contrats.get()) == "Mutuelle d’essai"


def test_afterwards_it_leads_to_the_version(connexion, correspondant, dossier, adresse):
    reponse = connexion(correspondant).post(adresse, formulaire())
    assert reponse["Location"] == reverse("imprimes:detail", args=[dossier.numero, 1])


def test_the_form_is_prefilled_with_the_person_then_with_the_version_before(
    connexion, correspondant, dossier, adresse
):
    client = connexion(correspondant)
    page = client.get(adresse).content.decode()
    assert "caporal-chef" in page and "12 rue de l’Église" in page
    client.post(adresse, formulaire(proches=(ENFANT,), contrats=(MUTUELLE,), grade="sergent"))
    page = client.get(adresse).content.decode()
    for repris in ("sergent", "Claire", "Léo", "2015-03-02", "Mutuelle d’essai", 'name="version" value="1"'):
        assert repris in page, repris
    assert "2026-12-05" not in page, "the departure is a new one"


def test_a_contract_of_a_partner_keeps_its_name_once_it_has_ceased(
    connexion, correspondant, dossier, adresse
):
    uneo = fabriques.organisme("uneo")
    contrat = {"genre": "mutuelle", "organisme": uneo.pk, "nom": "", "numero": "7"}
    client = connexion(correspondant)
    client.post(adresse, formulaire(contrats=(contrat,)))
    assert Imprime.objects.get().contrats.get().organisme == uneo
    type(uneo).objects.filter(pk=uneo.pk).update(jusque=timezone.localdate())
    assert 'value="Mutuelle Unéo"' in client.get(adresse).content.decode()


def test_one_person_to_warn_at_least(connexion, correspondant, dossier, adresse):
    page = connexion(correspondant).post(adresse, formulaire(a_prevenir=()))
    assert page.status_code == 422
    assert "au moins une personne à prévenir" in page.content.decode()
    assert "3 rue de l’Église" in page.content.decode(), "what was typed stays"
    with pytest.raises(ActionRefusee, match="au moins une personne"):
        enregistrer_imprime(correspondant, dossier, champs())
    assert not Imprime.objects.exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"depart_le": ""}, "Indiquez la date de départ"),
        ({"retour_le": "2026-12-01"}, "Le retour précède le départ"),
        ({"telephone": "12"}, "au moins six chiffres"),
        ({"courriel": "pas une adresse"}, "adresse"),
        ({"unite": ""}, "obligatoire"),
        ({"a_prevenir": (PERSONNE | {"telephone": ""},)}, "Sans téléphone"),
        ({"a_prevenir": (PERSONNE | {"nom": "M4rtin"},)}, "Un nom s’écrit"),
        ({"contrats": (MUTUELLE | {"nom": ""},)}, "Choisissez l’organisme, ou écrivez son nom"),
        ({"contrats": (MUTUELLE | {"genre": ""},)}, "Indiquez le genre de contrat"),
        ({"proches": (ENFANT | {"date_naissance": "demain"},)}, "date"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(connexion, correspondant, adresse, change, message):
    page = connexion(correspondant).post(adresse, formulaire(**change))
    assert page.status_code == 422
    assert message in page.content.decode()
    assert not Imprime.objects.exists()


def test_a_blank_row_is_not_kept(connexion, correspondant, adresse):
    vide = dict.fromkeys(PERSONNE, "")
    connexion(correspondant).post(adresse, formulaire(a_prevenir=(vide, PERSONNE)))
    assert [p.ordre for p in Imprime.objects.get().a_prevenir.all()] == [1]


def test_nobody_leaves_before_the_operation_or_after_it(connexion, correspondant, adresse):
    finie = opex.operation("chammal", nom="Chammal", debut=date(2014, 9, 19), fin=date(2026, 1, 1))
    page = connexion(correspondant).post(adresse, formulaire(operation=finie.pk)).content.decode()
    assert "s’est terminée le" in page
    a_venir = opex.operation("future", nom="Future", debut=date(2027, 1, 1))
    page = connexion(correspondant).post(adresse, formulaire(operation=a_venir.pk)).content.decode()
    assert "commence le" in page


# Rows, without JavaScript.


def test_a_row_is_added_and_nothing_typed_is_lost(connexion, correspondant, adresse):
    client = connexion(correspondant)
    page = client.post(adresse, formulaire(proches=(ENFANT,), grade="à moitié") | {"ajouter": "a_prevenir"})
    contenu = page.content.decode()
    assert page.status_code == 200
    assert 'name="a_prevenir-1-nom"' in contenu and 'name="a_prevenir-TOTAL_FORMS" value="2"' in contenu
    for tape in ("à moitié", "Claire", "Léo", "2015-03-02", "2026-12-05"):
        assert tape in contenu, tape
    assert re.search(r'name="proches-0-a_charge"[^>]*checked', contenu)
    assert not Imprime.objects.exists()


def test_a_row_is_taken_away_and_moved_up(connexion, correspondant, adresse):
    client = connexion(correspondant)
    deux = (PERSONNE, PERSONNE | {"prenoms": "Jeanne"})
    page = client.post(adresse, formulaire(a_prevenir=deux) | {"monter": "a_prevenir:1"}).content.decode()
    assert page.index("Jeanne") < page.index("Claire")
    page = client.post(adresse, formulaire(a_prevenir=deux) | {"retirer": "a_prevenir:0"}).content.decode()
    assert "Jeanne" in page and "Claire" not in page


@pytest.mark.parametrize("geste", ["a_prevenir:99", "inconnu:0", "a_prevenir:x", "contrats:-1"])
def test_a_made_up_gesture_takes_nothing_away(connexion, correspondant, adresse, geste):
    page = connexion(correspondant).post(adresse, formulaire(depart_le="") | {"retirer": geste})
    assert "Claire" in page.content.decode()


def test_rows_have_an_end(connexion, correspondant, adresse):
    lignes = tuple(PERSONNE | {"prenoms": f"Claire {'I' * (i + 1)}"} for i in range(20))
    page = connexion(correspondant).post(adresse, formulaire(a_prevenir=lignes) | {"ajouter": "a_prevenir"})
    assert 'name="a_prevenir-20-nom"' not in page.content.decode()


def test_a_made_up_number_of_rows_costs_nothing(connexion, correspondant, adresse):
    donnees = formulaire() | {"proches-TOTAL_FORMS": "100000000", "ajouter": "contrats"}
    assert connexion(correspondant).post(adresse, donnees).status_code == 200


# Versions.


def test_two_people_do_not_write_over_each_other(connexion, correspondant, dossier, adresse):
    client = connexion(correspondant)
    client.post(adresse, formulaire())
    page = client.post(adresse, formulaire(grade="sergent"))
    assert page.status_code == 422
    contenu = page.content.decode()
    assert "Quelqu’un d’autre a modifié" in contenu and "sergent" in contenu
    assert 'name="version" value="1"' in contenu, "once read, it may be saved"
    assert client.post(adresse, formulaire(version=1, grade="sergent")).status_code == 302
    assert list(dossier.imprimes.values_list("rang", "grade")) == [(2, "sergent"), (1, "caporal-chef")]
    with pytest.raises(ModifieDepuis):
        enregistrer_imprime(correspondant, dossier, champs(), [personne()], version=1)


def test_a_version_is_never_written_again(correspondant, dossier):
    imprime = enregistrer_imprime(correspondant, dossier, champs(), [personne()])
    for requete in (
        "UPDATE opex_imprime SET grade = 'autre'",
        "UPDATE opex_personne_a_prevenir SET nom = 'Autre'",
        f"DELETE FROM opex_imprime WHERE id = {imprime.pk}",
    ):
        with pytest.raises(Exception, match=r"récrit|ajout|permission|droit"), transaction.atomic():
            connections["default"].cursor().execute(requete)


def test_a_reference_is_given_once(correspondant, dossier):
    imprime = enregistrer_imprime(correspondant, dossier, champs(), [personne()])
    with pytest.raises(IntegrityError), transaction.atomic():
        opex.imprime(dossier, reference=imprime.reference)


@pytest.mark.parametrize("etat", ["expire", "radie"])
def test_a_new_departure_wakes_a_dossier_that_had_ended(correspondant, dossier, etat):
    Suivi.objects.filter(dossier=dossier).update(etat=etat, radie_le=date(2026, 1, 1))
    enregistrer_imprime(correspondant, dossier, champs(), [personne()])
    suivi = Suivi.objects.get(dossier=dossier)
    assert (suivi.etat, suivi.radie_le, suivi.version) == ("identifie", None, 2)


def test_the_follow_up_of_a_wounded_person_does_not_move(correspondant, dossier):
    Suivi.objects.filter(dossier=dossier).update(etat="active", active_le=timezone.now())
    enregistrer_imprime(correspondant, dossier, champs(), [personne()])
    assert Suivi.objects.get(dossier=dossier).etat == "active"


def test_nobody_leaves_after_death(correspondant, dossier):
    Suivi.objects.filter(dossier=dossier).update(etat="active", active_le=timezone.now())
    Suivi.objects.filter(dossier=dossier).update(etat="decede", decede_le=date(2026, 3, 1))
    with pytest.raises(ActionRefusee, match="décédée"):
        enregistrer_imprime(correspondant, dossier, champs(), [personne()])


def test_a_unit_beyond_the_perimeter_is_refused(connexion, correspondant, dossier, adresse):
    ailleurs = fabriques.unite("2e-rep")
    with pytest.raises(ActionRefusee, match="périmètre"):
        enregistrer_imprime(correspondant, dossier, champs(unite=ailleurs), [personne()])
    assert connexion(correspondant).post(adresse, formulaire(unite=ailleurs.pk)).status_code == 422
    gestionnaire = fabriques.habilitation("gestionnaire")
    assert enregistrer_imprime(gestionnaire, dossier, champs(unite=ailleurs), [personne()]).unite == ailleurs


def test_the_story_tells_it_on_its_day(correspondant, dossier):
    aujourd_hui = timezone.localdate()
    enregistrer_imprime(
        correspondant,
        dossier,
        champs(depart_le=aujourd_hui - timedelta(days=9), retour_le=None),
        [personne()],
    )
    enregistrer_imprime(
        correspondant,
        dossier,
        champs(depart_le=aujourd_hui + timedelta(days=9), retour_le=None),
        [personne()],
    )
    jours = list(Evenement.objects.filter(genre=Genre.IMPRIME).order_by("pk").values_list("jour", flat=True))
    assert jours == [aujourd_hui - timedelta(days=9), aujourd_hui]


def test_the_history_says_it_in_words(connexion, correspondant, dossier):
    enregistrer_imprime(correspondant, dossier, champs(), [personne()])
    page = connexion(correspondant).get(reverse("dossiers:histoire", args=[dossier.numero])).content.decode()
    assert "avez enregistré l’imprimé d’identification, version 1" in page


def test_each_gesture_leaves_one_row(connexion, correspondant, dossier, adresse):
    client = connexion(correspondant)
    for methode, donnees, acte in (("get", None, "consulter"), ("post", formulaire(), "creer")):
        avant = set(LigneJournal.objects.values_list("pk", flat=True))
        getattr(client, methode)(adresse, donnees)
        nouvelles = LigneJournal.objects.exclude(pk__in=avant)
        assert [(ligne.action, ligne.objet) for ligne in nouvelles] == [(acte, dossier.numero)]


def test_who_may_not_fill_it_finds_nothing(connexion, correspondant, dossier, adresse):
    dossier = opex.dossier_opex(correspondant, endormi=False)
    adresse = reverse("imprimes:nouveau", args=[dossier.numero])
    etranger = fabriques.habilitation("correspondant", unites=[fabriques.unite("2e-rep")])
    autres = [
        etranger,
        *(fabriques.habilitation(p) for p in ("partenaire", "assistant_social", "medecin", "dpo")),
    ]
    for autre in autres:
        assert connexion(autre).get(adresse).status_code == 404
        assert connexion(autre).post(adresse, formulaire()).status_code == 404
        with pytest.raises(AccesRefuse):
            enregistrer_imprime(autre, dossier, champs(), [personne()])
    assert not Imprime.objects.exists()


def test_a_du_dossier_has_no_form(connexion, correspondant):
    du = fabriques.dossier(correspondant)
    for nom in ("liste", "nouveau"):
        assert connexion(correspondant).get(reverse(f"imprimes:{nom}", args=[du.numero])).status_code == 404
    with pytest.raises(ActionRefusee, match="programme OPEX"):
        enregistrer_imprime(correspondant, du, champs(), [personne()])


def test_the_number_of_queries_does_not_follow_the_rows(
    connexion, correspondant, dossier, adresse, django_assert_max_num_queries
):
    contrats = [
        {"genre": "mutuelle", "organisme": None, "nom": f"Mutuelle {i}", "numero": ""} for i in range(6)
    ]
    personnes = [personne(prenoms=f"Claire {'I' * (i + 1)}") for i in range(6)]
    enregistrer_imprime(correspondant, dossier, champs(), personnes, [], contrats)
    client = connexion(correspondant)
    client.get(adresse)
    with django_assert_max_num_queries(24):
        client.get(adresse)


def test_the_withdrawal_of_a_partner_does_not_stop_the_unit(correspondant, dossier):
    retirer_consentement(correspondant, dossier, None, signe_le=timezone.localdate())
    assert enregistrer_imprime(correspondant, dossier, champs(), [personne()]).rang == 1


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "DU:DU-2026-0000123-A:IM-ABCDEFGH:1",
        "DU:pas-un-numero:IM-ABCDEFGH:1",
        "https://exemple.fr",
        "IM-ABCDEFGH",
    ],
)
def test_another_code_is_not_read(texte):
    with pytest.raises(ValueError, match="imprimé"):
        lire_code(texte)


@pytest.mark.parametrize(
    "fin", [":IM-ABCDEFGO:1", ":IM-ABCDEFGH:0", ":IM-ABCDEFGH:-1", ":IM-ABCDEFGH:1:1", ":IM-ABCDEFGH:1²"]
)
def test_a_spoiled_code_is_not_read(dossier, fin):
    with pytest.raises(ValueError, match="imprimé"):
        lire_code(f"DU:{dossier.numero}{fin}")


def test_our_code_is_read(dossier):
    assert lire_code(f" DU:{dossier.numero}:IM-ABCDEFGH:12\n") == (dossier.numero, "IM-ABCDEFGH", 12)
