"""Before a departure: who is identified, what is said of her, and her dossier, opened asleep."""

import pytest
from django.urls import reverse

from dossiers.consentements.actions import ouvrir_dossier
from dossiers.partages.models import Dossier
from dossierunique.journal.models import LigneJournal
from opex.models import Suivi
from tests import fabriques
from tests.opex import fabriques as opex

pytestmark = pytest.mark.django_db
NIR, NAISSANCE = "284058832102532", "1984-05-14"
ADRESSE = "/opex/identifier/"


def chercher(client, nir=NIR, naissance=NAISSANCE):
    return client.post(ADRESSE, {"nir": nir, "naissance": naissance})


@pytest.fixture
def identite():
    return {
        "nom_naissance": "D’Haussonville-Fictif", "nom_usage": "", "prenoms": "Éloïse, Anne", "sexe": "F",
        "date_naissance": NAISSANCE, "lieu_naissance": "", "adresse": "", "telephone": "", "courriel": "",
        "statut": "activite", "grade": "", "matricule": "", "mutuelle": "", "unite": fabriques.unite().pk,
    }  # fmt: skip


@pytest.mark.parametrize(
    "profil", ["partenaire", "assistant_social", "referent_opex", "medecin", "secretaire", "dpo"]
)
def test_only_the_unit_and_the_fund_prepare_departures(connexion, profil):
    client = connexion(fabriques.habilitation(profil))
    for nom in ("accueil", "identifier", "identite", "importer", "listes", "operations"):
        assert client.get(reverse(f"imprimes:{nom}")).status_code == 404, nom
    assert chercher(client).status_code == 404


def test_an_habilitation_outside_the_programme_prepares_nothing(connexion):
    client = connexion(fabriques.habilitation("correspondant", programmes=["DU"]))
    assert client.get("/opex/").status_code == 404
    assert "Préparer un départ" not in client.get("/dossiers/").content.decode()


def test_the_menu_says_where_departures_are_prepared(connexion, correspondant, gestionnaire):
    for habilitation in (correspondant, gestionnaire):
        page = connexion(habilitation).get("/opex/").content.decode()
        assert 'href="/opex/" aria-current="page"' in page
    assert "Tenir la liste des opérations" in connexion(gestionnaire).get("/opex/").content.decode()
    assert "Tenir la liste des opérations" not in connexion(correspondant).get("/opex/").content.decode()


def test_a_new_person_gets_her_identity_and_a_sleeping_dossier(connexion, correspondant, identite):
    client = connexion(correspondant)
    reponse = chercher(client)
    assert reponse["Location"] == reverse("imprimes:identite")
    assert NIR not in str(dict(client.session))
    reponse = client.post(reponse["Location"], identite)
    dossier = Dossier.objects.get()
    assert reponse["Location"] == reverse("imprimes:nouveau", args=[dossier.numero])
    assert (dossier.programme, dossier.endormi) == ("OPEX", True)
    assert Suivi.objects.get(dossier=dossier).etat == "identifie"
    # The page that is sent again leads to the same dossier, or to the start once it is forgotten.
    assert client.post(reverse("imprimes:identite"), identite)["Location"] == ADRESSE
    assert Dossier.objects.count() == 1


def test_the_same_identity_sent_twice_at_once_opens_one_dossier(connexion, correspondant, identite):
    client = connexion(correspondant)
    chercher(client)
    seance = client.session
    attente = seance["ouverture-OPEX"]
    premiere = client.post(reverse("imprimes:identite"), identite)["Location"]
    seance = client.session
    seance["ouverture-OPEX"] = attente
    seance.save()
    assert client.post(reverse("imprimes:identite"), identite)["Location"] == premiere
    assert Dossier.objects.count() == 1


def test_an_identity_that_contradicts_the_nir_stays_on_the_page(connexion, correspondant, identite):
    client = connexion(correspondant)
    chercher(client)
    page = client.post(reverse("imprimes:identite"), identite | {"sexe": "H"})
    assert page.status_code == 422
    assert "D’Haussonville-Fictif" in page.content.decode()
    assert not Dossier.objects.exists()


def test_identity_asks_for_the_person_first(connexion, correspondant):
    assert connexion(correspondant).get(reverse("imprimes:identite"))["Location"] == ADRESSE


def test_a_person_with_a_du_dossier_gets_an_opex_one_beside_it(connexion, correspondant):
    assure = fabriques.assure(par=correspondant, nir=NIR)
    ouvrir_dossier(correspondant, assure)
    client = connexion(correspondant)
    page = chercher(client).content.decode()
    adresse = reverse("imprimes:ouvrir", args=[assure.reference])
    assert "La personne est connue" in page
    assert adresse in page
    premiere, seconde = client.post(adresse)["Location"], client.post(adresse)["Location"]
    opex_ = Dossier.objects.get(programme="OPEX")
    assert premiere == seconde == reverse("imprimes:nouveau", args=[opex_.numero])
    assert Dossier.objects.filter(assure=assure).count() == 2


def test_who_has_an_opex_dossier_keeps_it_for_ever(connexion, correspondant):
    dossier = opex.dossier_opex(correspondant, nir=NIR)
    page = chercher(connexion(correspondant)).content.decode()
    assert "Un dossier OPEX existe déjà" in page
    assert dossier.numero in page
    assert reverse("imprimes:nouveau", args=[dossier.numero]) in page


def test_the_fund_opens_for_any_unit(connexion, gestionnaire, correspondant):
    assure = fabriques.assure(par=correspondant, nir=NIR)
    client = connexion(gestionnaire)
    assert "La personne est connue" in chercher(client).content.decode()
    client.post(reverse("imprimes:ouvrir", args=[assure.reference]))
    assert Dossier.objects.get().unite == assure.unite


@pytest.mark.parametrize("ouvert", [True, False])
def test_another_unit_learns_nothing(connexion, etranger, correspondant, ouvert):
    assure = fabriques.assure(par=correspondant, nir=NIR)
    numero = opex.dossier_opex(correspondant, assure=assure).numero if ouvert else str(assure.reference)
    client = connexion(etranger)
    page = chercher(client).content.decode()
    assert "déjà connue" in page
    for secret in (numero, assure.nom_naissance, assure.unite.nom):
        assert secret not in page
    assert client.post(reverse("imprimes:ouvrir", args=[assure.reference])).status_code == 404
    assert Dossier.objects.count() == int(ouvert)


def test_a_wrong_birth_date_says_nothing_of_the_person(connexion, correspondant):
    dossier = opex.dossier_opex(correspondant, nir=NIR)
    page = chercher(connexion(correspondant), naissance="1984-05-15").content.decode()
    assert "Ces informations ne correspondent pas" in page
    assert dossier.numero not in page


def test_the_search_is_journalled_without_the_nir(connexion, correspondant):
    dossier = opex.dossier_opex(correspondant, nir=NIR)
    chercher(connexion(correspondant))
    (ligne,) = LigneJournal.objects.filter(action="rechercher")
    assert (ligne.objet, ligne.details["constat"]) == (dossier.numero, "visible")
    assert "8832102" not in str(list(LigneJournal.objects.values_list("objet", "objets", "details")))


def test_an_unknown_reference_is_not_found(connexion, correspondant):
    inconnue = "12345678-1234-4234-8234-123456789012"
    assert connexion(correspondant).post(f"/opex/identifier/{inconnue}/ouvrir/").status_code == 404
