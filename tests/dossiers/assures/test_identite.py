"""Second screen: the identity, coherent with the NIR."""

import pytest
from django.urls import reverse

from dossiers.assures.models import Assure
from dossierunique.journal.models import LigneJournal
from tests import fabriques

NIR = "284058832102532"
ADRESSE = "/ouverture/identite/"


@pytest.fixture
def client(connexion, correspondant):
    client = connexion(correspondant)
    client.post("/ouverture/", {"nir": NIR, "naissance": "1984-05-14"})
    return client


def test_page_preremplie(client):
    page = client.get(ADRESSE).content.decode()
    assert 'value="1984-05-14"' in page
    assert NIR not in page
    assert "2\u00a084\u00a005" in page


def test_sans_jeton_retour_au_depart(connexion, correspondant):
    client = connexion(correspondant)
    for reponse in (client.get(ADRESSE), client.post(ADRESSE, {})):
        assert reponse["Location"] == "/ouverture/"


def test_jeton_d_une_autre_habilitation(client, correspondant):
    autre = fabriques.habilitation("gestionnaire", utilisateur=correspondant.utilisateur)
    session = client.session
    session["habilitation_id"] = autre.pk
    session.save()
    assert client.get(ADRESSE)["Location"] == "/ouverture/"


def test_enregistre(client, identite, correspondant):
    reponse = client.post(ADRESSE, identite)
    assure = Assure.objects.get()
    assert reponse["Location"] == f"/ouverture/{assure.reference}/"
    assert (assure.nir, assure.nom_naissance, assure.prenoms) == (NIR, "D’Haussonville-Fictif", "Éloïse Anne")
    assert (assure.cree_par, assure.unite) == (correspondant, correspondant.unites.get())
    assert LigneJournal.objects.filter(action="creer", objet=str(assure.reference)).count() == 1


def test_envoi_double(client, identite):
    premiere = client.post(ADRESSE, identite)
    assert client.post(ADRESSE, identite)["Location"] == premiere["Location"]
    assert Assure.objects.count() == 1


def test_enregistree_entre_temps_par_un_autre(client, identite):
    fabriques.assure(nir=NIR)
    page = client.post(ADRESSE, identite)
    assert page.status_code == 422
    assert "recommencez la recherche" in page.content.decode()


@pytest.mark.parametrize(
    ("champ", "valeur", "message"),
    [
        ("sexe", "H", "celui d’une femme"),
        ("date_naissance", "1984-06-14", "Le mois de naissance ne correspond pas"),
        ("date_naissance", "1985-05-14", "L’année de naissance ne correspond pas"),
        ("date_naissance", "2084-05-14", "pas possible"),
        ("nom_naissance", "M4rtin", "Un nom s’écrit avec des lettres"),
        ("nom_naissance", "", "Indiquez le nom de naissance"),
        ("telephone", "appeler", "numéro de téléphone"),
        ("courriel", "eloise", "valide"),
    ],
)
def test_erreur_a_cote_du_champ(client, identite, champ, valeur, message):
    page = client.post(ADRESSE, identite | {champ: valeur})
    assert page.status_code == 422
    assert any(message in erreur for erreur in page.context["form"].errors[champ])
    assert "D’Haussonville-Fictif" in page.content.decode() or champ == "nom_naissance"
    assert not Assure.objects.exists()


@pytest.mark.parametrize(
    "nom", ["O'Neill", "Le Goff", "L’Hermite-Ñandú", "Ægir", "St. John", "N'Diaye d’Arc"]
)
def test_noms_admis(client, identite, nom):
    client.post(ADRESSE, identite | {"nom_naissance": nom})
    assert Assure.objects.get().nom_naissance == nom


def test_unite_hors_perimetre_refusee(client, identite):
    autre = fabriques.unite("2e-rep")
    page = client.post(ADRESSE, identite | {"unite": autre.pk})
    assert "unite" in page.context["form"].errors


def test_le_gestionnaire_choisit_toute_unite(connexion, gestionnaire, identite):
    client = connexion(gestionnaire)
    client.post("/ouverture/", {"nir": NIR, "naissance": "1984-05-14"})
    client.post(ADRESSE, identite | {"unite": fabriques.unite("2e-rep").pk})
    assert Assure.objects.get().unite.code == "2e-rep"


def test_nir_provisoire_annonce(connexion, correspondant):
    client = connexion(correspondant)
    client.post("/ouverture/", {"nir": fabriques.nir_valide("8", 84, 5), "naissance": "1984-05-14"})
    assert "provisoire" in client.get(ADRESSE).content.decode()


def test_rien_du_nir_dans_les_adresses(client, identite):
    adresses = [client.post(ADRESSE, identite)["Location"], reverse("ouverture:depart")]
    assert not any("8832102" in adresse for adresse in adresses)
