"""First screen of an opening: is the person known, and how much of it may be said."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from dossiers.assures.models import Assure
from dossiers.assures.nir import lire
from dossiers.assures.recherche import Constat, chercher_personne
from dossierunique.erreurs import ActionRefusee
from dossierunique.journal.models import LigneJournal
from tests import fabriques

NIR, NAISSANCE = "284058832102532", "1984-05-14"
ADRESSE = "/ouverture/"


def chercher(client, nir=NIR, naissance=NAISSANCE):
    return client.post(ADRESSE, {"nir": nir, "naissance": naissance})


@pytest.fixture
def client(connexion, correspondant):
    return connexion(correspondant)


def test_page(client):
    page = client.get(ADRESSE)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(
    "profil", ["partenaire", "assistant_social", "medecin", "secretaire", "dpo", "administrateur"]
)
def test_reserve_au_guichet(connexion, profil):
    client = connexion(fabriques.habilitation(profil))
    assert client.get(ADRESSE).status_code == 404
    assert chercher(client).status_code == 404


def test_anonyme_vers_la_connexion(client, db):
    client.logout()
    assert reverse("account_login") in client.get(ADRESSE)["Location"]


@pytest.mark.parametrize(
    ("nir", "message"),
    [
        ("2840588321025", "manque sans doute la clé"),
        ("284138832102532", "mois de naissance"),
        ("284058832102533", "La clé"),
    ],
)
def test_nir_invalide_dit_pourquoi(client, nir, message):
    page = chercher(client, nir)
    assert page.status_code == 422
    assert message in page.content.decode()
    assert nir in page.content.decode(), "what was typed stays"


def test_date_contraire_au_nir(client):
    page = chercher(client, naissance="1985-05-14")
    assert page.status_code == 422
    assert "finissant par 84" in page.content.decode()


def test_personne_nouvelle(client):
    reponse = chercher(client)
    assert reponse["Location"] == "/ouverture/identite/"
    assert NIR not in str(dict(client.session))


def test_personne_connue_et_visible(client, correspondant):
    dossier = fabriques.dossier(par=correspondant, nir=NIR)
    page = chercher(client).content.decode()
    assert "Un dossier existe déjà" in page
    assert reverse("dossiers:apercu", args=[dossier.numero]) in page
    assert reverse("demandes:creer", args=[dossier.numero]) in page


def test_le_gestionnaire_trouve_tout_dossier(connexion, gestionnaire):
    dossier = fabriques.dossier(nir=NIR)
    assert dossier.numero in chercher(connexion(gestionnaire)).content.decode()


@pytest.mark.parametrize("ouvert", [True, False])
def test_personne_connue_ailleurs(connexion, etranger, correspondant, ouvert):
    fabriques.organisme("cnmss")
    if ouvert:
        numero = fabriques.dossier(par=correspondant, nir=NIR).numero
    else:
        numero = str(fabriques.assure(par=correspondant, nir=NIR).reference)
    assure = Assure.objects.get()
    page = chercher(connexion(etranger)).content.decode()
    assert "déjà connue" in page
    assert "Caisse nationale militaire" in page
    for secret in (numero, assure.nom_naissance, assure.prenoms, assure.unite.nom):
        assert secret not in page


def test_date_de_naissance_discordante(client, correspondant):
    dossier = fabriques.dossier(par=correspondant, nir=NIR)
    page = chercher(client, naissance="1984-05-15").content.decode()
    assert "Ces informations ne correspondent pas" in page
    assert dossier.numero not in page
    assert dossier.assure.nom_naissance not in page


def test_ouverture_commencee_se_reprend(client, correspondant):
    assure = fabriques.assure(par=correspondant, nir=NIR)
    assert reverse("ouverture:consentement", args=[assure.reference]) in chercher(client).content.decode()


def test_recherche_journalisee_sans_nir(client, correspondant, caplog):
    caplog.set_level("DEBUG")
    dossier = fabriques.dossier(par=correspondant, nir=NIR)
    chercher(client)
    (ligne,) = LigneJournal.objects.filter(action="rechercher")
    assert (ligne.objet, ligne.habilitation_id) == (dossier.numero, correspondant.pk)
    assert ligne.details == {"par": "nir", "geste": "ouverture", "constat": "visible"}
    assert "8832102" not in str(LigneJournal.objects.values_list("objet", "motif", "details"))
    assert "8832102" not in caplog.text


def test_limite_par_heure(client, connexion, etranger, settings):
    settings.RECHERCHES_NIR_PAR_HEURE = 2
    nirs = [fabriques.nir_valide() for _ in range(3)]
    assert [chercher(client, nir).status_code for nir in nirs] == [302, 302, 422]
    page = chercher(client, nirs[2])
    assert "2 recherches par NIR en une heure" in page.content.decode()
    assert chercher(connexion(etranger), nirs[2]).status_code == 302, "one user's limit is nobody else's"


def test_la_limite_s_oublie_apres_une_heure(correspondant, settings):
    settings.RECHERCHES_NIR_PAR_HEURE = 1
    nir = lire(NIR)
    chercher_personne(correspondant, nir, date(1984, 5, 14))
    with pytest.raises(ActionRefusee):
        chercher_personne(correspondant, nir, date(1984, 5, 14))
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert chercher_personne(correspondant, nir, date(1984, 5, 14)).constat is Constat.NOUVELLE


def test_nombre_de_requetes(client, correspondant, django_assert_max_num_queries):
    fabriques.dossier(par=correspondant, nir=NIR)
    with django_assert_max_num_queries(22):
        chercher(client)
